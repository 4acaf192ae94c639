/** A target as simple as can be, for everything around the writers: one text a layer, weights as they are. */
import type { ExportTarget } from '../../../../shared/codegen/exportTarget';
import { linesOf } from '../../../../shared/codegen/sourceFile';
import { twin } from '../../../../shared/ir/emit/transform';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';

export const plainTarget: ExportTarget = {
  target: 'pytorch',
  title: 'Plain',
  weights: { format: 'safetensors', file: 'weights.safetensors' },
  trains: true,
  commands: ['run train.py'],
  write: ({ program, source }) => {
    const obstacles = program.main.nodes
      .filter(({ name }) => name === 'impossible')
      .map(({ id, name }) => ({ path: id, name, why: 'It cannot be done.', instead: 'Use Dense.' }));
    if (obstacles.length > 0) return { obstacles };
    const lines = program.main.nodes.map(({ id }) => `# ${id} of ${source.file}`);
    return {
      folder: {
        files: [
          { path: 'model.py', lines: linesOf(lines) },
          { path: 'train.py', lines: linesOf(['# trains']) },
        ],
        weights: weightPlaces(program).map(({ group, name }) => ({
          ...{ name: `${group}.${name}`, group, twin: twin(name, name) },
        })),
        constants: [{ name: 'counter', dtype: 'I64', shape: [], value: 3 }],
        inputs: [],
        outputs: [],
        maker: 'Plain',
      },
    };
  },
};
