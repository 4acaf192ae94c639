/** The loop's state through a checkpoint's header: what comes back is what went in, to the bit. */
import { describe, expect, it } from 'vitest';
import {
  initialPolicyState,
  policyFromMetadata,
  policyToMetadata,
} from '../../../../electron/trainer/loop/policyState';

describe('the policy state in a checkpoint', () => {
  it('comes back equal, numbers that JSON lacks included', () => {
    const summary = {
      epoch: 3,
      step: 57,
      train: { loss: 0.1 + 0.2, accuracy: 1 / 3 },
      validation: { loss: NaN },
      learningRate: 1e-3,
      seconds: 12.25,
      best: true,
    };
    const state = {
      ...initialPolicyState('2026-11-21-digits-k3f9'),
      epoch: 3,
      position: 5,
      step: 62,
      sums: { samples: 160, values: { loss: 0.1 + 0.7, spiky: Infinity } },
      history: [1, Infinity, 0.30000000000000004],
      best: { summary, value: -Infinity },
      reference: 5e-324,
    };
    expect(policyFromMetadata(policyToMetadata(state))).toEqual(state);
  });

  it('is null where a file holds none, or a damaged one', () => {
    expect(policyFromMetadata({})).toBeNull();
    expect(policyFromMetadata({ 'netloom.policy': '{"version":1' })).toBeNull();
    expect(policyFromMetadata({ 'netloom.policy': '{"version":2}' })).toBeNull();
  });
});
