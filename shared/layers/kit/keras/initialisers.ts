/** First values as Keras draws them. What its own default would draw alike is left out; normal ones are never truncated. */
import { call, code, text, type Call, type Hole, type Text } from '../../../ir/emit/code';
import type { Initialiser, WeightSpec } from '../../../ir/initialiser';

type Defaults = Readonly<Record<string, Initialiser['type']>>;

/** `kernel_initializer` and the like by the names of weights; `defaults` are what Keras takes where none is given. */
export function kerasInitialisers(
  weights: Readonly<Record<string, WeightSpec>>,
  defaults: Defaults,
): Record<string, Hole | undefined> {
  return Object.fromEntries(
    Object.entries(defaults).map(([name, usual]) => {
      const spec = weights[name];
      return [`${name}_initializer`, spec && !isUsual(spec, usual) ? kerasInitialiser(spec) : undefined];
    }),
  );
}

function isUsual({ initialiser: { type, value }, fans }: WeightSpec, usual: Initialiser['type']): boolean {
  if (type !== usual) return false;
  return type === 'uniform' ? (value ?? 0.05) === 0.05 : !fans;
}

function kerasInitialiser({ initialiser, fans }: WeightSpec): Call | Text {
  const { type, value } = initialiser;
  const [fanIn, fanOut] = fans ?? [0, 0];
  switch (type) {
    case 'glorotUniform':
      return fans ? uniform(Math.sqrt(6 / (fanIn + fanOut))) : text('glorot_uniform');
    case 'heUniform':
      return fans ? uniform(Math.sqrt(6 / fanIn)) : text('he_uniform');
    case 'glorotNormal':
      return fans ? normal(Math.sqrt(2 / (fanIn + fanOut))) : scaled({ mode: text('fan_avg') });
    case 'heNormal':
      return fans ? normal(Math.sqrt(2 / fanIn)) : scaled({ scale: code`2.0` });
    case 'normal':
      return normal(value ?? 0.05);
    case 'uniform':
      return uniform(value ?? 0.05);
    case 'zeros':
    case 'ones':
      return text(type);
    case 'constant':
      return call(code`keras.initializers.Constant`, [value ?? 0]);
  }
}

function uniform(bound: number): Call {
  const limit = rounded(Math.abs(bound));
  return call(code`keras.initializers.RandomUniform`, [-limit, limit]);
}

function normal(deviation: number): Call {
  return call(code`keras.initializers.RandomNormal`, [], { stddev: rounded(Math.abs(deviation)) });
}

/** Fans are Keras' own; `untruncated_normal` is what ours are. */
function scaled(keywords: { scale?: Hole; mode?: Hole }): Call {
  return call(code`keras.initializers.VarianceScaling`, [], {
    ...keywords,
    distribution: text('untruncated_normal'),
  });
}

/** Six digits: bounds that come out of roots would be unreadable, and nothing depends on more. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
