/** Attention in PyTorch: its own module where that can say it, else a small class on `F.scaled_dot_product_attention`. */
import { call, code, type Fragment, type Hole, type Name } from '../../ir/emit/code';
import type { CallParts, CodeEmission, EmitContext, Helper } from '../../ir/emit/emission';
import { permute, twin, type WeightTwin } from '../../ir/emit/transform';
import { draw } from '../kit/pytorch/draws';
import { functional } from '../kit/pytorch/window';
import { countOf, lastSize } from '../kit/typeChecks';

interface AttentionParams {
  heads: number;
  keyFeatures: number;
  features: number | null;
  causal: boolean;
  bias: boolean;
  dropout: number;
}

const attentionHelper: Helper = {
  name: 'Attention',
  source: `class Attention(nn.Module):
    """Attention of several heads, of any number of features each."""

    def __init__(
        self,
        query_features: int,
        key_features: int,
        value_features: int,
        output_features: int,
        heads: int,
        head_features: int,
        bias: bool = True,
        dropout: float = 0.0,
        causal: bool = False,
    ) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.causal = causal
        width = heads * head_features
        self.query = nn.Linear(query_features, width, bias=bias)
        self.key = nn.Linear(key_features, width, bias=bias)
        self.value = nn.Linear(value_features, width, bias=bias)
        self.output = nn.Linear(width, output_features, bias=bias)

    def split(self, x: Tensor) -> Tensor:
        """(batch, time, width) to (batch, heads, time, head features)."""
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        gathered = F.scaled_dot_product_attention(
            self.split(self.query(query)),
            self.split(self.key(key)),
            self.split(self.value(value)),
            dropout_p=self.dropout if self.training else 0.0,
            is_causal=self.causal,
        )
        return self.output(gathered.transpose(1, 2).flatten(2))`,
  imports: ['from torch import Tensor', 'from torch import nn', functional],
};

const projections = ['query', 'key', 'value'] as const;

export function pytorchAttention(context: EmitContext<AttentionParams>): CodeEmission {
  const { params, inputs } = context;
  const width = params.heads * params.keyFeatures;
  const embedded = lastSize(inputs.query!.type);
  return width === embedded && (params.features ?? width) === width ? ownModule(context, width) : ownClass(context);
}

/** `nn.MultiheadAttention`: its heads share the features of the query. */
function ownModule({ params, inputs, weights }: EmitContext<AttentionParams>, width: number): CodeEmission {
  const { keyWidth, valueWidth } = widths({ inputs });
  const alike = keyWidth === width && valueWidth === width;
  const { heads, dropout, bias, causal } = params;
  const kernels = alike
    ? [stack('in_proj_weight', 'Kernel')]
    : projections.map((name) => twin(`${name.slice(0, 1)}_proj_weight`, `${name}Kernel`, [permute([1, 0])]));
  const biases = bias ? [stack('in_proj_bias', 'Bias'), twin('out_proj.bias', 'outputBias')] : [];
  // Its own first biases are 0.
  const zero = weights.queryBias?.initialiser.type === 'zeros';
  const drawnBiases = zero ? [] : biases.map(({ theirs }) => draw(theirs, weights.queryBias!));
  return {
    member: call(code`nn.MultiheadAttention`, [width, heads], {
      dropout: dropout === 0 ? undefined : dropout,
      bias: bias ? undefined : false,
      kdim: keyWidth === width ? undefined : keyWidth,
      vdim: valueWidth === width ? undefined : valueWidth,
      batch_first: true,
    }),
    call: (parts) => {
      const { query, key, value } = sources(parts);
      const mask = causal ? { attn_mask: futureMask(inputs, query, value) } : {};
      return code`${call(code`${parts.member}`, [query, key, value], { ...mask, need_weights: false })}[0]`;
    },
    imports: causal ? ['import torch'] : [],
    weights: [...kernels, twin('out_proj.weight', 'outputKernel', [permute([1, 0])]), ...biases],
    initialise: {
      of: null,
      draws: [
        ...kernels.map(({ theirs, ours }) => draw(theirs, weights[ours[0]!.name]!, ours.length)),
        draw('out_proj.weight', weights.outputKernel!),
        ...drawnBiases,
      ],
    },
  };
}

function ownClass({ params, inputs, outputs, weights }: EmitContext<AttentionParams>): CodeEmission {
  const { keyWidth, valueWidth } = widths({ inputs });
  const { heads, keyFeatures, bias, dropout, causal } = params;
  const names = [...projections, 'output'];
  const twins = names.flatMap((name) => [
    twin(`${name}.weight`, `${name}Kernel`, [permute([1, 0])]),
    ...(bias ? [twin(`${name}.bias`, `${name}Bias`)] : []),
  ]);
  const positional = [lastSize(inputs.query!.type), keyWidth, valueWidth, lastSize(outputs.output!.type)];
  return {
    member: call(code`Attention`, [...positional, heads, keyFeatures], {
      bias: bias ? undefined : false,
      dropout: dropout === 0 ? undefined : dropout,
      causal: causal ? true : undefined,
    }),
    call: (parts) => {
      const { query, key, value } = sources(parts);
      return call(code`${parts.member}`, [query, key, value]);
    },
    helpers: [attentionHelper],
    weights: twins,
    initialise: { of: null, draws: twins.map(({ theirs, ours }) => draw(theirs, weights[ours[0]!.name]!)) },
  };
}

/** The kernels or biases of query, key and value, one after the other. */
function stack(theirs: string, kind: 'Kernel' | 'Bias'): WeightTwin {
  const steps = kind === 'Kernel' ? [permute([1, 0])] : [];
  return { theirs, ours: projections.map((name) => ({ name: `${name}${kind}`, steps })), axis: 0 };
}

/** Without a wire the value is the query, and the key the value. */
function sources({ inputs }: Pick<CallParts, 'inputs'>): Record<(typeof projections)[number], Fragment | Name> {
  const query = inputs.query!;
  const value = inputs.value ?? query;
  return { query, value, key: inputs.key ?? value };
}

function widths({ inputs }: Pick<EmitContext<AttentionParams>, 'inputs'>): { keyWidth: number; valueWidth: number } {
  const value = inputs.value ?? inputs.query!;
  return { keyWidth: lastSize((inputs.key ?? value).type), valueWidth: lastSize(value.type) };
}

/** True where a position must not be looked at. */
function futureMask(inputs: EmitContext<AttentionParams>['inputs'], query: Hole, value: Hole): Hole {
  const times = [inputs.query!, inputs.value ?? inputs.query!].map(({ type }) => type.dims[1]!);
  const [from, to] = times.map((dim, at) =>
    typeof dim.size === 'number' ? countOf(dim) : code`${[query, value][at]!}.shape[1]`,
  ) as [Hole, Hole];
  const all = call(code`torch.ones`, [from, to], { dtype: code`torch.bool`, device: code`${query}.device` });
  return call(code`${all}.triu`, [1]);
}
