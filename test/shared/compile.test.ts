// Hand-written designs compile to what their goldens say; a change of a golden is a change to be looked at.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile, type Compiled } from '../../shared/compile';
import { parseDesign } from '../../shared/design/parseDesign';
import type { Design } from '../../shared/design/schema';
import { serialiseDesign } from '../../shared/design/serialiseDesign';
import { flatten } from '../../shared/ir/flatten';
import { formatType } from '../../shared/ir/tensorType';
import { library } from '../../shared/library';
import { lower } from '../../shared/passes/lower';
import { createMemo } from '../../shared/passes/memo';

const folder = join(import.meta.dirname, '../golden');
const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'design.netloom')));

function read(name: string): { text: string; design: Design } {
  const text = readFileSync(join(folder, name, 'design.netloom'), 'utf8');
  const parsed = parseDesign(text, name);
  if ('problems' in parsed) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return { text, design: parsed.design };
}

function golden(name: string, file: string): string {
  return join(folder, name, file);
}

/** The compiled design as text that a person can check. */
function summary({ diagnostics, layers, totals, program }: Compiled): string {
  const table = layers.map(({ id, layer, outputs, trainable, nonTrainable, macs, weightsOf }) => {
    const type = outputs ? Object.values(outputs).map(formatType).join(', ') : '?';
    const shared = weightsOf === null ? '' : ` (weights of ${weightsOf})`;
    return `${id}: ${layer} -> ${type}, ${trainable} trainable, ${nonTrainable} not, ${macs} MACs${shared}`;
  });
  const flat = program ? flatten(program) : [];
  const wiring = flat.map(({ path, inputs }) => `${path} <- ${Object.values(inputs).join(', ') || 'data'}`);
  const training = (program ? [program] : []).flatMap(({ feeds, heads, training: plan }) => [
    ...feeds.map(({ path, field }) => `${path} is fed by ${field}`),
    ...heads.map(({ path, loss, metrics, weight, target }) => {
      const measured = metrics.map(({ definition }) => definition.type).join(', ');
      return `${path} aims at ${target?.name}: ${loss.definition.type} x ${weight}, measured by ${measured}`;
    }),
    `${plan.optimizer.definition.type}, ${plan.schedule.definition.type}, monitors ${plan.monitor} (${plan.monitorDirection})`,
  ]);
  const said = diagnostics.map(({ severity, code, node, param, message, repairs }) =>
    [
      `${severity} ${code} at ${node ?? 'the design'}${param ? ` (${param})` : ''}: ${message}`,
      ...repairs.map(({ title }) => `  repair: ${title}`),
    ].join('\n'),
  );
  return `${[table, wiring, training, said, [JSON.stringify(totals)]]
    .map((lines) => lines.join('\n'))
    .filter(Boolean)
    .join('\n\n')}\n`;
}

describe('the golden design', () => {
  for (const name of names) {
    it(`${name} compiles to its golden`, async () => {
      const { design } = read(name);
      const { ir } = lower(design, library, createMemo());
      await expect(`${JSON.stringify(Object.fromEntries(ir.functions), null, 1)}\n`).toMatchFileSnapshot(
        golden(name, 'ir.json'),
      );
      await expect(summary(compile(design, library))).toMatchFileSnapshot(golden(name, 'compiled.txt'));
    });

    it(`${name} is written as it was read`, () => {
      const { text, design } = read(name);
      const again = parseDesign(serialiseDesign(design), name);
      expect(again).toEqual({ design });
      expect(serialiseDesign(design).split('\n').length).toBe(text.split('\n').length);
    });
  }

  it('of blocks counts what a person counts', () => {
    const { totals } = compile(read('blocks').design, library);
    const stem = 3 * 3 * 1 * 8 + 8;
    const convolutions = 3 * 3 * (8 * 8 + 8 * 16 + 16 * 16);
    const norms = 2 * (8 + 16 + 16);
    expect(totals.trainable).toBe(stem + convolutions + norms + 16 * 10 + 10);
    expect(totals.nonTrainable).toBe(norms);
    expect(totals.macs).toBe(64 * 9 * 8 + 64 * 9 * 64 + 16 * 9 * (128 + 256) + 160);
  });
});
