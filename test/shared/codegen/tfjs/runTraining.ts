/** Calls parts of exported training scripts, in one process on tfjs-node; told by standard input, answers on output. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as TensorFlow from '@tensorflow/tfjs';
import type { Numbers } from '../../../contract/harness/exampleCase';
import type { TrainingAnswer, TrainingRequest } from './trainingProcess';

type Library = typeof TensorFlow;
type Tensors = TensorFlow.Tensor[];

interface Batch {
  size: number;
  inputs: Tensors;
  targets: Tensors;
}

/** What an exported script offers. */
interface Script {
  lossOf: (outputs: Tensors, targets: Tensors) => TensorFlow.Scalar;
  measuresOf: (outputs: Tensors, targets: Tensors) => Record<string, TensorFlow.Tensor>;
  outputsOf: (model: TensorFlow.LayersModel, inputs: Tensors, training?: boolean) => Tensors;
  createOptimizer: (model: TensorFlow.LayersModel) => TensorFlow.Optimizer;
  trainStep: (
    model: TensorFlow.LayersModel,
    optimizer: TensorFlow.Optimizer,
    batch: Batch | Batch[],
  ) => TensorFlow.Scalar;
}

const requests = JSON.parse(readFileSync(0, 'utf8')) as TrainingRequest[];
const library = createRequire(join((requests[0] as TrainingRequest).folder, 'model.ts'));
library('@tensorflow/tfjs-node');
const tf = library('@tensorflow/tfjs') as Library;

function kept(tensor: TensorFlow.Tensor): Numbers {
  return { shape: tensor.shape, dtype: 'float32', values: [...tensor.dataSync()] };
}

function made({ values, shape, dtype }: Numbers): TensorFlow.Tensor {
  return tf.tensor(values, shape, dtype);
}

function run(request: TrainingRequest): TrainingAnswer {
  const load = createRequire(join(request.folder, 'model.ts'));
  const script = load('./train.ts') as Script;
  const { createModel } = load('./model.ts') as { createModel: () => TensorFlow.LayersModel };
  const answer: TrainingAnswer = { measures: {}, weights: [], before: {}, after: {}, gradients: [] };
  const { judged, gradients, batches } = request;
  if (judged) {
    const [outputs, targets] = [[made(judged.output)], [made(judged.target)]];
    const measures = { ...script.measuresOf(outputs, targets), loss: script.lossOf(outputs, targets) };
    for (const [name, value] of Object.entries(measures)) answer.measures[name] = kept(value);
  }
  const model = createModel();
  const optimizer = script.createOptimizer(model);
  const state = (): Record<string, Numbers> =>
    Object.fromEntries(model.trainableWeights.map((weight) => [weight.originalName, kept(weight.read())]));
  answer.before = state();
  for (const step of gradients) {
    const given: TensorFlow.NamedTensorMap = {};
    for (const weight of model.trainableWeights) {
      const values = weight.read() as TensorFlow.Variable;
      given[values.name] = made({
        ...(answer.before[weight.originalName] as Numbers),
        values: valuesOf(step, values.size),
      });
    }
    optimizer.applyGradients(given);
    answer.weights.push(state());
  }
  if (batches.length > 0) {
    const fed = batches.map(({ size, inputs, targets }): Batch => {
      return { size, inputs: inputs.map(made), targets: targets.map(made) };
    });
    const variables = model.trainableWeights.map((weight) => weight.read() as TensorFlow.Variable);
    answer.gradients = fed.map(({ inputs, targets }) => {
      const { grads } = tf.variableGrads(
        () => script.lossOf(script.outputsOf(model, inputs, true), targets),
        variables,
      );
      return Object.fromEntries(
        model.trainableWeights.map((weight) => [weight.originalName, kept(grads[weight.name] as TensorFlow.Tensor)]),
      );
    });
    script.trainStep(model, optimizer, fed.length === 1 ? (fed[0] as Batch) : fed);
    answer.after = state();
  }
  return answer;
}

/** The same numbers for every weight: a wave. */
function valuesOf(step: number, size: number): number[] {
  return Array.from({ length: size }, (_, at) => Math.sin(at * 1.7 + step) * 0.5);
}

const answers = requests.map((request) => {
  const answer = tf.tidy(() => run(request) as never) as TrainingAnswer;
  tf.disposeVariables();
  return answer;
});
process.stdout.write(JSON.stringify(answers));
