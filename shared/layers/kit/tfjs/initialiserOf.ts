/** First values of a weight as TensorFlow.js draws them, with numbers of our own where its rule is another. */
import { call, code, text, type Call, type Hole } from '../../../ir/emit/code';
import type { InitialiserName, WeightSpec } from '../../../ir/initialiser';
import { fansOf } from '../../initialisers';

const named: Partial<Record<InitialiserName, string>> = {
  glorotUniform: 'glorotUniform',
  heUniform: 'heUniform',
  zeros: 'zeros',
  ones: 'ones',
};

/** An argument of a layer; undefined where the weight does not exist or the layer would take `usual` by itself. */
export function initialiserOf(spec: WeightSpec | undefined, usual: InitialiserName): Hole | undefined {
  if (!spec) return undefined;
  const { type } = spec.initialiser;
  const name = named[type];
  if (name === undefined || !followsRule(spec)) return drawn(spec);
  return type === usual ? undefined : text(name);
}

/** The same for classes of generated code, which take objects and no names. */
export function initialiserObjectOf(spec: WeightSpec | undefined, usual: InitialiserName): Hole | undefined {
  if (!spec || (spec.initialiser.type === usual && followsRule(spec))) return undefined;
  return drawn(spec);
}

/** Whether TensorFlow.js counts the fans as we do: not of vectors, and not where a layer says its own. */
function followsRule({ initialiser, shape, fans }: WeightSpec): boolean {
  const scaled = initialiser.type === 'glorotUniform' || initialiser.type === 'heUniform';
  return !scaled || (fans === undefined && shape.length >= 2);
}

/** Its normal forms are cut at two deviations, so ours are written as plain normals. */
function drawn(spec: WeightSpec): Call {
  const { type, value } = spec.initialiser;
  const [fanIn, fanOut] = spec.fans ?? fansOf(spec.shape);
  switch (type) {
    case 'glorotUniform':
      return uniform(code`Math.sqrt(6 / ${fanIn + fanOut})`);
    case 'heUniform':
      return uniform(code`Math.sqrt(6 / ${fanIn})`);
    case 'glorotNormal':
      return normal(code`Math.sqrt(2 / ${fanIn + fanOut})`);
    case 'heNormal':
      return normal(code`Math.sqrt(2 / ${fanIn})`);
    case 'uniform':
      return value === 0 ? made('zeros') : uniform(value ?? 0.05);
    case 'normal':
      return value === 0 ? made('zeros') : normal(value ?? 0.05);
    case 'constant':
      return call(code`tf.initializers.constant`, [], { value: value ?? 0 });
    case 'zeros':
      return made('zeros');
    case 'ones':
      return made('ones');
  }
}

function made(name: 'zeros' | 'ones'): Call {
  return call(name === 'zeros' ? code`tf.initializers.zeros` : code`tf.initializers.ones`, []);
}

function uniform(bound: Hole): Call {
  return call(code`tf.initializers.randomUniform`, [], { minval: code`-${bound}`, maxval: bound });
}

function normal(deviation: Hole): Call {
  return call(code`tf.initializers.randomNormal`, [], { mean: 0, stddev: deviation });
}
