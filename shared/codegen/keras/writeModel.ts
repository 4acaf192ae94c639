/** model.py: helpers, a function for every block, and `make_model`. */
import { call, code, list, text, type Call, type Hole, type Name } from '../../ir/emit/code';
import { formatType, type TensorType } from '../../ir/tensorType';
import type { ValueRef } from '../../ir/ir';
import { printStatement } from '../printCode';
import { docstring, python } from '../python';
import { pythonImports } from '../pythonImports';
import { indented, linesOf, type SourceFile, type SourceLine } from '../sourceFile';
import type { PlannedFunction, PlannedLayer, PlannedModule } from './planModule';
import { dictionaryLines } from './dictionary';
import { withoutTypes } from './withoutTypes';
import { layerName, named, writeBody } from './writeBody';

export function writeModel(module: PlannedModule, name: string): SourceFile {
  const written = [...module.blocks.map(writeBlock), writeMain(module)];
  const guessed =
    module.blocks.length > 0 || written.flat().some(({ text }) => /_initializer=[\w.]+\(|axis=\[/.test(text));
  const imports = ['import keras', 'from keras import layers'];
  const head = [
    ...docstring([`${name}: the network.`]),
    ...(guessed ? ['', ...withoutTypes] : []),
    ...['', ...pythonImports([...imports, ...module.imports])],
  ];
  const parts = [...module.helpers.map((helper) => linesOf(helper.source.split('\n'))), ...written];
  return { path: 'model.py', lines: [...linesOf(head), ...parts.flatMap((lines) => [...linesOf(['', '']), ...lines])] };
}

function writeBlock(block: PlannedFunction): SourceLine[] {
  const { instance, callable, inputs } = block;
  const parameters = [...inputs.values()].map((name) => code`${name}: keras.KerasTensor`);
  const outputs = Object.values(instance.outputs);
  const one = code`keras.KerasTensor`;
  const result = outputs.length === 1 ? one : code`tuple[${joined(outputs.map(() => one))}]`;
  const definition = call(code`def ${callable}`, [...parameters, code`name: str`]);
  const types = `${shapes(Object.values(instance.inputTypes))} to ${shapes(Object.values(instance.outputTypes))}`;
  const body = writeBody(block, true);
  return [
    ...linesOf(printStatement(python, code`${definition} -> ${result}:`)),
    ...indented(linesOf(docstring([`Apply ${instance.function}: ${types}.`])), python.indent),
    ...body.returning(outputs),
  ];
}

function writeMain(module: PlannedModule): SourceLine[] {
  const { main } = module;
  const words = `Build the network, from ${ends(main, 'Input')} to ${ends(main, 'Output')}.`;
  const head = ['def make_model() -> keras.Model:', ...docstring([words]).map((line) => `    ${line}`)];
  const chain = chainOf(main);
  return [...linesOf(head), ...(chain ? writeChain(chain, module) : writeGraph(module))];
}

/** "image batch×8×8×1" for all that enters or leaves. */
function ends(main: PlannedFunction, which: 'Input' | 'Output'): string {
  const found = main.nodes.flatMap(({ node, name }) => {
    if (node.kind !== 'layer' || node.definition.type !== which) return [];
    return [`${name.identifier} ${formatType(node.outputTypes.output!)}`];
  });
  return found.join(', ');
}

function shapes(types: readonly TensorType[]): string {
  return types.map(formatType).join(', ');
}

function joined(parts: readonly Hole[]): Hole {
  return parts.slice(1).reduce<Hole>((all, part) => code`${all}, ${part}`, parts[0] ?? null);
}

/** The layers of a drawing in which each takes what the one before gives; null where there are branches or blocks. */
function chainOf({ nodes }: PlannedFunction): readonly PlannedLayer[] | null {
  const layers = nodes.filter((node): node is PlannedLayer => node.kind === 'layer');
  if (layers.length !== nodes.length || layers.length < 3) return null;
  const inRow = layers.every(({ node, emission }, at) => {
    const [ref, ...others] = Object.values<ValueRef>(node.inputs);
    if (at === 0) return node.definition.type === 'Input';
    if (ref === undefined || others.length > 0 || node.weightsOf !== null) return false;
    if (ref.node !== layers[at - 1]?.node.id) return false;
    return at === layers.length - 1 ? node.definition.type === 'Output' : emission.call === undefined;
  });
  return inRow ? layers : null;
}

/** keras.Sequential([...]): a line for each layer. */
function writeChain(chain: readonly PlannedLayer[], { modelName }: PlannedModule): SourceLine[] {
  const narrower = { ...python, width: python.width - 1 };
  const items = chain.flatMap(({ node, emission, name, beside }) => {
    const member = emission.member as Call | undefined;
    const around = (layers: typeof emission.before = []): Call[] =>
      layers.map(({ suffix, layer }) => named(layer, layerName(beside.get(suffix) as Name, false)));
    const own = member ? [named(member, layerName(name, false))] : [];
    const all = [...around(emission.before), ...own, ...around(emission.after)];
    return all.flatMap((layer) => {
      const lines = printStatement(narrower, layer, 3);
      return linesOf([...lines.slice(0, -1), `${lines[lines.length - 1] ?? ''},`], [node.id]);
    });
  });
  const end = printStatement(narrower, code`name=${text(modelName.identifier)}`, 2).map((line) => `${line},`);
  return [
    ...linesOf(['    return keras.Sequential(', '        [']),
    ...items,
    ...linesOf(['        ],', ...end, '    )']),
  ];
}

/** The functional form: inputs, outputs by the names of the Output nodes where there are several. */
function writeGraph({ main, modelName }: PlannedModule): SourceLine[] {
  const body = writeBody(main, false);
  const layers = main.nodes.filter((node): node is PlannedLayer => node.kind === 'layer');
  const values = (type: string): [Name, Name][] =>
    layers
      .filter(({ node }) => node.definition.type === type)
      .map(({ node, name }) => [name, body.valueOf({ node: node.id, port: 'output' })]);
  const inputs = values('Input').map(([, value]) => value);
  const outputs = values('Output');
  const given = inputs.length === 1 ? (inputs[0] as Name) : list(inputs);
  const several = outputs.length > 1;
  const results = several ? code`outputs` : (outputs[0]?.[1] as Name);
  const entries = outputs.map(([key, value]) => ({ key: key.identifier, value }));
  const model = call(code`keras.Model`, [given, results], { name: text(modelName.identifier) });
  return [
    ...body.lines,
    ...(several ? dictionaryLines(1, code`outputs = `, entries) : []),
    ...linesOf(printStatement(python, code`return ${model}`, 1)),
  ];
}
