/** Everything that is exported and proved: each example of each layer, the hard cases, every sample and golden design. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { VerifyItem } from '../../../../electron/services/export/verifyExports';
import { freshValues } from '../../../../electron/services/export/exportValues';
import { madeUpSamples, movedValues, realSamples } from '../../../../electron/services/export/verifySamples';
import { storedWeights, writeWeights } from '../../../../electron/services/export/writeWeights';
import { diskFiles } from '../../../../electron/files/fileSystem';
import type { Obstacle } from '../../../../shared/codegen/exportedModel';
import type { ExportTarget } from '../../../../shared/codegen/exportTarget';
import { textOf } from '../../../../shared/codegen/sourceFile';
import { compile } from '../../../../shared/compile';
import { designSchema, type Design } from '../../../../shared/design/schema';
import type { DataInfo } from '../../../../shared/ir/dataSetDefinition';
import type { LayerDefinition, LayerExample } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { sampleSizes } from '../../../../shared/ir/tensorType';
import type { FieldInfo } from '../../../../shared/ir/trainingDefinitions';
import { library } from '../../../../shared/library';
import { layerRegistry } from '../../../../shared/layers/registry';
import type { Json } from '../../../../shared/messages/define';
import type { TinyLayer } from '../../../contract/runner/tinyProgram';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';
import { withAnyLoss } from '../../../shared/codegen/exampleProgram';
import { hardLayers } from '../../../shared/codegen/hardDesigns';

export interface FidelityCase {
  group: 'layer' | 'hard case' | 'design';
  name: string;
  verification: VerifyItem['verification'];
}

const optimizers: readonly Json[] = [
  { type: 'adam', learningRate: 0.01 },
  { type: 'sgd', learningRate: 0.1, momentum: 0.9 },
  { type: 'adamw', learningRate: 0.01, weightDecay: 0.1 },
];

export async function fidelityCases(): Promise<FidelityCase[]> {
  const examples = layerRegistry.list.flatMap((definition) =>
    definition.examples.map((example): [string, readonly TinyLayer[]] => [
      `${definition.type}: ${example.name}`,
      aroundExample(definition, example),
    ]),
  );
  const made = [
    ...examples.map(([name, layers]) => ({ group: 'layer' as const, name, layers })),
    ...Object.entries(hardLayers).map(([name, layers]) => ({ group: 'hard case' as const, name, layers })),
  ].map(({ group, name, layers }, at) => ({
    group,
    name,
    verification: madeUp(trainable(name, layers, optimizers[at % optimizers.length] as Json)),
  }));
  const golden: FidelityCase[] = [];
  for (const name of goldenNames) {
    const { design, program, data } = await openGolden(name);
    const info = data?.info ?? infoOf(program);
    const samples = data ? await realSamples(program, data) : madeUpSamples(program, info);
    data?.close();
    golden.push({ group: 'design', name, verification: { ...withValues(design, program), info, samples } });
  }
  return [...made, ...golden];
}

/**
 * The layer between Inputs and an Output. What learns stands before it, so that gradients pass through it: a
 * BatchNorm for each number that comes in; indices that come out are looked up, so that there is something to compare.
 */
function aroundExample(definition: LayerDefinition, example: LayerExample): TinyLayer[] {
  const isInput = definition.type === 'Input';
  const given = Object.entries(isInput ? example.outputs : example.inputs);
  const before = given.flatMap(([port, type]): TinyLayer[] => {
    const params = isInput ? example.params : { shape: sampleSizes(type), dtype: type.dtype };
    const input = { id: `in_${port}`, layer: 'Input', params };
    const norm = { id: `norm_${port}`, layer: 'BatchNorm', inputs: [input.id] };
    return type.dtype === 'float32' && type.dims.length > 1 && type.dims.length < 5 ? [input, norm] : [input];
  });
  const sourceOf = (port: string): string =>
    before.find(({ id }) => id === `norm_${port}`) ? `norm_${port}` : `in_${port}`;
  const [first = ''] = given.map(([port]) => sourceOf(port));
  const passes = isInput || definition.type === 'Output';
  const inputs = given.map(([port]) => `${sourceOf(port)}:${port}`);
  const layer = passes ? [] : [{ id: 'layer', layer: definition.type, params: example.params, inputs }];
  const last = passes ? first : 'layer';
  const whole = Object.values(example.outputs).some(({ dtype }) => dtype !== 'float32');
  const looked = whole
    ? [{ id: 'table', layer: 'Embedding', params: { vocabulary: 8, features: 3 }, inputs: [last] }]
    : [];
  return [...before, ...layer, ...looked, { id: 'result', layer: 'Output', inputs: [whole ? 'table' : last] }];
}

/** Wired, with a loss on every output that takes it, and data fields that fit. */
function trainable(name: string, layers: readonly TinyLayer[], optimizer: Json): { design: Design; info: DataInfo } {
  const wires = layers.flatMap(({ id, layer, inputs }, at) => {
    const before = layer === 'Input' ? [] : [layers[at - 1]?.id ?? ''];
    // "pixels:query" is a wire from pixels to the port `query`.
    return (inputs ?? before).map((wire) => {
      const [from = '', port] = wire.split(':');
      return { from, to: port ? `${id}:${port}` : id };
    });
  });
  const drawn = (outputs: (layer: TinyLayer) => Record<string, Json>): Design =>
    designSchema.parse({
      ...{ netloom: 1, name, wires },
      nodes: layers.map((each) => ({
        ...{ id: each.id, layer: each.layer, weightsOf: each.weightsOf },
        params:
          each.layer === 'Output'
            ? outputs(each)
            : { ...each.params, ...(each.layer === 'Input' && { field: each.id }) },
      })),
      training: { seed: 1, batchSize: 8, optimizer },
    });
  const first = compile(
    drawn(() => ({ loss: 'anything' })),
    withAnyLoss,
  );
  if (!first.program) throw new Error(`${name}: ${first.diagnostics.map(({ message }) => message).join(' ')}`);
  const { main, heads } = first.program;
  const targets = new Map<string, FieldInfo>();
  for (const { path } of heads) {
    const [type] = Object.values(main.nodes.find(({ id }) => id === path)?.inputTypes ?? {});
    const shape = (type ? sampleSizes(type) : []).map(Number);
    if (type?.dtype === 'float32') targets.set(path, { name: `truth_${path}`, shape, dtype: 'float32' });
  }
  const design = drawn(({ id }) => ({ loss: 'meanSquaredError', ...(targets.has(id) && { target: `truth_${id}` }) }));
  const counts = { train: 24, validation: 0, test: 0 };
  return { design, info: { fields: [...inputFields(first.program), ...targets.values()], counts } };
}

function madeUp({ design, info }: { design: Design; info: DataInfo }): FidelityCase['verification'] {
  const { program, diagnostics } = compile(design, library, { data: info });
  if (!program) throw new Error(`${design.name}: ${diagnostics.map(({ message }) => message).join(' ')}`);
  return { ...withValues(design, program), info, samples: madeUpSamples(program, info) };
}

function withValues(
  design: Design,
  program: CheckedProgram,
): Pick<FidelityCase['verification'], 'design' | 'program' | 'exported' | 'moved'> {
  const { values } = freshValues(program);
  return { design, program, exported: values, moved: movedValues(program, values) };
}

function inputFields({ main, feeds }: CheckedProgram): FieldInfo[] {
  return feeds.map(({ path, field }) => {
    const [type] = Object.values(main.nodes.find(({ id }) => id === path)?.outputTypes ?? {});
    const dtype = type?.dtype === 'int32' ? ('int32' as const) : ('float32' as const);
    return { name: field, shape: (type ? sampleSizes(type) : []).map(Number), dtype };
  });
}

function infoOf(program: CheckedProgram): DataInfo {
  const targets = program.heads.flatMap(({ target }) => target ?? []);
  return { fields: [...inputFields(program), ...targets], counts: { train: 24, validation: 0, test: 0 } };
}

/** Writes the folder of a case as an export would, without data and README. */
export function writeCase(
  { name, verification }: FidelityCase,
  target: ExportTarget,
  folder: string,
): VerifyItem | { obstacles: readonly Obstacle[] } {
  const { program, exported } = verification;
  const written = target.write({
    program,
    source: { file: `${name}.netloom`, hash: '0'.repeat(64) },
    values: (group, weight) => {
      const found = exported.get(`${group}/${weight}`);
      if (!found) throw new Error(`no weight ${group}/${weight}`);
      return found;
    },
    opset: 18,
    version: '0',
  });
  if ('obstacles' in written) return written;
  const { folder: model } = written;
  const files = new Map<string, Uint8Array | string>([
    ...model.files.map((file) => [file.path, textOf(file)] as const),
    ...(model.binaries ?? []),
  ]);
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  if (target.weights.format !== 'inside')
    writeWeights(diskFiles, folder, target.weights, storedWeights(model, exported));
  return { folder, target, model, verification };
}
