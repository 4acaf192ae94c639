/**
 * The only list of passes, and the only place that makes a CheckedProgram.
 *
 *   Design ─ lower ─▶ Ir ─ orderNodes ─▶ Ir ─ resolveParams ─▶ Bound ─ inferTypes ─▶ Inferred ─┬─ listLayers ─────▶ table
 *              │              │ findUnused        │                    │                       ├─ countKnown ─────▶ totals
 *              │              │                   │                    │      checkTraining ◀──┤
 *              │              │                   │                    │         checkSizes ◀──┤
 *              └── findings ──┴───────────────────┴────────────────────┴──── locate ─▶ diagnostics
 *                                                                                              └─ assembleProgram (no errors) ─▶ program
 */
import type { DataInfo } from './ir/dataSetDefinition';
import type { Library } from './ir/library';
import { brandProgram, type CheckedProgram, type Totals } from './ir/program';
import type { Design } from './design/schema';
import type { Diagnostic } from './messages';
import { assembleProgram } from './passes/assembleProgram';
import { checkSizes } from './passes/checkSizes';
import { checkTraining } from './passes/checkTraining';
import { countKnown } from './passes/countCost';
import { findUnused } from './passes/findUnused';
import { inferTypes } from './passes/inferTypes';
import { listLayers, type LayerRow } from './passes/listLayers';
import { locate } from './passes/locate';
import { lower } from './passes/lower';
import { createMemo, prepareMemo, type Memo } from './passes/memo';
import { orderNodes } from './passes/orderNodes';
import { pruneUnused } from './passes/pruneUnused';
import { resolveParams } from './passes/resolveParams';

export interface Compiled {
  /** Errors first. */
  diagnostics: Diagnostic[];
  layers: LayerRow[];
  totals: Totals;
  /** Null where there are errors. */
  program: CheckedProgram | null;
}

/** `memo` remembers from one compile to the next; `data` is what preparing a user's own files has found. */
export function compile(design: Design, library: Library, options: { memo?: Memo; data?: DataInfo } = {}): Compiled {
  const memo = prepareMemo(options.memo ?? createMemo(), library);
  const lowered = lower(design, library, memo);
  const ordered = orderNodes(lowered.ir, memo);
  const main = inferTypes(resolveParams(ordered.ir, library, memo), memo);
  const training = checkTraining(design, main, library, options.data, memo);
  const unused = findUnused(ordered);
  const trained = unused.findings.length > 0 && main.instance ? pruneUnused(main.instance) : main.instance;
  const sizes = checkSizes(main, trained, training.plan, memo);
  const findings = [lowered, ordered, unused, training, sizes].flatMap((pass) => pass.findings);
  const diagnostics = locate(findings, main);
  const wrong = diagnostics.some(({ severity }) => severity === 'error');
  const assembled = wrong ? null : assembleProgram(design, library, trained, training, sizes, memo);
  const program = assembled && brandProgram(assembled);
  return { diagnostics, layers: listLayers(main), totals: countKnown(main, memo), program };
}
