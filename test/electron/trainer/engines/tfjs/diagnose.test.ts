/** A step that goes wrong is undone and explained: which node was the first, and how many of its numbers. */
import { describe, expect, it } from 'vitest';
import type { NotFinite } from '../../../../../shared/training/events';
import type { Runner, Submitted } from '../../../../../electron/trainer/engines/engine';
import {
  classifier,
  classifierLayers,
  denseLayers,
  tinySamples,
  tinySteps,
} from '../../../../contract/runner/tinyDesigns';
import type { TinyLayer } from '../../../../contract/runner/tinyProgram';
import { withRunner } from '../../../../contract/runner/withRunner';

const calm = { aborted: false };

async function wrongStep(layers: TinyLayer[], fill: number): Promise<{ done: Submitted; found: NotFinite }> {
  const data = tinySamples((image, sample) => sample === 1 && image.fill(fill));
  const use = async (runner: Runner): Promise<{ done: Submitted; found: NotFinite }> => {
    const steps = tinySteps(0, 1);
    return { done: await runner.submit(steps, calm), found: await runner.diagnose(steps[0]!) };
  };
  return withRunner(classifier({ layers }), use, { data });
}

describe('a step that is not finite', () => {
  it('names the Input where a sample holds something that is no number', async () => {
    const { done, found } = await wrongStep(denseLayers, NaN);
    expect(done).toMatchObject({ stoppedAt: 0, reason: 'not finite' });
    expect(found).toEqual({ step: 0, loss: null, node: 'in', name: 'in', elements: 16 });
  });

  it('names the first layer whose output leaves float32', async () => {
    const large = { type: 'constant', value: 2 };
    const straight = denseLayers.filter(({ id }) => id !== 'tanh');
    const layers = straight.map((layer) =>
      layer.id === 'hidden' ? { ...layer, params: { units: 6, kernelInitialiser: large } } : layer,
    );
    const { done, found } = await wrongStep(layers, 1e38);
    expect(done.reason).toBe('not finite');
    expect(found).toMatchObject({ node: 'hidden', elements: 6 });
  });

  it('names the layer whose gradient leaves float32 although every output is finite', async () => {
    const layers = denseLayers.filter(({ id }) => id !== 'tanh' && id !== 'hidden');
    const small = { type: 'constant', value: 0 };
    layers[2] = { id: 'scores', layer: 'Dense', params: { units: 3, kernelInitialiser: small } };
    const weighted = layers.map((layer) =>
      layer.id === 'out' ? { ...layer, params: { ...layer.params, weight: 100 } } : layer,
    );
    const { done, found } = await wrongStep(weighted, 3e38);
    expect(done.reason).toBe('not finite');
    expect(found).toMatchObject({ node: 'scores', elements: 48 });
    expect(found.loss).toBeCloseTo(100 * Math.log(3), 3);
  });

  it('names the layer whose running statistics leave float32 although all else is finite', async () => {
    const { done, found } = await wrongStep(classifierLayers, 1e30);
    expect(done.reason).toBe('not finite');
    expect(found).toMatchObject({ node: 'norm', elements: 3 });
  });
});
