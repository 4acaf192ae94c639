/**
 * Runs exported TensorFlow.js models, each in its folder, all in one process on tfjs-node; told by standard input, answers
 * on standard output. Started through tsx, so it reads TypeScript.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as TensorFlow from '@tensorflow/tfjs';
import type { Numbers } from '../../../contract/harness/exampleCase';
import type { ModelAnswer, ModelRequest } from './tfjsProcess';

type Library = typeof TensorFlow;
type Tensors = TensorFlow.Tensor[];

/** What an exported folder offers. */
interface Exported {
  createModel: () => TensorFlow.LayersModel;
  loadWeights: (model: TensorFlow.LayersModel, folder: string) => void;
}

function run(tf: Library, { folder, inputs, probes, training }: ModelRequest): Record<string, Numbers> {
  const load = createRequire(join(folder, 'model.ts'));
  const { createModel } = load('./model.ts') as Exported;
  const { loadWeights } = load('./weights.ts') as Exported;
  const model = createModel();
  loadWeights(model, folder);
  const results: Record<string, Numbers> = {};
  const keep = (name: string, tensor: TensorFlow.Tensor): void => {
    results[name] = { shape: tensor.shape, dtype: tensor.dtype as Numbers['dtype'], values: [...tensor.dataSync()] };
  };
  const fed = inputs.map(({ values, shape, dtype }) => tf.tensor(values, shape, dtype));
  const outputsOf = (mode: boolean): Tensors => {
    const outputs = model.apply(fed, { training: mode }) as TensorFlow.Tensor | Tensors;
    return Array.isArray(outputs) ? outputs : [outputs];
  };
  outputsOf(false).forEach((output, at) => keep(`outputs/${at}`, output));
  const weights = model.trainableWeights;
  const loss = (): TensorFlow.Scalar =>
    tf.addN(
      outputsOf(training).map((output, at): TensorFlow.Scalar => {
        const { values, shape } = probes[at] as Numbers;
        return tf.sum(tf.mul(output, tf.tensor(values, shape)));
      }),
    );
  if (weights.length > 0) {
    const { grads } = tf.variableGrads(
      loss,
      weights.map((weight) => weight.read() as TensorFlow.Variable),
    );
    for (const weight of weights) {
      const gradient = grads[weight.name];
      if (gradient) keep(`gradients/${weight.originalName}`, gradient);
    }
  } else loss();
  for (const weight of model.weights) keep(`after/${weight.originalName}`, weight.read());
  return results;
}

function answerOf(tf: Library, request: ModelRequest): ModelAnswer {
  try {
    // Names of variables stay taken as long as they live.
    const results = tf.tidy(() => run(tf, request) as never) as Record<string, Numbers>;
    return { results };
  } catch (error) {
    return { error: error instanceof Error ? `${error.stack ?? error.message}` : String(error) };
  }
}

const requests = JSON.parse(readFileSync(0, 'utf8')) as ModelRequest[];
const first = requests[0] as ModelRequest;
const library = createRequire(join(first.folder, 'model.ts'));
library('@tensorflow/tfjs-node');
const tf = library('@tensorflow/tfjs') as Library;
const answers = requests.map((request) => {
  const answer = answerOf(tf, request);
  tf.disposeVariables();
  return answer;
});
process.stdout.write(JSON.stringify(answers));
