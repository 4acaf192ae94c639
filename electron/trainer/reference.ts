/** Answers `reference`: what the engine makes of given weights and samples, for comparing exported code with it. */
import type { ReceivedOf, ResponseOf } from '../../shared/ipc/define';
import type { TrainerContract } from '../../shared/ipc/trainer';
import { damaged, FileProblem } from '../files/fileProblem';
import type { FileSystem } from '../files/fileSystem';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../files/safetensors';
import { saveState } from './engines/checkpoint';
import { standardControls, type Runner, type Step } from './engines/engine';
import { openRunner, type OpenedRunner } from './openProgram';
import { tensorReader } from './tensorReader';
import type { TrainerDependencies } from './trainerDependencies';

type ReferenceRequest = ReceivedOf<TrainerContract, 'reference'>;
type Tensors = Map<string, StoredTensor>;

export async function reference(
  request: ReferenceRequest,
  dependencies: TrainerDependencies,
): Promise<ResponseOf<TrainerContract, 'reference'>> {
  const { files, compile } = dependencies;
  const samples = readSafetensors(files, request.samples).tensors;
  const program = compile(request.design, request.data);
  const data = tensorReader(request.samples, samples);
  const opened = await openRunner({ program, data, engine: request.engine, ratioEvery: 0 }, dependencies);
  const all = range(0, data.count('train'));
  const aside = `${request.to}.state`;
  try {
    const tensors = await compute(opened, request, all, aside, files);
    writeSafetensors(files, request.to, { metadata: {}, tensors });
    return {};
  } finally {
    await opened.runner.close();
    files.remove(aside);
  }
}

async function compute(
  { program, runner }: OpenedRunner,
  request: ReferenceRequest,
  all: Uint32Array,
  aside: string,
  files: FileSystem,
): Promise<Tensors> {
  const { batchSize, batches } = request;
  const heads = program.heads.map(({ path }) => path);
  const tensors: Tensors = new Map();
  const outputs = async (at: string): Promise<void> => {
    const shown = await runner.peek(heads, all, { part: 'train', mode: 'evaluate' });
    for (const { path, shape, values } of shown) tensors.set(`outputs/${at}/${path}`, float(shape, values));
  };
  for (const [at, file] of request.weights.entries()) {
    await loadWeights(runner, file);
    await outputs(`start${at}`);
  }
  for (let index = 0; index < batches; index += 1) {
    const controls = Float32Array.from(standardControls, (name) => controlOf(name, request, index));
    const step: Step = { index, microBatches: [range(index * batchSize, batchSize)], controls };
    const { loss, gradients } = await runner.gradients(step);
    tensors.set(`loss/${index}`, { dtype: 'F64', shape: [], data: Float64Array.of(loss) });
    await saveState(runner, aside);
    const before = readSafetensors(files, aside).tensors;
    for (const [key, values] of gradients) {
      tensors.set(`gradients/${index}/${key}`, float(before.get(`weights/${key}`)?.shape ?? [], values));
    }
    const { reason } = await runner.submit([step], { aborted: false });
    if (reason)
      throw new FileProblem(
        'bad-value',
        request.samples,
        `The step on samples of ${request.samples} ended early: ${reason}.`,
      );
    await saveState(runner, aside);
    for (const [name, tensor] of readSafetensors(files, aside).tensors) tensors.set(`after/${index}/${name}`, tensor);
    await outputs(`after${index}`);
  }
  return tensors;
}

function controlOf(name: (typeof standardControls)[number], request: ReferenceRequest, index: number): number {
  if (name === 'updateIndex') return index + 1;
  return name === 'learningRate' ? request.learningRate : request.clipNorm;
}

/** All weights of the design must be there; optimizer state starts anew where the file has none. */
async function loadWeights(runner: Runner, file: string): Promise<void> {
  const { missing } = await runner.load(file, { partial: true });
  const lacking = missing.find((name) => name.startsWith('weights/'));
  if (lacking !== undefined) throw damaged(file, `lacks ${lacking}, or has it with another shape.`);
}

function range(start: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, at) => start + at);
}

function float(shape: readonly number[], data: Float32Array): StoredTensor {
  return { dtype: 'F32', shape, data };
}
