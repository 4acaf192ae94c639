/** First values of weights in PyTorch: the same distributions as ours, by `nn.init`. */
import { call, code, type Fragment, type Hole } from '../../../ir/emit/code';
import type { WeightDraw } from '../../../ir/emit/emission';
import type { InitialiserName, WeightSpec } from '../../../ir/initialiser';
import { fansOf } from '../../initialisers';

/** `stacked`: how many equal kernels one weight of PyTorch holds, whose fans it counts together. */
export function draw(theirs: string, spec: WeightSpec, stacked = 1): WeightDraw {
  return { theirs, draw: (weight) => drawn(weight, spec, stacked) };
}

function drawn(weight: Fragment, spec: WeightSpec, stacked: number): Hole {
  const { type, value } = spec.initialiser;
  const [fanIn, fanOut] = spec.fans ?? fansOf(spec.shape);
  // PyTorch finds the fans of a kernel itself, but not those of a vector.
  const known = spec.fans === undefined && spec.shape.length > 1;
  const gain = stacked === 1 ? undefined : rounded(Math.sqrt((fanIn + stacked * fanOut) / (fanIn + fanOut)));
  const within = (limit: number): Hole => call(code`nn.init.uniform_`, [weight, rounded(-limit), rounded(limit)]);
  const spread = (deviation: number): Hole => call(code`nn.init.normal_`, [weight], { std: rounded(deviation) });
  const make: Record<InitialiserName, () => Hole> = {
    glorotUniform: () =>
      known ? call(code`nn.init.xavier_uniform_`, [weight], { gain }) : within(Math.sqrt(6 / (fanIn + fanOut))),
    glorotNormal: () =>
      known ? call(code`nn.init.xavier_normal_`, [weight], { gain }) : spread(Math.sqrt(2 / (fanIn + fanOut))),
    heUniform: () => (known ? call(code`nn.init.kaiming_uniform_`, [weight]) : within(Math.sqrt(6 / fanIn))),
    heNormal: () => (known ? call(code`nn.init.kaiming_normal_`, [weight]) : spread(Math.sqrt(2 / fanIn))),
    normal: () => spread(value ?? 0.05),
    uniform: () => within(value ?? 0.05),
    zeros: () => call(code`nn.init.zeros_`, [weight]),
    ones: () => call(code`nn.init.ones_`, [weight]),
    constant: () => call(code`nn.init.constant_`, [weight, value ?? 0]),
  };
  return make[type]();
}

/** Without the last digits of a computation in binary: 0.1, not 0.09999999999999998. */
export function rounded(value: number): number {
  return Number(value.toPrecision(9));
}
