/** How a weight gets its first values, as data: the specification, and the parameter kind with which layers offer it. */
import type { Param, Parsed } from './params';

export const initialiserNames = [
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'normal',
  'uniform',
  'zeros',
  'ones',
  'constant',
] as const;

export type InitialiserName = (typeof initialiserNames)[number];

/** `value`: the constant, the standard deviation of `normal`, or the bound of `uniform`; unused by the others. */
export interface Initialiser {
  type: InitialiserName;
  value?: number;
}

/** A parameter that takes a name, or {"type": "constant", "value": 0.1}. */
export function initialiser(settings: { default: InitialiserName; help: string }): Param<Initialiser> {
  const accepts = `one of ${initialiserNames.join(', ')}, or {"type": "constant", "value": number}`;
  const parse = (value: unknown): Parsed<Initialiser> => {
    const given = typeof value === 'string' ? { type: value } : (value as Initialiser | null);
    const known =
      typeof given === 'object' && given !== null && initialiserNames.includes(given.type as InitialiserName);
    if (!known) return { expected: accepts };
    const { type, value: amount } = given as Initialiser;
    if (amount === undefined) return { value: { type: type } };
    return typeof amount === 'number' && Number.isFinite(amount)
      ? { value: { type, value: amount } }
      : { expected: accepts };
  };
  return {
    kind: 'initialiser',
    default: { type: settings.default },
    help: settings.help,
    accepts,
    form: { options: [...initialiserNames] },
    parse,
  };
}

/** One weight tensor of a layer. */
export interface WeightSpec {
  shape: readonly number[];
  initialiser: Initialiser;
  /** False for running statistics: they are updated by the layer itself, not by the optimizer. */
  trainable: boolean;
  /** Whether weight decay applies: kernels yes; biases, normalisation scales and offsets no. */
  decayed: boolean;
  /** [fan in, fan out] where they do not follow from the shape by Keras' rule (receptive field x channels). */
  fans?: readonly [number, number];
}
