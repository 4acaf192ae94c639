/** model.py: a class for the drawing and one for each block, as somebody would write them who knows PyTorch. */
import type { CheckedProgram, FunctionInstance, LayerInstance } from '../../ir/program';
import { createScope } from '../allocateNames';
import type { ExportedModel, ExportedPort, Obstacle } from '../exportedModel';
import type { PlacedFunction } from '../layouts';
import { docstring } from '../python';
import { pythonImports } from '../pythonImports';
import { indented, linesOf, type SourceLine } from '../sourceFile';
import { prepareProgram, type PreparedFunction, type PreparedProgram } from './prepareProgram';
import { pythonBuiltins, pythonKeywords, pytorchModuleNames, scriptNames } from './reserved';
import { shareWeights } from './shareWeights';
import { usedImports } from './usedImports';
import { writeClass, type Module } from './writeClass';
import type { WrittenClass } from './writtenClass';

export function writePytorchModel(program: CheckedProgram): ExportedModel | { obstacles: readonly Obstacle[] } {
  const prepared = prepareProgram(program);
  const reserved = [...pythonKeywords, ...pythonBuiltins, ...pytorchModuleNames, ...scriptNames];
  const scope = createScope('PascalCase', [...reserved, ...prepared.helpers.keys(), shareWeights.name]);
  const module: Module = { prepared, scope, classes: new Map() };
  const main = writeClass(module, { instance: program.main, wanted: program.name, fallback: 'Network', prefix: '' });
  if (prepared.obstacles.length > 0) return { obstacles: prepared.obstacles };
  const { placed } = prepared.functions.get(program.main.key) as PreparedFunction;
  return {
    files: [{ path: 'model.py', lines: moduleLines(program, module) }],
    weights: main.weights,
    constants: main.constants,
    inputs: portsOf(placed, 'Input', main.ports),
    outputs: portsOf(placed, 'Output', main.ports),
    maker: main.name.identifier,
  };
}

function moduleLines({ name, main }: CheckedProgram, { prepared, classes }: Module): SourceLine[] {
  const uses = usesOf(main, classes);
  const written = [...classes].map(([key, each]) => classLines(each, uses.get(key) ?? []));
  const helpers = helperSources(prepared, classes);
  const heads = [...classes.values()].map(classHead);
  const code = [...heads, ...helpers, ...written.flat().map(({ text }) => text)].join('\n');
  const imports = usedImports(
    code,
    [...prepared.helpers.values()].flatMap((helper) => helper.imports),
  );
  return [
    ...linesOf([...docstring([`${name}: the network.`]), '', ...pythonImports(imports)]),
    ...helpers.flatMap((source) => linesOf(['', '', ...source.split('\n')])),
    ...[...classes.values()].flatMap((each, at) => [...linesOf(['', '', ...headOf(each)]), ...(written[at] ?? [])]),
  ];
}

function helperSources({ helpers }: PreparedProgram, classes: Module['classes']): string[] {
  const ties = [...classes.values()].some((each) => each.ties);
  return [...[...helpers.values()].map(({ source }) => source), ...(ties ? [shareWeights.source] : [])];
}

function headOf(each: WrittenClass): string[] {
  return [classHead(each), ...indented(linesOf(each.docstring), 4).map(({ text }) => text), ''];
}

function classHead({ name, chain }: WrittenClass): string {
  return `class ${name.identifier}(${chain ? 'nn.Sequential' : 'nn.Module'}):`;
}

function classLines({ body }: WrittenClass, uses: readonly string[]): SourceLine[] {
  const placed = body.map(({ text, origins }) => ({
    text,
    origins: uses.flatMap((prefix) => origins.map((id) => prefix + id)),
  }));
  return [...linesOf(['    def __init__(self) -> None:']), ...placed];
}

/** Where each class is used: what stands before the ids of its nodes. */
function usesOf(main: FunctionInstance, classes: Module['classes']): Map<string, string[]> {
  const uses = new Map<string, string[]>();
  const visit = (key: string, prefix: string): void => {
    const known = uses.get(key);
    if (known) known.push(prefix);
    else uses.set(key, [prefix]);
    for (const inner of classes.get(key)?.calls ?? []) visit(inner.key, prefix + inner.path);
  };
  visit(main.key, '');
  return uses;
}

function portsOf({ nodes }: PlacedFunction, type: string, names: ReadonlyMap<string, string>): ExportedPort[] {
  const ports = nodes.filter(({ node }) => node.kind === 'layer' && node.definition.type === type);
  return ports.map(({ node, outputs }) => ({
    path: node.id,
    name: names.get(node.id) ?? node.id,
    type: (node as LayerInstance).outputTypes.output!,
    layout: outputs.output!,
  }));
}
