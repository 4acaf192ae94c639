/** The one comparison of all targets: what a folder computed, against the engine's numbers in the target's layouts. */
import type { ExportedWeight } from '../../../shared/codegen/exportedModel';
import { applySteps, permute, type Values } from '../../../shared/ir/emit/transform';
import { sameSizes } from '../../../shared/ir/tensorType';
import { weightPlaces } from '../../../shared/ir/weightPlaces';
import type { StoredTensor } from '../../files/safetensors';
import type { Compared } from './compared';
import { targetTensors } from './targetTensors';
import {
  checkOf,
  gradientBound,
  lossBound,
  measured,
  norm,
  normOfDifference,
  outputBound,
  statisticBound,
  updateBound,
  within,
  wrong,
  type Bound,
  type Check,
  type Difference,
} from './verifyChecks';
import { expectedStatistics, inOwnOrder } from './expectedStatistics';
import { slotsOf, valuesOf, type JobExport } from './verifyJob';
import { rateOf, type Reference } from './verifyReference';
import { spreadCheck } from './spreadCheck';

export function compare(compared: Compared): Check[] {
  const names = namesCheck(compared);
  // Where names or shapes differ there is nothing to lay beside each other.
  if (!names.ok) return [names];
  const checks = [names, weightsCheck(compared), outputsCheck(compared)];
  if (compared.job.steps === 0) return checks;
  const steps = [dataCheck, lossCheck, gradientsCheck, updateCheck, statisticsCheck, slotsCheck];
  return [
    ...checks,
    ...steps.map((check) => check(compared)),
    spreadCheck(compared.verification.program, compared.exporting.model.weights, compared.theirs),
  ];
}

function namesCheck({ exporting: { model }, verification: { exported }, theirs }: Compared): Check {
  const found = below(theirs, 'loaded/');
  const expected = targetTensors(model.weights, (key) => exported.get(key));
  const constants = new Map(model.constants.map(({ name, shape }) => [name, shape]));
  const nodes = new Map(model.weights.map(({ name, group }) => [name, group]));
  const shapes = new Map([...[...expected].map(([name, { shape }]) => [name, shape] as const), ...constants]);
  const differences = [...shapes].map(([name, shape]): Difference => {
    const where = { node: nodes.get(name) ?? null, tensor: name };
    const stored = found.get(name);
    if (!stored) return wrong('is missing', where);
    if (!sameSizes(stored.shape, shape)) return wrong(`is ${sizes(stored.shape)} instead of ${sizes(shape)}`, where);
    return measured(0, 1, where);
  });
  const strangers = [...found.keys()].filter((name) => !shapes.has(name));
  return checkOf('names', [
    ...differences,
    ...strangers.map((tensor) => wrong('is no weight of the design', { node: null, tensor })),
  ]);
}

/** What the folder's own code loads: to the bit. */
function weightsCheck({ exporting: { model }, verification: { exported }, theirs }: Compared): Check {
  const exact: Bound = { absolute: 0, relative: 0 };
  return checkOf(
    'weights',
    each(model.weights, (key) => exported.get(key), theirs, 'loaded/', exact),
  );
}

function outputsCheck({ exporting: { model }, reference, theirs }: Compared): Check {
  const pairs = [
    { start: 'exported', ours: 'start0' },
    { start: 'start', ours: 'start1' },
  ];
  const differences = pairs.flatMap(({ start, ours }) =>
    model.outputs.map(({ path, name, layout }, at): Difference => {
      const where = { node: path, tensor: name };
      const expected = valuesOf(reference, `outputs/${ours}/${path}`);
      const found = valuesOf(theirs, `outputs/${start}/${at}`);
      if (!expected || !found) return wrong('is missing', where);
      const placed = applySteps([permute(layout.axes)], expected);
      if (!sameSizes(found.shape, placed.shape))
        return wrong(`is ${sizes(found.shape)} instead of ${sizes(placed.shape)}`, where);
      return within(found, placed, outputBound, where);
    }),
  );
  return checkOf('outputs', differences);
}

function lossCheck({ reference, theirs, job }: Compared): Check {
  const differences = batchesOf(job).map((batch): Difference => {
    const where = { node: null, tensor: 'loss', batch };
    const [found, expected] = [valuesOf(theirs, `loss/${batch}`), valuesOf(reference, `loss/${batch}`)];
    return found && expected ? within(found, expected, lossBound, where) : wrong('is missing', where);
  });
  return checkOf('loss', differences);
}

/** What the folder's own script reads from its arrays, to the bit; where the data are too large to lie there, nothing. */
function dataCheck({ job, ours, theirs }: Compared): Check {
  const found = [...below(theirs, 'data/')];
  const differences = found.map(([name, stored]): Difference => {
    const where = { node: null, tensor: name };
    const expected = ours.get(name);
    if (!expected) return wrong('is nothing that the network takes', where);
    if (!sameSizes(stored.shape, expected.shape))
      return wrong(`is ${sizes(stored.shape)} instead of ${sizes(expected.shape)}`, where);
    const [a, b] = [stored, expected].map(({ shape, data }) => ({
      shape,
      data: Float32Array.from(data as Float32Array),
    }));
    return within(a as Values, b as Values, { absolute: 0, relative: 0 }, where);
  });
  return checkOf(
    'data',
    differences,
    found.length === 0 && job.steps > 0 ? ['The folder has no arrays of samples.'] : [],
  );
}

/** A kink of ReLU may fall between the two sides, so one batch of three may differ. */
function gradientsCheck({ exporting: { model }, reference, theirs, job }: Compared): Check {
  const byBatch = batchesOf(job).map((batch) => {
    const ours = targetTensors(model.weights, (key) => valuesOf(reference, `gradients/${batch}/${key}`));
    const all = Math.sqrt([...ours.values()].reduce((sum, values) => sum + norm(values) ** 2, 0));
    return { batch, ours, all };
  });
  const differences = trainable(model.weights, reference).map(({ name, group }): Difference => {
    const found = byBatch.map(({ batch, ours, all }): Difference => {
      const where = { node: group, tensor: name, batch };
      const expected = ours.get(name);
      const gradient = valuesOf(theirs, `gradients/${batch}/${name}`);
      if (!expected) return gradient && norm(gradient) > 0 ? wrong('has a gradient', where) : measured(0, 1, where);
      const size = norm(expected) + gradientBound.floor * all;
      if (!gradient) return size === 0 ? measured(0, 1, where) : wrong('has no gradient', where);
      return measured(normOfDifference(gradient, expected) / Math.max(size, 1e-30), gradientBound.relative, where);
    });
    // The second worst of three decides.
    return found.sort((a, b) => b.ratio - a.ratio)[Math.min(1, found.length - 1)] as Difference;
  });
  return checkOf('gradients', differences);
}

/** Their optimizer was given our weights and our gradients: what it makes of them is compared by how far each moves. */
function updateCheck({ exporting: { model }, verification, reference, theirs, job }: Compared): Check {
  const differences = batchesOf(job).flatMap((batch) => {
    const state =
      (at: number) =>
      (key: string): Values | undefined =>
        at < 0 ? verification.moved.get(key) : valuesOf(reference, `after/${at}/weights/${key}`);
    const [before, after] = [batch - 1, batch].map((at) => targetTensors(model.weights, state(at)));
    return trainable(model.weights, reference).map(({ name, group }): Difference => {
      const where = { node: group, tensor: name, batch };
      const [from, to] = [before?.get(name) as Values, after?.get(name) as Values];
      const found = valuesOf(theirs, `after/${batch}/${name}`);
      if (!found) return wrong('is missing', where);
      const allowed = updateBound.relative * normOfDifference(to, from) + updateBound.rounding * norm(to);
      return measured(normOfDifference(found, to), Math.max(allowed, 1e-9), where);
    });
  });
  const rate = valuesOf(theirs, 'rate')?.data[0];
  const wanted = rateOf(verification.program);
  const where = { node: null, tensor: 'learning rate' };
  const first = rate === undefined ? [] : [measured(Math.abs(rate - wanted), 1e-6 * wanted, where)];
  return checkOf('update', [...first, ...differences]);
}

function statisticsCheck(compared: Compared): Check {
  const { exporting, verification, reference, theirs, job } = compared;
  const { model, target } = exporting;
  const fixed = new Set(weightPlaces(verification.program).flatMap(({ key, spec }) => (spec.trainable ? [] : [key])));
  const weights = model.weights.filter(({ group, twin }) =>
    twin.ours.every(({ name }) => fixed.has(`${group}/${name}`)),
  );
  const differences = batchesOf(job).flatMap((batch) => {
    const find = (key: string): Values | undefined =>
      expectedStatistics(target.target, verification, reference, batch, key);
    return each(weights, find, theirs, `after/${batch}/`, statisticBound, batch);
  });
  const own = weights.filter(({ group, twin }) =>
    twin.ours.some(({ name }) => inOwnOrder(target.target, verification.program, `${group}/${name}`)),
  );
  const notes = own.map(
    ({ name }) => `${name} is shared, and ${target.title} visits its users in an order of its own.`,
  );
  return checkOf('statistics', differences, notes);
}

function slotsCheck({
  exporting: { model, target },
  verification: { program },
  reference,
  theirs,
  job,
}: Compared): Check {
  const slots = slotsOf(program, target);
  const rate = rateOf(program);
  const differences = Object.entries(slots).flatMap(([slot, { negatedTimesRate }]) =>
    batchesOf(job).flatMap((batch) => {
      const find = (key: string): Values | undefined => {
        const values = valuesOf(reference, `after/${batch}/slots/${key}/${slot}`);
        return values && negatedTimesRate ? { ...values, data: values.data.map((value) => -rate * value) } : values;
      };
      const bound: Bound = { absolute: 1e-12, relative: 1e-4 };
      return each(trainable(model.weights, reference), find, theirs, `slots/${batch}/${slot}/`, bound, batch);
    }),
  );
  return checkOf('optimizer state', differences, Object.keys(slots).length === 0 ? ['The optimizer keeps none.'] : []);
}

/** Every weight of which ours is known, by the bound. */
function each(
  weights: readonly ExportedWeight[],
  find: (key: string) => Values | undefined,
  theirs: ReadonlyMap<string, StoredTensor>,
  start: string,
  bound: Bound,
  batch?: number,
): Difference[] {
  const ours = targetTensors(weights, find);
  return weights.flatMap(({ name, group }) => {
    const expected = ours.get(name);
    if (!expected) return [];
    const where = { node: group, tensor: name, ...(batch !== undefined && { batch }) };
    const found = valuesOf(theirs, start + name);
    return [found ? within(found, expected, bound, where) : wrong('is missing', where)];
  });
}

/** Those that the optimizer moves. */
function trainable(weights: readonly ExportedWeight[], reference: Reference): ExportedWeight[] {
  return weights.filter(({ group, twin }) =>
    twin.ours.some(({ name }) => reference.has(`gradients/0/${group}/${name}`)),
  );
}

function batchesOf({ steps }: JobExport): number[] {
  return Array.from({ length: steps }, (_, batch) => batch);
}

export function below(tensors: ReadonlyMap<string, StoredTensor>, start: string): Map<string, StoredTensor> {
  const found = [...tensors].filter(([name]) => name.startsWith(start));
  return new Map(found.map(([name, tensor]) => [name.slice(start.length), tensor]));
}

function sizes(shape: readonly (number | string)[]): string {
  return `[${shape.join(', ')}]`;
}
