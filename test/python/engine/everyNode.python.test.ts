/** What torch.fx follows: every example of every layer, every sample, every hand-written and every hard design. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writePytorchModel } from '../../../shared/codegen/pytorch/writePytorchModel';
import { textOf } from '../../../shared/codegen/sourceFile';
import { flatten } from '../../../shared/ir/flatten';
import { layerRegistry } from '../../../shared/layers/registry';
import { exampleProgram } from '../../shared/codegen/exampleProgram';
import { hardDesigns } from '../../shared/codegen/hardDesigns';
import { samplesOf, withAxes } from '../../shared/codegen/programNumbers';
import { python } from '../../shared/codegen/pytorch/pytorchPython';
import { tiedDesigns } from '../../shared/codegen/pytorch/tiedDesigns';
import { examplePrograms, goldenPrograms, type NamedProgram } from '../../shared/codegen/tfjs/programsToExport';

const engine = join(__dirname, '..', '..', '..', 'python');
const batch = 3;

/** The twin that is traced, and what is to be seen in it. */
function caseOf({ label, program }: NamedProgram, folder: string): object {
  const model = writePytorchModel(program, true);
  if ('obstacles' in model) throw new Error(JSON.stringify(model.obstacles));
  mkdirSync(folder);
  for (const file of model.files) writeFileSync(join(folder, file.path), textOf(file));
  const samples = samplesOf(program, batch);
  return {
    label,
    folder,
    maker: model.maker,
    nodes: flatten(program).map(({ path, layer }) => [path, Object.keys(layer.outputTypes)]),
    samples: model.inputs.map(({ path, layout }) => withAxes(samples.get(path)!, layout.axes)),
  };
}

/** Their own class in PyTorch decides by the mode what it computes. */
function droppingAttention(): NamedProgram[] {
  return layerRegistry.list
    .filter(({ type }) => type === 'MultiHeadAttention')
    .flatMap((definition) =>
      definition.examples.map((example) => ({
        label: `dropping attention: ${example.name}`,
        program: exampleProgram(definition, { ...example, params: { ...example.params, dropout: 0.5 } }),
      })),
    );
}

it('shows at every node what the network computes when it is called, to the bit, in training and in evaluation', async () => {
  const root = mkdtempSync(join(tmpdir(), 'netloom-every-node-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const layers = [...examplePrograms(), ...droppingAttention()];
  const programs = [...layers, ...(await goldenPrograms()), ...hardDesigns(), ...tiedDesigns()];
  const cases = programs.map((each, at) => caseOf(each, join(root, String(at))));
  expect(cases.length).toBeGreaterThan(130);
  const script = join(__dirname, 'every_node.py');
  expect(JSON.parse(await python([script], { engine, cases }))).toEqual([]);
});
