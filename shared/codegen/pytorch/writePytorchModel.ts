/** model.py: a class for the drawing and one for each block, as somebody would write them who knows PyTorch. */
import { call, code } from '../../ir/emit/code';
import { passPath } from '../../ir/passPath';
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
import { watch } from './watchedStep';
import type { Module } from './draftClass';
import { statement } from './statements';
import { writeClasses } from './writeClasses';
import type { ClassText, WrittenClass } from './writtenClass';

/** `watched`: traced.py in its place, whose weights have the same names, and whose nodes mark their values by `watch`. */
export function writePytorchModel(
  program: CheckedProgram,
  watched = false,
): ExportedModel | { obstacles: readonly Obstacle[] } {
  const prepared = prepareProgram(program, watched ? [watch] : []);
  const reserved = [...pythonKeywords, ...pythonBuiltins, ...pytorchModuleNames, ...scriptNames];
  const scope = createScope('PascalCase', [...reserved, ...prepared.helpers.keys(), shareWeights.name]);
  const module: Module = { prepared, scope, classes: new Map(), watched };
  for (const [id, uses] of functionsOf(program.main))
    writeClasses(module, {
      instances: uses.map(({ instance }) => instance),
      wanted: id === program.main.function ? program.name : id,
      fallback: id === program.main.function ? 'Network' : 'Block',
      prefixes: uses.map(({ prefix }) => prefix),
    });
  if (prepared.obstacles.length > 0) return { obstacles: prepared.obstacles };
  const main = module.classes.get(program.main.key) as WrittenClass;
  const { placed } = prepared.functions.get(program.main.key) as PreparedFunction;
  return {
    files: [{ path: watched ? 'traced.py' : 'model.py', lines: moduleLines(program, module) }],
    weights: main.weights,
    constants: main.constants,
    inputs: portsOf(placed, 'Input', main.ports),
    outputs: portsOf(placed, 'Output', main.ports),
    maker: main.text.name.identifier,
  };
}

function moduleLines({ name, main }: CheckedProgram, { prepared, classes, watched }: Module): SourceLine[] {
  const uses = usesOf(main, classes);
  const texts = [...new Set([...classes.values()].map(({ text }) => text))];
  const written = texts.map((each) => classLines(each, uses.get(each) ?? []));
  const helpers = helperSources(prepared, texts);
  const heads = texts.map(classHead);
  const code = [...heads, ...helpers, ...written.flat().map(({ text }) => text)].join('\n');
  const imports = usedImports(
    code,
    [...prepared.helpers.values()].flatMap((helper) => helper.imports),
  );
  return [
    ...linesOf([
      ...docstring([`${name}: the network${watched ? ', telling what every node gives' : ''}.`]),
      '',
      ...pythonImports(imports),
    ]),
    ...helpers.flatMap((source) => linesOf(['', '', ...source.split('\n')])),
    ...texts.flatMap((each, at) => [...linesOf(['', '', ...headOf(each)]), ...(written[at] ?? [])]),
  ];
}

function helperSources({ helpers }: PreparedProgram, texts: readonly ClassText[]): string[] {
  const ties = texts.some((each) => each.ties);
  return [...[...helpers.values()].map(({ source }) => source), ...(ties ? [shareWeights.source] : [])];
}

function headOf(each: ClassText): string[] {
  return [classHead(each), ...indented(linesOf(each.docstring), 4).map(({ text }) => text), ''];
}

function classHead({ name, chain }: ClassText): string {
  return `class ${name.identifier}(${chain ? 'nn.Sequential' : 'nn.Module'}):`;
}

function classLines({ body, parameters }: ClassText, uses: readonly string[]): SourceLine[] {
  const placed = body.map(({ text, origins }) => ({
    text,
    origins: uses.flatMap((prefix) => origins.map((id) => prefix + id)),
  }));
  const given = parameters.map(({ name, type }) => (type === 'int' ? code`${name}: int` : code`${name}: float`));
  const head = code`${call(code`def __init__`, [code`self`, ...given])} -> None:`;
  return [...statement(1, head), ...placed];
}

interface FirstUse {
  readonly instance: FunctionInstance;
  readonly prefix: string;
}

/** The instances of every function, those that others call first. */
function functionsOf(main: FunctionInstance): Map<string, FirstUse[]> {
  const uses = new Map<string, Map<string, FirstUse>>();
  const callees = new Map<string, Set<string>>();
  const visit = (instance: FunctionInstance, prefix: string): void => {
    const own = uses.get(instance.function) ?? new Map<string, FirstUse>();
    uses.set(instance.function, own);
    if (own.has(instance.key)) return;
    own.set(instance.key, { instance, prefix });
    const called = callees.get(instance.function) ?? new Set<string>();
    callees.set(instance.function, called);
    for (const node of instance.nodes) {
      if (node.kind !== 'call') continue;
      node.iterations.forEach((iteration, index) => {
        called.add(iteration.function);
        visit(iteration, prefix + passPath(node.id, node.repeated, index));
      });
    }
  };
  visit(main, '');
  const ordered = new Map<string, FirstUse[]>();
  const place = (id: string): void => {
    if (ordered.has(id)) return;
    for (const callee of callees.get(id) ?? []) place(callee);
    ordered.set(id, [...(uses.get(id)?.values() ?? [])]);
  };
  place(main.function);
  return ordered;
}

/** Where each class is used: what stands before the ids of its nodes. */
function usesOf(main: FunctionInstance, classes: Module['classes']): Map<ClassText, string[]> {
  const uses = new Map<ClassText, string[]>();
  const visit = (key: string, prefix: string): void => {
    const { text, calls } = classes.get(key) as WrittenClass;
    const known = uses.get(text);
    if (known) known.push(prefix);
    else uses.set(text, [prefix]);
    for (const inner of calls) visit(inner.key, prefix + inner.path);
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
