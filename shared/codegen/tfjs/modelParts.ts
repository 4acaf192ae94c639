/** What the writers of a TensorFlow.js model know of the program: the twin of every layer, and the names of everything. */
import type { FunctionInstance, Instance, LayerInstance } from '../../ir/program';
import type { CodeEmission, EmitInput, Helper } from '../../ir/emit/emission';
import type { Name } from '../../ir/emit/code';
import type { TensorType } from '../../ir/tensorType';
import { createScope, type Scope } from '../allocateNames';
import type { Obstacle } from '../exportedModel';
import { canonical } from '../layouts';
import { reservedWords } from './reserved';

/** One function of the drawing, or one of its variants: the drawing itself, or a block with bound parameters. */
export interface ModelFunction {
  readonly instance: FunctionInstance;
  /** Null for the drawing itself. */
  readonly name: Name | null;
  readonly scope: Scope;
  /** By id of the node: what its value is called, and its layer within the function. */
  readonly names: ReadonlyMap<string, Name>;
  readonly emissions: ReadonlyMap<string, CodeEmission>;
  /** A node of it, for lines that belong to the function as a whole. */
  readonly path: string;
}

export interface ModelParts {
  readonly main: ModelFunction;
  /** Blocks by the key of their instance, those that others call first. */
  readonly blocks: ReadonlyMap<string, ModelFunction>;
  readonly helpers: readonly Helper[];
}

/** The parts, or every node that has no twin. */
export function modelParts(main: FunctionInstance): ModelParts | { obstacles: Obstacle[] } {
  const found = collect(main);
  const obstacles = found.flatMap(({ instance, path }) => obstaclesOf(instance, path));
  if (obstacles.length > 0) return { obstacles };
  const emissions = found.map(({ instance }) => emissionsOf(instance));
  const helpers = new Map(
    emissions
      .flatMap((own) => [...own.values()].flatMap((emission) => emission.helpers ?? []))
      .map((one) => [one.name, one]),
  );
  const words = [...reservedWords, ...helpers.keys()];
  const functions = createScope('camelCase', words);
  const named = found.map(({ instance, path }) => ({
    instance,
    path,
    name: path === '' ? null : functions.allocate(instance.function, 'block'),
  }));
  const taken = [...words, ...named.flatMap(({ name }) => name?.identifier ?? [])];
  const all = named.map((one, at): ModelFunction => {
    const scope = createScope('camelCase', taken);
    return { ...one, scope, names: namesOf(one.instance, scope), emissions: emissions[at] ?? new Map() };
  });
  const blocks = new Map(all.filter(({ name }) => name !== null).map((block) => [block.instance.key, block]));
  return { main: all[all.length - 1] as ModelFunction, blocks, helpers: [...helpers.values()] };
}

interface Found {
  readonly instance: FunctionInstance;
  readonly path: string;
}

/** Every function once, with the path of the first call of it; callees before their callers. */
function collect(main: FunctionInstance): Found[] {
  const found = new Map<string, Found>();
  const visit = (instance: FunctionInstance, path: string): void => {
    for (const node of instance.nodes) {
      if (node.kind === 'call')
        for (const pass of node.iterations)
          if (!found.has(pass.key)) visit(pass, path === '' ? node.id : `${path}/${node.id}`);
    }
    found.set(instance.key, { instance, path });
  };
  visit(main, '');
  return [...found.values()];
}

function layersOf({ nodes }: FunctionInstance): LayerInstance[] {
  return nodes.filter((node): node is LayerInstance => node.kind === 'layer');
}

function emissionsOf(instance: FunctionInstance): Map<string, CodeEmission> {
  return new Map(layersOf(instance).map((node) => [node.id, emissionOf(node) as CodeEmission]));
}

function obstaclesOf(instance: FunctionInstance, path: string): Obstacle[] {
  return layersOf(instance).flatMap((node) => {
    const emission = emissionOf(node);
    if (!('unsupported' in emission)) return [];
    const place = path === '' ? node.id : `${path}/${node.id}`;
    return [{ path: place, name: node.name, why: emission.unsupported, instead: emission.instead }];
  });
}

function emissionOf({
  definition,
  params,
  inputTypes,
  outputTypes,
  weights,
}: LayerInstance): CodeEmission | { unsupported: string; instead: string } {
  return definition.emit.tfjs({ params, weights, inputs: asDrawn(inputTypes), outputs: asDrawn(outputTypes) });
}

function asDrawn(types: Readonly<Record<string, TensorType>>): Record<string, EmitInput> {
  return Object.fromEntries(Object.entries(types).map(([port, type]) => [port, { type, layout: canonical(type) }]));
}

function namesOf({ nodes }: FunctionInstance, scope: Scope): Map<string, Name> {
  return new Map(nodes.map((node) => [node.id, scope.allocate(node.name, fallbackOf(node))]));
}

function fallbackOf(node: Instance): string {
  return node.kind === 'layer' ? node.definition.type : 'block';
}
