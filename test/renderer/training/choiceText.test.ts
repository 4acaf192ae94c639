/** What `auto` decided, as a window says it. */
import { describe, expect, it } from 'vitest';
import { choiceText, otherTrials } from '../../../renderer/training/choiceText';
import { trainingStrings } from '../../../renderer/training/strings';
import type { EngineChoice } from '../../../shared/ipc/studio/engineSchemas';

const { en, 'zh-CN': zh } = trainingStrings;
const trial = (engine: string, milliseconds: number | null, problem: string | null = null) => ({
  ...{ engine, milliseconds, problem },
  device: null,
});
const choice = (engine: string, trials: EngineChoice['trials']): EngineChoice => ({
  engine,
  trials,
  remembered: false,
});

describe('the decision of auto', () => {
  it('names the engine and its speed, and keeps the others for who asks', () => {
    const made = choice('wasm', [
      trial('wasm', 4.13),
      trial('tensorflow', 1312),
      trial('pytorch', null, 'It is away.'),
    ]);
    expect(choiceText(made, en)).toBe('auto chose wasm: 4.1 ms a step');
    expect(choiceText(made, zh)).toBe('auto 选择了 wasm：每步 4.1 ms');
    expect(otherTrials(made, 'en')).toBe('tensorflow: 1.3 s\npytorch: It is away.');
  });

  it('says where there was nothing to measure, or no time', () => {
    expect(choiceText(choice('wasm', [trial('wasm', null)]), en)).toBe(
      'auto chose wasm: the only engine that works here',
    );
    expect(choiceText(choice('wasm', [trial('wasm', null, 'It did not answer.')]), en)).toBe(
      'auto chose wasm: no engine finished a step in time',
    );
  });
});
