/** Metrics against figures counted by hand and by scikit-learn 1.9 (classification_report), over batches added up. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../../electron/trainer/engines/tfjs/backend';
import type { Ops, Tensor } from '../../../shared/ir/layerDefinition';
import { batchOf } from '../../../shared/ir/tensorType';
import type { FieldInfo, HeadLoss } from '../../../shared/ir/trainingDefinitions';
import { metricRegistry } from '../../../shared/metrics/registry';

let ops: Ops;
beforeAll(async () => {
  ops = await loadBackend('wasm');
});

const categorical: HeadLoss = { type: 'crossEntropy', params: { from: 'logits' } };
const binary: HeadLoss = { type: 'binaryCrossEntropy', params: { from: 'logits' } };
const digits: FieldInfo = { name: 'label', shape: [], dtype: 'int32', classes: ['a', 'b', 'c'] };

/** What the metric says of two batches whose sums are added. */
function measure(type: string, batches: (() => [Tensor, Tensor])[], loss = categorical, params = {}) {
  const definition = metricRegistry.get(type)!;
  const sums: number[] = [];
  for (const batch of batches) {
    ops.tidy(() => {
      const [output, target] = batch();
      const found = definition.build(ops, params, output, target, loss).dataSync();
      found.forEach((value, index) => (sums[index] = (sums[index] ?? 0) + value));
    });
  }
  return definition.finish(params, Float64Array.from(sums));
}

/** Scores whose largest is the given class. */
function scoresOf(decided: number[], classes: number): Tensor {
  return ops.sub(ops.mul(ops.oneHot(ops.tensor1d(decided, 'int32'), classes), 3), 1);
}

const truth = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2];
const decided = [0, 0, 1, 2, 1, 1, 0, 2, 2, 2, 0, 1];
const half = (from: number, to: number) => (): [Tensor, Tensor] => [
  scoresOf(decided.slice(from, to), 3),
  ops.tensor1d(truth.slice(from, to), 'int32'),
];
const halves = [half(0, 5), half(5, 12)];

describe('accuracy', () => {
  it('is the part of samples whose largest score is at the true class', () => {
    expect(measure('accuracy', halves).main).toBeCloseTo(7 / 12, 12);
  });

  it('takes the likelier class of one-hot and smoothed targets', () => {
    const target = (): Tensor => ops.tensor2d([0.8, 0.1, 0.1, 0.2, 0.3, 0.5], [2, 3]);
    expect(measure('accuracy', [() => [scoresOf([0, 1], 3), target()]]).main).toBe(0.5);
  });

  it('counts every position of a sequence', () => {
    const batch = (): [Tensor, Tensor] => [
      ops.reshape(scoresOf([0, 1, 2, 0], 3), [2, 2, 3]),
      ops.tensor2d([0, 1, 1, 1], [2, 2], 'int32'),
    ];
    expect(measure('accuracy', [batch]).main).toBe(0.5);
  });

  it('draws the line of yes-or-no answers at logit 0, or at probability one half', () => {
    const batch = (): [Tensor, Tensor] => [
      ops.tensor2d([0.3, -0.2, 0.7, 0.4], [4, 1]),
      ops.tensor1d([1, 0, 1, 0], 'int32'),
    ];
    expect(measure('accuracy', [batch], binary).main).toBe(0.75);
    const probabilities = { type: 'binaryCrossEntropy', params: { from: 'probabilities' } };
    expect(measure('accuracy', [batch], probabilities).main).toBe(0.75);
    const above = (): [Tensor, Tensor] => [ops.tensor2d([0.3, 0.4], [2, 1]), ops.tensor1d([1, 1], 'int32')];
    expect(measure('accuracy', [above], binary).main).toBe(1);
    expect(measure('accuracy', [above], probabilities).main).toBe(0);
  });
});

describe('top-k accuracy', () => {
  const scores = [
    [0.1, 0.2, 0.3, 0.4],
    [0.4, 0.3, 0.2, 0.1],
    [0.25, 0.25, 0.4, 0.1],
  ];
  const batch = (): [Tensor, Tensor] => [ops.tensor2d(scores), ops.tensor1d([1, 1, 0], 'int32')];

  it('finds the true class among the k largest scores', () => {
    const parts = [1, 2, 3, 4].map((k) => measure('topK', [batch], categorical, { k }).main);
    expect(parts.map((part) => Math.round(part * 3))).toEqual([0, 2, 3, 3]);
  });

  it('with k = 1 is the accuracy', () => {
    expect(measure('topK', halves, categorical, { k: 1 }).main).toBe(measure('accuracy', halves).main);
  });
});

describe('the confusion matrix', () => {
  it('counts true classes by row and decisions by column', () => {
    expect(measure('confusionMatrix', halves).values.matrix).toEqual([
      [2, 1, 1],
      [1, 2, 0],
      [1, 1, 3],
    ]);
  });

  it('gives the precision, recall and F1 that scikit-learn reports', () => {
    const { main, values } = measure('confusionMatrix', halves);
    const report = [
      [0.5, 0.5, 0.5, 4],
      [0.5, 2 / 3, 0.5714285714285714, 3],
      [0.75, 0.6, 0.6666666666666666, 5],
    ];
    (values.perClass as number[][]).forEach((row, index) =>
      row.forEach((value, column) => expect(value).toBeCloseTo(report[index]![column]!, 12)),
    );
    expect(values.macroPrecision).toBeCloseTo(0.5833333333333334, 12);
    expect(values.macroRecall).toBeCloseTo(0.5888888888888889, 12);
    expect(values.macroF1).toBeCloseTo(0.5793650793650794, 12);
    expect(values.accuracy).toBeCloseTo(0.5833333333333334, 12);
    expect(main).toBe(values.macroF1);
  });

  it('says 0, not NaN, for a class that never occurs and is never decided', () => {
    const { values } = measure('confusionMatrix', [() => [scoresOf([0, 1], 3), ops.tensor1d([0, 1], 'int32')]]);
    expect((values.perClass as number[][])[2]).toEqual([0, 0, 0, 0]);
  });

  it('has two rows for a single yes-or-no output', () => {
    const batch = (): [Tensor, Tensor] => [ops.tensor2d([2, -1, 3], [3, 1]), ops.tensor1d([1, 0, 0], 'int32')];
    expect(measure('confusionMatrix', [batch], binary).values.matrix).toEqual([
      [1, 1],
      [0, 1],
    ]);
    expect(metricRegistry.get('confusionMatrix')!.statistics({}, batchOf([1]), digits)).toHaveLength(4);
  });
});

describe('the mean absolute error', () => {
  it('is the mean distance over all elements', () => {
    const batch = (): [Tensor, Tensor] => [ops.tensor2d([1, 2, 3, 4], [2, 2]), ops.tensor2d([1, 4, 2, 0], [2, 2])];
    expect(measure('meanAbsoluteError', [batch]).main).toBe(7 / 4);
  });
});

describe('every metric', () => {
  it.each(metricRegistry.list.map((definition) => [definition.type, definition] as const))(
    '%s gives as many sums as it has names for',
    (_type, definition) => {
      const params = { k: 2 };
      const regression = definition.type === 'meanAbsoluteError';
      const sums = ops.tidy(() => {
        const target = regression ? ops.ones([2, 3]) : ops.tensor1d([0, 2], 'int32');
        return definition.build(ops, params, scoresOf([0, 1], 3), target, categorical).shape;
      });
      expect(sums).toEqual([definition.statistics(params, batchOf([3]), digits).length]);
    },
  );

  it('leaves no tensor behind', () => {
    const before = ops.memory().numTensors;
    for (const type of ['accuracy', 'topK', 'confusionMatrix']) measure(type, halves, categorical, { k: 2 });
    expect(ops.memory().numTensors).toBe(before);
  });

  it('refuses outputs and targets that it cannot compare', () => {
    const field: FieldInfo = { name: 'price', shape: [], dtype: 'float32' };
    const regression: HeadLoss = { type: 'meanSquaredError', params: {} };
    for (const type of ['accuracy', 'topK', 'confusionMatrix']) {
      const found = metricRegistry.get(type)!.check({ k: 2 }, batchOf([1]), field, regression);
      expect(found).toMatchObject({ code: 'metricUnfit', param: 'metrics' });
      expect(metricRegistry.get(type)!.check({ k: 2 }, batchOf([3]), digits, categorical)).toBeNull();
    }
    const topFour = metricRegistry.get('topK')!.check({ k: 4 }, batchOf([3]), digits, categorical);
    expect(topFour?.message).toContain('at least 4 scores');
    expect(metricRegistry.get('confusionMatrix')!.check({}, batchOf([1001]), digits, categorical)).not.toBeNull();
  });
});
