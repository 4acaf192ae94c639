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

/**
 * An argument of a layer; undefined where the weight does not exist or the layer would take `usual` by itself. Null:
 * whatever it takes is none of ours, as the cut normals of its kernels.
 */
export function initialiserOf(spec: WeightSpec | undefined, usual: InitialiserName | null): Hole | undefined {
  if (!spec || (usual !== null && isUsual(spec, usual))) return undefined;
  const name = named[spec.initialiser.type];
  return name !== undefined && followsRule(spec) ? text(name) : drawn(spec);
}

/** The same for classes of generated code, which take objects and no names, one for several weights. */
export function initialiserObjectOf(spec: WeightSpec | undefined, usual: InitialiserName): Hole | undefined {
  if (!spec || isUsual(spec, usual)) return undefined;
  return (followsRule(spec) ? scaled(spec.initialiser.type) : null) ?? drawn(spec);
}

function isUsual(spec: WeightSpec, usual: InitialiserName): boolean {
  return spec.initialiser.type === usual && spec.initialiser.value === undefined && followsRule(spec);
}

/** Whether TensorFlow.js counts the fans as we do: not of vectors, and not where a layer says its own. */
function followsRule({ initialiser, shape, fans }: WeightSpec): boolean {
  return !/^(glorot|he)/.test(initialiser.type) || (fans === undefined && shape.length >= 2);
}

/** By the fans of each weight. Normals are cut at two deviations, which takes 0.7737 of the variance: that is made up. */
function scaled(type: InitialiserName): Hole | null {
  const widened = (scale: Hole, mode: 'fanIn' | 'fanAvg'): Call =>
    call(code`tf.initializers.varianceScaling`, [], { scale, mode: text(mode), distribution: text('normal') });
  switch (type) {
    case 'glorotUniform':
      return code`tf.initializers.glorotUniform({})`;
    case 'heUniform':
      return code`tf.initializers.heUniform({})`;
    case 'glorotNormal':
      return widened(code`1 / 0.7737`, 'fanAvg');
    case 'heNormal':
      return widened(code`2 / 0.7737`, 'fanIn');
    default:
      return null;
  }
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
