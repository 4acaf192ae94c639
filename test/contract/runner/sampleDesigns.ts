/** The sample designs as compiled programs, and made-up samples of the right shapes, for tests that need no true data. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleReader } from '../../../electron/files/sampleReader';
import { compile } from '../../../shared/compile';
import { designSchema } from '../../../shared/design/schema';
import type { CheckedProgram } from '../../../shared/ir/program';
import type { FieldInfo } from '../../../shared/ir/trainingDefinitions';
import { library } from '../../../shared/library';
import { randomStream } from '../../../shared/training/random';

const folder = join(__dirname, '..', '..', '..', 'assets', 'designs');

export const sampleNames = readdirSync(folder)
  .filter((file) => file.endsWith('.netloom'))
  .map((file) => file.replace('.netloom', ''));

/** `change` alters the training configuration. */
export function sampleProgram(name: string, change: Record<string, unknown> = {}): CheckedProgram {
  const design = designSchema.parse(JSON.parse(readFileSync(join(folder, `${name}.netloom`), 'utf8')));
  const changed = { ...design, training: { ...design.training, ...change } };
  const { program, diagnostics } = compile(changed, library);
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

/** Random inputs, and targets within what the design expects; every sample depends on its position alone. */
export function madeUpSamples(program: CheckedProgram, samples: number): SampleReader {
  const types = new Map(
    program.feeds.map(({ path, field }) => {
      const node = program.main.nodes.find(({ id }) => id === path);
      return [field, Object.values(node?.outputTypes ?? {})[0]] as const;
    }),
  );
  const targets = new Map(program.heads.flatMap(({ target }) => (target ? [[target.name, target] as const] : [])));
  return {
    count: () => samples,
    read: (field, _part, indices) => {
      const target = targets.get(field);
      if (target) return Promise.resolve(targetValues(target, indices));
      const type = types.get(field);
      const sizes = (type?.dims ?? []).slice(1).map(({ size }) => (typeof size === 'number' ? size : 1));
      const elements = sizes.reduce((product, size) => product * size, 1);
      const values = new Float32Array(indices.length * elements);
      indices.forEach((index, row) => {
        const drawn = randomStream(1, 'made up', field, index).uniform(elements);
        values.set(type?.dtype === 'int32' ? drawn.map((value) => Math.floor(value * 4)) : drawn, row * elements);
      });
      return Promise.resolve(type?.dtype === 'int32' ? Int32Array.from(values) : values);
    },
  };
}

function targetValues(target: FieldInfo, indices: Uint32Array): Int32Array | Float32Array {
  const elements = target.shape.reduce((product, size) => product * size, 1);
  const choices = target.classes?.length ?? 2;
  const values = [...indices].flatMap((index) =>
    Array.from({ length: elements }, (_, at) => (index * 7 + at * 3) % choices),
  );
  return target.dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
}
