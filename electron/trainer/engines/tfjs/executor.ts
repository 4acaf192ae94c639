/** Runs a program's layers in order, forward, and frees every value after its last use. */
import { flatten, type FlatLayer } from '../../../../shared/ir/flatten';
import type { Mode, Tensor } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { TensorLibrary } from './backend';
import { createLiveValues } from './liveValues';
import { layerRandom, type DrawPlace } from './layerRandom';
import { isOutOfMemory } from './outOfMemory';
import type { Parameters } from './parameters';

/** A layer with the places of its values, so that a step looks nothing up by name. */
export interface PlannedLayer {
  flat: FlatLayer;
  inputs: readonly { port: string; place: number }[];
  outputs: readonly { port: string; place: number }[];
  /** Whether samples enter here. */
  fed: boolean;
  /** The names of its weights and their keys among all. */
  weights: readonly { name: string; key: string }[];
}

/** What does not change from batch to batch. Values are numbered; keys are `path:port`. */
export interface Plan {
  layers: readonly PlannedLayer[];
  places: ReadonlyMap<string, number>;
  /** Places of the values that reach the heads, in the program's order. */
  heads: readonly number[];
  /** By place: how often the value is read, by layers and heads. */
  uses: readonly number[];
}

export function createPlan(program: CheckedProgram): Plan {
  const feeds = new Set(program.feeds.map(({ path }) => path));
  const places = new Map<string, number>();
  const uses: number[] = [];
  const use = (key: string): number => {
    const place = places.get(key);
    if (place === undefined) throw new Error(`no layer makes the value ${key}`);
    uses[place] = (uses[place] ?? 0) + 1;
    return place;
  };
  const layers = flatten(program).map((flat): PlannedLayer => {
    const inputs = Object.entries(flat.inputs).map(([port, key]) => ({ port, place: use(key) }));
    const outputs = Object.keys(flat.layer.outputTypes).map((port) => {
      const place = uses.push(0) - 1;
      places.set(`${flat.path}:${port}`, place);
      return { port, place };
    });
    const weights = Object.keys(flat.layer.weights).map((name) => ({ name, key: `${flat.group}/${name}` }));
    return { flat, inputs, outputs, fed: feeds.has(flat.path), weights };
  });
  const byPath = new Map(layers.map((layer) => [layer.flat.path, layer]));
  const heads = program.heads.map(({ path }) => use(`${path}:${byPath.get(path)?.outputs[0]?.port ?? ''}`));
  return { layers, places, heads, uses };
}

export interface ForwardOptions {
  mode: Mode;
  /** Feed values by the path of their Input, kept by the caller. */
  inputs: ReadonlyMap<string, Tensor>;
  draw: DrawPlace;
  /** Values to return besides those of the heads. */
  wanted?: ReadonlySet<string>;
  /** New statistics of earlier micro-batches or sharing nodes, by weight key; this pass adds to them. */
  updates?: Map<string, Tensor>;
  /** Sees every layer's outputs as soon as they are there, in running order. */
  visit?: (layer: FlatLayer, outputs: Readonly<Record<string, Tensor>>) => void;
}

export interface Forward {
  /** The values that reach the heads. */
  heads: Tensor[];
  wanted: Map<string, Tensor>;
  penalties: Tensor[];
}

/** Call it within a scope (`tidy`, or the engine's gradients): what it returns is freed by that. */
export function forward(core: TensorLibrary, plan: Plan, parameters: Parameters, options: ForwardOptions): Forward {
  const wanted = [...(options.wanted ?? [])].map((key) => ({ key, place: plan.places.get(key) ?? -1 }));
  const values = createLiveValues(plan.uses, wanted);
  const penalties: Tensor[] = [];
  for (const planned of plan.layers) {
    const { flat, fed } = planned;
    const inputs: Record<string, Tensor> = {};
    for (const { port, place } of planned.inputs) inputs[port] = values.get(place);
    const outputs = fed
      ? feed(planned, options.inputs)
      : naming(flat, () => runLayer(core, planned, inputs, parameters, options, penalties));
    options.visit?.(flat, outputs);
    for (const { port, place } of planned.outputs) {
      const output = outputs[port];
      if (output) values.put(place, output, planned.inputs);
    }
    for (const { place } of planned.inputs) values.used(place);
  }
  const found = new Map(wanted.map(({ key, place }) => [key, values.get(place)]));
  return { heads: plan.heads.map((place) => values.get(place)), wanted: found, penalties };
}

/** An Input passes on what it is fed. */
function feed({ flat, outputs }: PlannedLayer, inputs: ReadonlyMap<string, Tensor>): Record<string, Tensor> {
  const tensor = inputs.get(flat.path);
  if (!tensor) throw new Error(`nothing feeds the Input ${flat.path}`);
  return Object.fromEntries(outputs.map(({ port }) => [port, tensor]));
}

/** What a tensor library throws (an index outside a table, a size that does not fit) knows nothing of the design. */
function naming<Result>({ path, layer }: FlatLayer, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && !isOutOfMemory(error)) {
      error.message = `${path} (${layer.definition.type}): ${error.message}`;
    }
    throw error;
  }
}

function runLayer(
  core: TensorLibrary,
  { flat, weights: names }: PlannedLayer,
  inputs: Record<string, Tensor>,
  parameters: Parameters,
  options: ForwardOptions,
  penalties: Tensor[],
): Record<string, Tensor> {
  const { definition, params } = flat.layer;
  const weights: Record<string, Tensor> = {};
  const current = parameters.of(flat.group);
  for (const { name, key } of names) {
    const tensor = options.updates?.get(key) ?? current[name];
    if (tensor) weights[name] = tensor;
  }
  const random = layerRandom(core, options.draw, flat.path);
  // The scope frees what the layer made on the way; the backward pass keeps its own references to what it needs.
  const built = core.tidy(() => {
    const {
      outputs,
      updates = {},
      penalties: own = [],
    } = definition.build(core, {
      params,
      inputs,
      weights,
      mode: options.mode,
      random,
    });
    if (options.mode === 'train') keepUpdates(core, flat.group, updates, options.updates);
    return { outputs, own };
  });
  penalties.push(...built.own);
  return built.outputs;
}

/** A later node or micro-batch continues from the statistics of an earlier one, as if each were a step. */
function keepUpdates(
  core: TensorLibrary,
  group: string,
  updates: Record<string, Tensor>,
  into: Map<string, Tensor> | undefined,
): void {
  for (const [name, tensor] of Object.entries(updates)) {
    const key = `${group}/${name}`;
    into?.get(key)?.dispose();
    into?.set(key, core.keep(tensor));
  }
}
