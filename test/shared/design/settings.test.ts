// Settings from the command line lead into the training and data configuration.
import { describe, expect, it } from 'vitest';
import { applySetting, parseSetting } from '../../../shared/design/settings';
import { emptyDesign, type Design } from '../../../shared/design/schema';

function changed(text: string, design: Design): ReturnType<typeof applySetting> {
  const parsed = parseSetting(text);
  return 'problem' in parsed ? parsed : applySetting(design, parsed.setting);
}

function set(text: string, design: Design = emptyDesign()): Design {
  const result = changed(text, design);
  if ('problem' in result) throw new Error(result.problem.message);
  return result.design;
}

function complaint(text: string): string {
  const result = changed(text, emptyDesign());
  return 'problem' in result ? result.problem.message : 'no problem';
}

describe('a setting', () => {
  it('changes the training configuration, with or without "training."', () => {
    expect(set('training.batchSize=64').training).toEqual({ batchSize: 64 });
    expect(set('epochs = 3').training).toEqual({ epochs: 3 });
    expect(set('earlyStopping.patience=4').training).toEqual({ earlyStopping: { patience: 4 } });
    expect(set('clipNorm=null').training).toEqual({ clipNorm: null });
  });

  it('reaches into an optimizer, whether it is absent, a bare name or an object', () => {
    const rate = 'optimizer.learningRate=0.01';
    expect(set(rate).training.optimizer).toEqual({ type: 'adam', learningRate: 0.01 });
    expect(set(rate, set('optimizer=sgd')).training.optimizer).toEqual({ type: 'sgd', learningRate: 0.01 });
    const object = set('optimizer={"type": "adamw", "beta1": 0.8}');
    expect(set(rate, object).training.optimizer).toEqual({ type: 'adamw', beta1: 0.8, learningRate: 0.01 });
  });

  it('changes the data, and forgets the parameters of another source', () => {
    const own = set('data.file=my data.csv', set('data.source=csv'));
    expect(own.data).toEqual({ source: 'csv', file: 'my data.csv' });
    expect(set('data.source=csv', own).data).toEqual({ source: 'csv', file: 'my data.csv' });
    expect(set('data.source=xor', own).data).toEqual({ source: 'xor' });
  });

  it('that leads nowhere is refused with names that are near', () => {
    expect(complaint('training.epoch=3')).toContain(
      'There is no setting "training.epoch". Did you mean training.epochs?',
    );
    expect(complaint('nodes.a.units=3')).toContain('There is no setting "nodes.a.units"');
    expect(complaint('epochs.x=3')).toContain('There is no setting');
    expect(complaint('data=xor')).toContain('There is no setting');
    expect(complaint('optimizer.__proto__=3')).toContain('There is no setting');
    expect(complaint('epochs')).toContain('Expected a setting as path=value');
  });

  it('of a value that does not fit says what was expected', () => {
    expect(complaint('epochs=0')).toBe('The setting epochs does not fit: expected at least 1.');
    expect(complaint('epochs=many')).toBe('The setting epochs does not fit: expected a number, received string.');
  });
});
