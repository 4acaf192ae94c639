/** `--set`: what is set is set, what does not exist or fit is said, and the design stays as it was. */
import { describe, expect, it } from 'vitest';
import { applySettings, readSetting } from '../../../../electron/services/designs/applySettings';
import { designOf } from '../../../../electron/services/designs/openDesign';
import { smallDesign } from '../../../drivers/smallDesign';

const design = designOf(smallDesign({ optimizer: 'sgd' }), 'story.netloom');
const set = (...texts: string[]) => applySettings(design, texts.map(readSetting));

describe('settings', () => {
  it('lead into the training and the data configuration, with or without the word', () => {
    expect(set('epochs=20').training).toMatchObject({ epochs: 20, batchSize: 32 });
    expect(set('training.batchSize=64', 'seed=9').training).toMatchObject({ batchSize: 64, seed: 9 });
    expect(set('data.points=200').data).toEqual({ source: 'spirals', points: 200 });
    expect(set('data.points=200', 'data.source=xor').data).toEqual({ source: 'xor' });
  });

  it('reach into an optimizer that the design names shortly, or not at all', () => {
    expect(set('optimizer.learningRate=1e-3').training.optimizer).toEqual({ type: 'sgd', learningRate: 0.001 });
    const bare = applySettings(designOf(smallDesign(), 'x'), [readSetting('optimizer.learningRate=0.5')]);
    expect(bare.training.optimizer).toEqual({ type: 'adam', learningRate: 0.5 });
    expect(set('optimizer=adamw').training.optimizer).toBe('adamw');
    expect(set('earlyStopping.patience=3').training.earlyStopping).toEqual({ patience: 3 });
    expect(set('earlyStopping=null').training.earlyStopping).toBeNull();
  });

  it('leave the design alone', () => {
    const before = JSON.stringify(design);
    set('epochs=20', 'data.points=200');
    expect(JSON.stringify(design)).toBe(before);
  });

  it('that do not exist name what is near; values that do not fit say what would', () => {
    const code = { code: 'setting-invalid' };
    expect(() => set('epoch=20')).toThrow(
      /^--set epoch=20: There is no setting "epoch"\. Did you mean training\.epochs\?/,
    );
    expect(() => set('epochs=0')).toThrow('--set epochs=0: The setting epochs does not fit: expected at least 1.');
    expect(() => set('epochs=many')).toThrow(expect.objectContaining(code));
    expect(() => set('data.source=3')).toThrow(expect.objectContaining(code));
    expect(() => readSetting('epochs')).toThrow('Expected a setting as path=value');
    expect(() => set('training.=3')).toThrow('There is no setting');
    expect(() => set('optimizer.__proto__.polluted=1')).toThrow('There is no setting');
  });
});
