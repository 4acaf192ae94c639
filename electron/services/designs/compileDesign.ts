/** From a design to a checked program, or to the diagnostics that say why there is none. */
import { compile } from '../../../shared/compile';
import type { Design } from '../../../shared/design/schema';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import type { CheckedProgram } from '../../../shared/ir/program';
import { library } from '../../../shared/library';
import { invalidDesign } from './invalidDesign';

/**
 * Throws `ServiceProblem` design-invalid with all diagnostics. `data` null: what is known without preparation.
 * `file`: where the design is from.
 */
export function compileDesign(design: Design, data: DataInfo | null, file: string | null = null): CheckedProgram {
  const { program, diagnostics } = compile(design, library, data ? { data } : {});
  if (program) return program;
  throw invalidDesign(diagnostics, file);
}
