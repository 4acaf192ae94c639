/** Random designs that are right: every kind of node and wire, and data that fits. In a block a branch may lead nowhere. */
import type fc from 'fast-check';
import type { Design } from '../../shared/design/schema';
import { emptyDesign } from '../../shared/design/schema';
import type { DataInfo } from '../../shared/ir/dataSetDefinition';
import { batchOf } from '../../shared/ir/tensorType';
import type { FieldInfo } from '../../shared/ir/trainingDefinitions';
import type { Json } from '../../shared/messages/define';
import { choicesFrom, numberList, type Choices } from './choices';
import { addCall, type Blocks } from './randomBlocks';
import { addStep, vocabulary } from './randomLayers';
import { addLayer, connect, emptySketch, freshName, type Sketch, type Value } from './sketch';

/** `data` describes the fields that the design expects; samples of any values in range will train it. */
export interface RandomDesign {
  design: Design;
  data: DataInfo;
}

export function randomDesign(): fc.Arbitrary<RandomDesign> {
  return numberList().map((numbers) => drawDesign(choicesFrom(numbers)));
}

export function drawDesign(choices: Choices): RandomDesign {
  const sketch = emptySketch();
  const blocks: Blocks = {};
  const fields = Array.from({ length: 1 + choices.below(2) }, (_, at) => addInput(choices, sketch, `field${at}`));
  for (let step = 3 + choices.below(9); step > 0; step--) {
    if (choices.chance(20)) addCall(choices, sketch, blocks);
    else addStep(choices, sketch);
  }
  const heads = gather(choices, sketch);
  const targets = heads.map((value, at) => addHead(choices, sketch, value, at));
  const design: Design = {
    ...emptyDesign('random'),
    notes: choices.chance(30) ? 'Drawn by chance.\nTwo lines.' : '',
    nodes: shuffledInPart(choices, sketch.nodes).map((node, at) =>
      choices.chance(50) ? { ...node, position: [at * 40, choices.below(300)], name: `Node ${at}` } : node,
    ),
    wires: sketch.wires,
    blocks,
    training: randomTraining(choices),
  };
  return { design, data: { fields: [...fields, ...targets], counts: { train: 32, validation: 8, test: 8 } } };
}

function addInput(choices: Choices, sketch: Sketch, name: string): FieldInfo {
  const shape = choices.pick([[6, 6, 1], [5, 4, 2], [4, 3], [6], [3]]);
  const indices = shape.length === 1 && choices.chance(60);
  const dtype = indices ? 'int32' : 'float32';
  const id = freshName(sketch, 'input');
  sketch.nodes.push({ id, layer: 'Input', params: { shape, field: name, ...(indices ? { dtype } : {}) } });
  const input = { end: id, type: batchOf(shape, dtype), uses: 0 };
  sketch.values.push(input);
  if (indices) addLayer(sketch, 'Embedding', { vocabulary, features: 2 + choices.below(2) }, [input]);
  return { name, shape, dtype, ...(indices ? { range: [0, vocabulary - 1] as const } : {}) };
}

/** Joins whatever nothing takes yet, so that every node leads to an Output; one or two values come out. */
function gather(choices: Choices, sketch: Sketch): Value[] {
  const flat = sketch.values
    .filter(({ uses }) => uses === 0)
    .map((value) => {
      const floating =
        value.type.dtype === 'int32' ? addLayer(sketch, 'Embedding', { vocabulary, features: 2 }, [value]) : value;
      return floating && (floating.type.dims.length === 2 ? floating : addLayer(sketch, 'Flatten', {}, [floating]));
    })
    .filter((value): value is Value => value !== null);
  const joined = flat.length > 1 ? addLayer(sketch, 'Concatenate', {}, flat) : flat[0];
  // More than the generator's limit of elements: each goes to an Output of its own.
  const ends = joined ? [joined] : flat;
  return choices.chance(30) && ends.length === 1 ? [...ends, ...ends] : ends;
}

/** A last layer of the right size, and an Output with a loss and the field that it aims at. */
function addHead(choices: Choices, sketch: Sketch, value: Value, at: number): FieldInfo {
  const name = `target${at}`;
  const units = 2 + choices.below(3);
  const last = addLayer(sketch, 'Dense', { units }, [value]) as Value;
  const id = freshName(sketch, 'output');
  const heads: { params: Record<string, Json>; field: FieldInfo }[] = [
    {
      params: { loss: { type: 'crossEntropy', labelSmoothing: 0.1 }, metrics: ['accuracy', { type: 'topK', k: 2 }] },
      field: { name, shape: [], dtype: 'int32', classes: Array.from({ length: units }, (_, label) => String(label)) },
    },
    { params: { loss: 'meanSquaredError', weight: 0.5 }, field: { name, shape: [units], dtype: 'float32' } },
    { params: { loss: 'binaryCrossEntropy' }, field: { name, shape: [units], dtype: 'float32', range: [0, 1] } },
  ];
  const { params, field } = choices.pick(heads);
  sketch.nodes.push({ id, layer: 'Output', params: { ...params, target: name } });
  connect(sketch, last, id);
  return field;
}

function randomTraining(choices: Choices): Design['training'] {
  return choices.pick<Design['training']>([
    {},
    { epochs: 2, batchSize: 8, optimizer: 'sgd' },
    { batchSize: 4, optimizer: { type: 'sgd', momentum: 0.9, nesterov: true }, clipNorm: 1 },
    { optimizer: { type: 'adamw', learningRate: 0.002 }, schedule: { type: 'cosine', warmupEpochs: 1 } },
    { batchSize: 8, accumulate: 2, earlyStopping: { patience: 2 } },
  ]);
}

/** The order of a file says nothing about the order of running; an owner of weights may come after who shares them. */
function shuffledInPart<Item>(choices: Choices, items: readonly Item[]): Item[] {
  const list = [...items];
  if (choices.chance(50)) return list;
  const at = choices.below(list.length);
  return [...list.slice(at), ...list.slice(0, at)];
}
