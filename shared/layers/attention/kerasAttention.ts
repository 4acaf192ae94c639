/** The twin of attention in Keras: `MultiHeadAttention` itself, with kernels whose heads have an axis of their own. */
import { call, code, text, type Hole } from '../../ir/emit/code';
import type { CodeEmission, EmitContext } from '../../ir/emit/emission';
import { reshape, twin, type WeightTwin } from '../../ir/emit/transform';
import type { Initialiser, WeightSpec } from '../../ir/initialiser';
import { fansOf } from '../initialisers';
import { kerasInitialisers } from '../kit/keras/initialisers';
import { projectionScaling } from '../kit/keras/helpers';
import { lastSize } from '../kit/typeChecks';

interface Params {
  heads: number;
  keyFeatures: number;
  causal: boolean;
  bias: boolean;
  dropout: number;
}

export function kerasAttention({ params, inputs, outputs, weights }: EmitContext<Params>): CodeEmission {
  const { heads, keyFeatures, causal, bias, dropout } = params;
  const features = lastSize(outputs.output!.type);
  const kernels = Object.keys(weights).filter((name) => name.endsWith('Kernel'));
  const offsets = Object.keys(weights).filter((name) => name.endsWith('Bias'));
  const ofAll = (names: readonly string[], usual: Initialiser['type']): Initialisation =>
    initialisation(
      params,
      names.map((name) => weights[name] as WeightSpec),
      usual,
    );
  const [kernel, offset] = [ofAll(kernels, 'glorotUniform'), ofAll(offsets, 'zeros')];
  const member = call(code`layers.MultiHeadAttention`, [], {
    num_heads: heads,
    key_dim: keyFeatures,
    dropout: dropout > 0 ? dropout : undefined,
    use_bias: bias ? undefined : false,
    output_shape: features === lastSize(inputs.query!.type) ? undefined : features,
    kernel_initializer: kernel.hole,
    bias_initializer: offset.hole,
  });
  return {
    member,
    call: ({ inputs: { query, value, key }, member: layer }) =>
      call(code`${layer}`, [query!, value ?? query!], {
        key,
        use_causal_mask: causal ? true : undefined,
      }),
    helpers: kernel.helped || offset.helped ? [projectionScaling] : [],
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

interface Initialisation {
  readonly hole: Hole | undefined;
  readonly helped: boolean;
}

/**
 * One initialiser for all of them. Where bounds depend on the fans, Keras would count those of kernels of three axes: the
 * bound in numbers, or where they differ a class that knows better.
 */
function initialisation(params: Params, specs: readonly WeightSpec[], usual: Initialiser['type']): Initialisation {
  const [first] = specs;
  if (!first) return { hole: undefined, helped: false };
  const form = forms[first.initialiser.type];
  if (!form) return { hole: plain(first, usual), helped: false };
  const fans = specs.map(({ shape }) => fansOf(shape));
  const decisive = fans.map(([fanIn, fanOut]) => (form.mode === 'fan_in' ? fanIn : fanIn + fanOut));
  if (decisive.every((size) => size === decisive[0]))
    return { hole: plain({ ...first, fans: fans[0] }, usual), helped: false };
  const hole = call(code`ProjectionScaling`, [], {
    heads: params.heads,
    head_features: params.keyFeatures,
    scale: form.scale === 1 ? undefined : form.scale,
    mode: form.mode === 'fan_in' ? undefined : text(form.mode),
    distribution: text(form.distribution),
  });
  return { hole, helped: true };
}

function plain(spec: WeightSpec, usual: Initialiser['type']): Hole | undefined {
  return kerasInitialisers({ any: spec }, { any: usual }).any_initializer;
}
