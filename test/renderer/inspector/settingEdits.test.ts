/** The design's own settings: changed, kept where they fit, and left out of the file where they are the default. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedEntry, entryOf, nameEdit, noteEdit, writtenEntry } from '../../../renderer/inspector/paramEdits';
import { curvePath, scheduleCurve } from '../../../renderer/inspector/rateCurve';
import {
  monitorChoices,
  settingAt,
  sourceEdit,
  trainingEdit,
  trainingParams,
} from '../../../renderer/inspector/settingEdits';
import { classOf, pointsOf } from '../../../renderer/inspector/sampleViews';
import { applyEdit } from '../../../shared/design/edits';
import { parseDesign } from '../../../shared/design/parseDesign';
import { emptyDesign, type Design } from '../../../shared/design/schema';
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import { defaultsOf } from '../../../shared/ir/params';
import type { Sample } from '../../../shared/ipc/studio/runSchemas';
import { library } from '../../../shared/library';
import { trainingConfigSchema } from '../../../shared/training/config';

const optimizer = (type: string) => library.optimizers.get(type)!;

describe('another optimizer', () => {
  it('keeps the parameters that both have', () => {
    const before = { type: 'adam', learningRate: 0.02, beta1: 0.8, weightDecay: 0.1 };
    expect(changedEntry(before, optimizer('sgd'))).toEqual({ type: 'sgd', learningRate: 0.02, weightDecay: 0.1 });
    expect(changedEntry(before, optimizer('adamw'))).toEqual({ ...before, type: 'adamw' });
  });

  it('leaves out what does not fit it', () => {
    expect(changedEntry({ type: 'sgd', learningRate: -1, momentum: 0.9 }, optimizer('adam'))).toEqual({ type: 'adam' });
  });

  it('is written as people write it', () => {
    expect(writtenEntry({ type: 'sgd' })).toBe('sgd');
    expect(entryOf('sgd')).toEqual({ type: 'sgd' });
    expect(entryOf(3)).toBeNull();
  });
});

describe('a setting', () => {
  it('leaves the file where it is the default, and is read where it stands', () => {
    const design: Design = { ...emptyDesign(), training: { epochs: 3, optimizer: { type: 'adam', beta1: 0.5 } } };
    const set = (path: string, value: never): Design['training'] =>
      applyEdit(design, trainingEdit(path, value, trainingParams.epochs)).design.training;
    expect(set('epochs', 10 as never)).toEqual({ optimizer: { type: 'adam', beta1: 0.5 } });
    expect(set('epochs', 4 as never)).toMatchObject({ epochs: 4 });
    expect(settingAt(design.training, 'optimizer.beta1')).toBe(0.5);
    expect(settingAt(design.training, 'earlyStopping.patience')).toBeUndefined();
    expect(settingAt(design.training, 'constructor')).toBeUndefined();
  });

  it('has the defaults of the file format', () => {
    const defaults = trainingConfigSchema.parse({});
    for (const [name, param] of Object.entries(trainingParams))
      expect(param.default).toEqual(defaults[name as keyof typeof defaults]);
  });

  it('early stopping goes on and off', () => {
    const on = applyEdit(emptyDesign(), trainingEdit('earlyStopping', {})).design;
    expect(trainingConfigSchema.parse(on.training).earlyStopping).toEqual({ patience: 5, minimumImprovement: 0 });
    expect(applyEdit(on, trainingEdit('earlyStopping', undefined)).design.training).toEqual({});
  });

  it('data of another source keep what both know', () => {
    const design: Design = { ...emptyDesign(), data: { source: 'xor', points: 100, noise: 0.5, seed: 3 } };
    const changed = (source: string | null): Design => applyEdit(design, sourceEdit(design, source)).design;
    expect(changed('spirals').data).toEqual({ source: 'spirals', points: 100, noise: 0.5, seed: 3 });
    expect(changed('digits').data).toEqual({ source: 'digits' });
    expect(changed(null)).not.toHaveProperty('data');
    for (const { type } of library.dataSets.list)
      expect(parseDesign(serialiseDesign(changed(type)), 'd')).toHaveProperty('design');
  });
});

describe('names and notes', () => {
  const design: Design = { ...emptyDesign(), nodes: [{ id: 'a', layer: 'ReLU', params: {}, name: 'first' }] };
  const node = (edit: Parameters<typeof applyEdit>[1]) => applyEdit(design, edit).design.nodes[0];

  it('are taken away when they are empty, or say no more than the id', () => {
    expect(node(nameEdit(design, 'a', ' '))).toEqual({ id: 'a', layer: 'ReLU', params: {} });
    expect(node(nameEdit(design, 'a', 'a'))).toEqual({ id: 'a', layer: 'ReLU', params: {} });
    expect(node(nameEdit(design, 'a', 'second'))?.name).toBe('second');
    expect(node(noteEdit(design, 'a', 'why'))?.note).toBe('why');
  });

  it('that stay as they are leave no undo step', () => {
    expect(applyEdit(design, nameEdit(design, 'a', 'first')).design).toBe(design);
    expect(applyEdit(design, noteEdit(design, 'a', '')).design).toBe(design);
  });
});

describe('the drawing of the learning rate', () => {
  it('has the values of the schedule itself, from the first update to the last', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...library.schedules.list),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 60 }),
        (schedule, epochs, updatesPerEpoch) => {
          const params = defaultsOf(schedule.params);
          const curve = scheduleCurve(schedule, params, { epochs, updatesPerEpoch, rate: 0.5 });
          const totalUpdates = epochs * updatesPerEpoch;
          expect(curve[0]?.update).toBe(0);
          expect(curve[curve.length - 1]?.update).toBe(totalUpdates - 1);
          for (const { update, rate } of curve) {
            const history = Array.from({ length: Math.floor(update / updatesPerEpoch) }, (_, at) => -at);
            expect(rate).toBe(0.5 * schedule.factor(params, { update, updatesPerEpoch, totalUpdates, history }));
          }
          expect(curvePath(curve, 240, 40)).not.toMatch(/NaN|Infinity/);
        },
      ),
    );
  });
});

describe('what can be monitored', () => {
  it('is the loss and each metric, by head where there are several', () => {
    const metric = (type: string) => ({ definition: { type } });
    const one = { name: 'out', metrics: [metric('accuracy'), metric('topK'), metric('topK')] };
    expect(monitorChoices([one], 'loss')).toEqual(['loss', 'accuracy', 'topK', 'topK2']);
    expect(monitorChoices([one, { ...one, name: 'b', metrics: [] }], 'x')).toEqual([
      ...['loss', 'out/loss', 'out/accuracy', 'out/topK', 'out/topK2', 'b/loss', 'x'],
    ]);
  });
});

describe('samples', () => {
  const sample = (index: number, x: number, y: number, group: number): Sample => ({
    part: 'train',
    index,
    fields: [
      { name: 'point', shape: [2], values: Float32Array.of(x, y), classes: null },
      { name: 'label', shape: [], values: Float32Array.of(group), classes: ['inner', 'outer'] },
    ],
  });

  it('of two numbers are points within a square, whatever their range', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.float({ noNaN: true }), fc.float({ noNaN: true })), { minLength: 1 }),
        (places) => {
          const points = pointsOf(places.map(([x, y], at) => sample(at, x, y, at % 2))) ?? [];
          for (const { x, y } of points) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1.000001);
        },
      ),
    );
    expect(pointsOf([sample(0, NaN, 0, 0)])).toBeNull();
  });

  it('name their class', () => {
    expect(classOf(sample(0, 0, 0, 1))).toBe('outer');
    expect(classOf({ part: 'train', index: 0, fields: [] })).toBeNull();
  });
});
