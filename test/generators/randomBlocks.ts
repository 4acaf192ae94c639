/** Random blocks that give back the types they are given, so that they can be called, repeated and share weights. */
import { sampleSizes, typeKey, type TensorType } from '../../shared/ir/tensorType';
import type { Block, CallNode, Design } from '../../shared/design/schema';
import type { Json } from '../../shared/messages/define';
import type { Choices } from './choices';
import { addUnary, addStep } from './randomLayers';
import { addLayer, connect, emptySketch, freshName, type Sketch, type Value } from './sketch';

const keepers = ['ReLU', 'LeakyReLU', 'GELU', 'Sigmoid', 'Tanh', 'Softmax', 'BatchNorm', 'LayerNorm', 'Dropout'];

/** A block over values of this type, with one port or two (which it swaps), and the parameter `width`. */
function drawBlock(choices: Choices, type: TensorType, ports: number, indexed: boolean): Block {
  const params = { width: 1 + choices.below(4) };
  const sketch = emptySketch(indexed ? { ...params, index: 0 } : params);
  const entries = Array.from({ length: ports }, (_, at): Value => {
    sketch.nodes.push({ id: `x${at}`, layer: 'Input', params: {} });
    const value = { end: `x${at}`, type, uses: 0 };
    sketch.values.push(value);
    return value;
  });
  const inner = choices.chance(70) ? addStep(choices, sketch) : null;
  if (inner && inner.type.dims.length === 2) addUnary(choices, sketch, ['Dense', 'ReLU']);
  entries.reverse().forEach((entry, at) => {
    const result = returnTo(choices, sketch, entry);
    sketch.nodes.push({ id: `y${at}`, layer: 'Output', params: {} });
    connect(sketch, result, `y${at}`);
  });
  return { title: 'Random', params, nodes: sketch.nodes, wires: sketch.wires };
}

/** A layer that keeps the type, and perhaps the sum with what came in. */
function returnTo(choices: Choices, sketch: Sketch, entry: Value): Value {
  const sizes = sampleSizes(entry.type);
  const last = sizes[sizes.length - 1] as number;
  const changed =
    sizes.length === 3
      ? addLayer(sketch, 'Conv2D', { filters: last, kernelSize: 3, padding: 'same' }, [entry])
      : addLayer(sketch, 'Dense', { units: last }, [entry]);
  if (!changed) return entry;
  const softened = addLayer(sketch, choices.pick(keepers), {}, [changed]) ?? changed;
  return (choices.chance(60) ? addLayer(sketch, 'Add', {}, [softened, entry]) : null) ?? softened;
}

export type Blocks = Design['blocks'];

/** Calls a new or a known block, once or several times; now and then a second call shares the first one's weights. */
export function addCall(choices: Choices, sketch: Sketch, blocks: Blocks): Value | null {
  const floats = sketch.values.filter(({ type }) => type.dtype === 'float32' && type.dims.length > 1);
  if (floats.length === 0) return null;
  const first = choices.pick(floats);
  const alike = floats.filter((value) => typeKey(value.type) === typeKey(first.type));
  const ports = alike.length > 1 && choices.chance(30) ? 2 : 1;
  const inputs = ports === 2 ? [first, choices.pick(alike)] : [first];
  const times = choices.pick<Json | undefined>([undefined, 1, 2, 3, '=1 + 1']);
  const name = `block${Object.keys(blocks).length}`;
  blocks[name] = drawBlock(choices, first.type, ports, times !== undefined && choices.chance(50));
  const params: Record<string, Json> = choices.chance(40) ? { width: choices.pick<Json>([2, '=1 + 2']) } : {};
  const id = placeCall(sketch, { block: name, params, times }, inputs);
  if (choices.chance(30)) {
    const again = ports === 2 ? [choices.pick(alike), first] : [choices.pick(alike)];
    placeCall(sketch, { block: name, params, times, weightsOf: id }, again);
  }
  return sketch.values[sketch.values.length - 1] ?? null;
}

function placeCall(
  sketch: Sketch,
  call: Pick<CallNode, 'block' | 'params' | 'times' | 'weightsOf'>,
  inputs: readonly Value[],
): string {
  const id = freshName(sketch, 'call');
  const { times, weightsOf, ...rest } = call;
  sketch.nodes.push({
    id,
    ...rest,
    ...(times === undefined ? {} : { times }),
    ...(weightsOf === undefined ? {} : { weightsOf }),
  });
  inputs.forEach((value, at) => connect(sketch, value, `${id}:x${at}`));
  inputs.forEach((value, at) => sketch.values.push({ end: `${id}:y${at}`, type: value.type, uses: 0 }));
  return id;
}
