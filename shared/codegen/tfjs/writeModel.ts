/** model.ts: a function that makes the network, as a chain of layers where the drawing is one, else as their graph. */
import { code, list, text, type Call, type Hole, type Name } from '../../ir/emit/code';
import type { CodeEmission } from '../../ir/emit/emission';
import { functionInputNode } from '../../ir/ir';
import type { CheckedProgram, Feed, Head, LayerInstance } from '../../ir/program';
import { call } from '../../ir/emit/code';
import { sampleSizes, type TensorType } from '../../ir/tensorType';
import { printStatement } from '../printCode';
import { linesOf, type SourceFile, type SourceLine } from '../sourceFile';
import { docComment, importLines, typescript } from '../typescript';
import { withCommonSettings } from './commonSettings';
import type { ModelFunction, ModelParts } from './modelParts';
import { oneOrAll, shapeOf, withName, writeFunction } from './writeFunction';

export function writeModel(program: CheckedProgram, parts: ModelParts): SourceFile {
  const chain = chainOf(parts.main);
  const body = chain ? writeChain(parts.main, chain) : writeGraph(program, parts);
  const blocks = [...parts.blocks.values()].flatMap((block) => [...writeBlock(block, parts), ...linesOf([''])]);
  const classes = classesUsed(parts);
  const head = [
    ...docComment(`${program.name}: the network.`),
    `import * as tf from '@tensorflow/tfjs';`,
    ...(classes.length > 0 ? importLines(classes, './layers') : []),
    '',
  ];
  const lines = [
    ...linesOf(head),
    ...(chain ? [] : linesOf([...applyLines, ''])),
    ...blocks,
    ...linesOf(docComment(`The network: ${describe(program)}.`)),
    ...linesOf([`export function createModel(): ${chain ? 'tf.Sequential' : 'tf.LayersModel'} {`]),
    ...body,
    ...linesOf(['}']),
  ];
  return { path: 'model.ts', lines };
}

const applyLines = [
  '/** What a layer makes of its input, or of several. */',
  'function apply(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {',
  '  return layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;',
  '}',
];

function classesUsed({ helpers }: ModelParts): string[] {
  const exported = helpers.filter(({ name, source }) => source.includes(`export class ${name} `));
  return exported.map(({ name }) => name).sort();
}

/** "image [batch, 8, 8, 1] to output [batch, 10]". */
function describe({ main, feeds, heads }: CheckedProgram): string {
  const typeOf = ({ path }: Feed | Head): TensorType =>
    main.nodes.find(({ id }) => id === path)?.outputTypes.output as TensorType;
  const each = (ports: readonly (Feed | Head)[]): string =>
    ports.map((port) => `${port.name} ${describeShape(typeOf(port))}`).join(', ');
  return `${each(feeds)} to ${each(heads)}`;
}

export function describeShape(type: TensorType): string {
  return `[batch${sampleSizes(type)
    .map((size) => `, ${size}`)
    .join('')}]`;
}

/** The layers between one Input and one Output, where each takes what the one before it gives and nothing else. */
function chainOf({ instance, emissions }: ModelFunction): readonly LayerInstance[] | null {
  const nodes = instance.nodes.filter((node): node is LayerInstance => node.kind === 'layer');
  if (nodes.length !== instance.nodes.length || nodes.length < 3) return null;
  const follows = nodes.every((node, at) => {
    const inputs = Object.values(node.inputs);
    if (at === 0) return node.definition.inputs.length === 0;
    if (inputs.length !== 1 || inputs[0]?.node !== nodes[at - 1]?.id || node.weightsOf !== null) return false;
    const emission = emissions.get(node.id) as CodeEmission;
    const last = at === nodes.length - 1;
    return last === (emission.member === undefined) && (last || emission.call === undefined);
  });
  return follows ? nodes : null;
}

function writeChain(drawn: ModelFunction, nodes: readonly LayerInstance[]): SourceLine[] {
  const { own, lines } = withCommonSettings(drawn, (_, width, settings) =>
    3 * typescript.indent + width + ','.length <= typescript.width ? 1 : settings + 2,
  );
  const layers = nodes.flatMap((node, at) => {
    const { member, before = [], after = [] } = own.emissions.get(node.id) as CodeEmission;
    if (member === undefined) return [];
    const name = (own.names.get(node.id) as Name).identifier;
    const named = (layer: Hole, label: string): { layer: Call; origin: string } => ({
      layer: withName(layer as Call, text(label)),
      origin: node.id,
    });
    if (at === 0) return [named(inputLayer(node), name)];
    return [
      ...before.map((beside) => named(beside.layer, `${name}-${beside.suffix}`)),
      named(member, name),
      ...after.map((beside) => named(beside.layer, `${name}-${beside.suffix}`)),
    ];
  });
  const together = printStatement(typescript, code`layers: ${list(layers.map(({ layer }) => layer))},`, 2);
  const rows =
    together.length === 1
      ? linesOf(
          together,
          layers.map(({ origin }) => origin),
        )
      : [
          ...linesOf(['    layers: [']),
          ...layers.flatMap(({ layer, origin }) => linesOf(printStatement(typescript, code`${layer},`, 3), [origin])),
          ...linesOf(['    ],']),
        ];
  return [...lines, ...linesOf(['  return tf.sequential({']), ...rows, ...linesOf(['  });'])];
}

function inputLayer({ outputTypes }: LayerInstance): Call {
  const type = outputTypes.output as TensorType;
  const dtype = type.dtype === 'float32' ? undefined : text(type.dtype);
  return call(code`tf.layers.inputLayer`, [], { inputShape: shapeOf(type), dtype });
}

function writeGraph({ feeds, heads }: CheckedProgram, { main, blocks }: ModelParts): SourceLine[] {
  const { lines, valueOf } = writeFunction(main, blocks, new Map());
  const values = (ports: readonly (Feed | Head)[]): Hole =>
    oneOrAll(ports.map(({ path }) => valueOf({ node: path, port: 'output' })));
  const made = call(code`tf.model`, [], { inputs: values(feeds), outputs: values(heads) });
  const paths = [...feeds, ...heads].map(({ path }) => path);
  return [...lines, ...linesOf(printStatement(typescript, code`return ${made};`, 1), paths)];
}

function writeBlock(block: ModelFunction, { blocks }: ModelParts): SourceLine[] {
  const { instance, scope, path } = block;
  const given = new Map(instance.inputs.map((port) => [port, scope.allocate(port, 'input')]));
  const { lines, valueOf } = writeFunction(block, blocks, given);
  const results = Object.values(instance.outputs).map((ref) =>
    ref.node === functionInputNode ? (given.get(ref.port) as Name) : valueOf(ref),
  );
  const types = (all: Readonly<Record<string, TensorType>>): string => Object.values(all).map(describeShape).join(', ');
  const parameters = [
    ...[...given.values()].map(({ identifier }) => `${identifier}: tf.SymbolicTensor`),
    'name: string',
  ];
  const result = results.length === 1 ? 'tf.SymbolicTensor' : 'tf.SymbolicTensor[]';
  const name = (block.name as Name).identifier;
  return [
    ...linesOf(
      docComment(`The block ${instance.function}: ${types(instance.inputTypes)} to ${types(instance.outputTypes)}.`),
    ),
    ...linesOf(signature(name, parameters, result), [path]),
    ...lines,
    ...linesOf(printStatement(typescript, code`return ${oneOrAll(results)};`, 1), [path]),
    ...linesOf(['}']),
  ];
}

function signature(name: string, parameters: readonly string[], result: string): string[] {
  const whole = `function ${name}(${parameters.join(', ')}): ${result} {`;
  if (whole.length <= typescript.width) return [whole];
  return [`function ${name}(`, ...parameters.map((parameter) => `  ${parameter},`), `): ${result} {`];
}
