/** The twin of attention in Keras: `MultiHeadAttention` itself, with kernels whose heads have an axis of their own. */
import { call, code, text, type Hole } from '../../ir/emit/code';
import type { CodeEmission, EmitContext } from '../../ir/emit/emission';
import { reshape, twin, type WeightTwin } from '../../ir/emit/transform';
import type { Initialiser, WeightSpec } from '../../ir/initialiser';
import { kerasInitialisers } from '../kit/keras/initialisers';
import { projectionScaling } from '../kit/keras/helpers';
import { lastSize } from '../kit/typeChecks';

interface Params {
  heads: number;
  keyFeatures: number;
  causal: boolean;
  bias: boolean;
  dropout: number;
  kernelInitialiser: Initialiser;
  biasInitialiser: Initialiser;
}

export function kerasAttention({ params, inputs, outputs, weights }: EmitContext<Params>): CodeEmission {
  const { heads, keyFeatures, causal, bias, dropout } = params;
  const features = lastSize(outputs.output!.type);
  const kernel = projectionInitialiser(params, params.kernelInitialiser) ?? plain(weights.queryKernel, 'glorotUniform');
  const offset = bias
    ? (projectionInitialiser(params, params.biasInitialiser) ?? plain(weights.queryBias, 'zeros'))
    : undefined;
  const member = call(code`layers.MultiHeadAttention`, [], {
    num_heads: heads,
    key_dim: keyFeatures,
    dropout: dropout > 0 ? dropout : undefined,
    use_bias: bias ? undefined : false,
    output_shape: features === lastSize(inputs.query!.type) ? undefined : features,
    kernel_initializer: kernel,
    bias_initializer: offset,
  });
  const scaled = [params.kernelInitialiser, ...(bias ? [params.biasInitialiser] : [])].some(isScaled);
  return {
    member,
    call: ({ inputs: { query, value, key }, member: layer }) =>
      call(code`${layer}`, [query!, value ?? query!], {
        key,
        use_causal_mask: causal ? true : undefined,
      }),
    helpers: scaled ? [projectionScaling] : [],
    weights: Object.entries(weights).map(([name, { shape }]) => attentionTwin(name, shape, [heads, keyFeatures])),
  };
}

/** Inward, the last axis is split into heads; outward, the first. */
function attentionTwin(name: string, shape: readonly number[], heads: readonly [number, number]): WeightTwin {
  const projection = name.replace(/(Kernel|Bias)$/, '');
  const variable = name.endsWith('Kernel') ? 'kernel' : 'bias';
  if (projection !== 'output')
    return twin(`${projection}/${variable}`, name, [reshape(shape, [...shape.slice(0, -1), ...heads])]);
  const steps = variable === 'kernel' ? [reshape(shape, [...heads, ...shape.slice(1)])] : [];
  return twin(`attention_output/${variable}`, name, steps);
}

const forms: Partial<Record<Initialiser['type'], { scale: number; mode: string; distribution: string }>> = {
  glorotUniform: { scale: 1, mode: 'fan_avg', distribution: 'uniform' },
  glorotNormal: { scale: 1, mode: 'fan_avg', distribution: 'untruncated_normal' },
  heUniform: { scale: 2, mode: 'fan_in', distribution: 'uniform' },
  heNormal: { scale: 2, mode: 'fan_in', distribution: 'untruncated_normal' },
};

function isScaled({ type }: Initialiser): boolean {
  return forms[type] !== undefined;
}

/** Where the bounds depend on the fans: Keras would count those of a kernel of three axes. */
function projectionInitialiser({ heads, keyFeatures }: Params, { type }: Initialiser): Hole | undefined {
  const form = forms[type];
  if (!form) return undefined;
  const { scale, mode, distribution } = form;
  return call(code`ProjectionScaling`, [], {
    heads,
    head_features: keyFeatures,
    scale: scale === 1 ? undefined : scale,
    mode: mode === 'fan_in' ? undefined : text(mode),
    distribution: text(distribution),
  });
}

function plain(spec: WeightSpec | undefined, usual: Initialiser['type']): Hole | undefined {
  return spec ? kerasInitialisers({ any: spec }, { any: usual }).any_initializer : undefined;
}
