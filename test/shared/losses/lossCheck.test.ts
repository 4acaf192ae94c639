/** What losses say about outputs and targets that do not fit, and what they offer. */
import { describe, expect, it } from 'vitest';
import type { FieldInfo } from '../../../shared/ir/trainingDefinitions';
import { defaultsOf } from '../../../shared/ir/params';
import { batchOf, type TensorType } from '../../../shared/ir/tensorType';
import { lossRegistry } from '../../../shared/losses/registry';
import type { Problem } from '../../../shared/messages';

function check(loss: string, output: TensorType, target: Partial<FieldInfo>): Problem | null {
  const definition = lossRegistry.get(loss)!;
  const field: FieldInfo = { name: 'label', shape: [], dtype: 'float32', ...target };
  return definition.check(defaultsOf(definition.params), output, field);
}

const digits: Partial<FieldInfo> = { dtype: 'int32', classes: [...'0123456789'] };
const twoClasses: Partial<FieldInfo> = { dtype: 'int32', classes: ['no', 'yes'] };
const titles = (found: Problem | null): string[] => (found?.repairs ?? []).map(({ title }) => title);

describe('cross-entropy', () => {
  it('takes one score a class, with class indices, at every position', () => {
    expect(check('crossEntropy', batchOf([10]), digits)).toBeNull();
    expect(check('crossEntropy', batchOf([6, 10]), { ...digits, shape: [6] })).toBeNull();
    expect(check('crossEntropy', batchOf([4]), { shape: [4] })).toBeNull();
    expect(check('crossEntropy', batchOf([5]), { dtype: 'int32', range: [0, 4] })).toBeNull();
  });

  it('counts the classes, and offers a Dense of as many units', () => {
    const found = check('crossEntropy', batchOf([9]), digits)!;
    expect(found).toMatchObject({ code: 'scoresTooFew', severity: 'error', port: 'input' });
    expect(found.message).toContain('a score for each of the 10 classes of "label", but the Output receives 9');
    expect(found.repairs).toEqual([
      {
        title: 'Insert a Dense of 10 units before the Output',
        actions: [{ action: 'insertBefore', port: 'input', layer: 'Dense', params: { units: 10 } }],
      },
    ]);
  });

  it('only warns of scores to spare', () => {
    expect(check('crossEntropy', batchOf([12]), digits)).toMatchObject({ code: 'scoresSpare', severity: 'warning' });
  });

  it('knows the number of classes from the largest index as well', () => {
    const found = check('crossEntropy', batchOf([4]), { dtype: 'int32', range: [0, 4] });
    expect(found).toMatchObject({ code: 'scoresTooFew', arguments: { classes: 5, scores: 4 } });
  });

  it('refuses negative indices, real numbers as classes, and other shapes, naming both sides', () => {
    expect(check('crossEntropy', batchOf([4]), { dtype: 'int32', range: [-1, 2] })).toMatchObject({
      code: 'targetOutOfRange',
      param: 'target',
    });
    const real = check('crossEntropy', batchOf([4]), {})!;
    expect(real.message).toContain('class indices (int32) of shape one number, or probabilities of shape [4]');
    expect(real.message).toContain('holds one number float32');
    expect(check('crossEntropy', batchOf([4]), { shape: [3] })).toMatchObject({ code: 'targetUnfit' });
    expect(check('crossEntropy', batchOf([]), digits)).toMatchObject({ code: 'lossOutputUnfit' });
    expect(check('crossEntropy', batchOf([10], 'int32'), digits)).toMatchObject({ code: 'lossOutputUnfit' });
  });
});

describe('binary cross-entropy', () => {
  it('takes a number between 0 and 1 for every element', () => {
    expect(check('binaryCrossEntropy', batchOf([1]), twoClasses)).toBeNull();
    expect(check('binaryCrossEntropy', batchOf([5]), { shape: [5], range: [0, 1] })).toBeNull();
  });

  it('of two scores for two classes offers cross-entropy, or one score', () => {
    const found = check('binaryCrossEntropy', batchOf([2]), twoClasses);
    expect(found).toMatchObject({ code: 'targetUnfit' });
    expect(titles(found)).toEqual([
      'Use cross-entropy, which compares scores of classes',
      'Insert a Dense of 1 unit before the Output',
    ]);
    expect(found?.repairs[0]?.actions).toEqual([
      { action: 'setParam', param: 'loss', value: { type: 'crossEntropy' } },
    ]);
  });

  it('refuses more than two classes and values beyond 0 and 1', () => {
    expect(titles(check('binaryCrossEntropy', batchOf([10]), digits))).toHaveLength(1);
    const classes = check('binaryCrossEntropy', batchOf([1]), digits);
    expect(classes).toMatchObject({ code: 'targetOutOfRange', arguments: { lowest: 0, highest: 9 } });
    const wide = check('binaryCrossEntropy', batchOf([1]), { range: [-3, 7.5] });
    expect(wide?.message).toContain('goes from -3 to 7.5');
  });
});

describe('the mean squared error', () => {
  it('takes a number for every element, with or without a last axis of 1', () => {
    expect(check('meanSquaredError', batchOf([1]), {})).toBeNull();
    expect(check('meanSquaredError', batchOf([8, 8, 1]), { shape: [8, 8, 1] })).toBeNull();
    expect(check('meanSquaredError', batchOf([8, 8, 1]), { shape: [8, 8] })).toBeNull();
  });

  it('of scores and class indices offers cross-entropy', () => {
    const found = check('meanSquaredError', batchOf([10]), digits);
    expect(found).toMatchObject({ code: 'targetUnfit', param: 'target' });
    expect(titles(found)).toEqual(['Use cross-entropy, which compares scores of classes']);
    expect(titles(check('meanSquaredError', batchOf([10]), { shape: [3] }))).toEqual([]);
  });
});
