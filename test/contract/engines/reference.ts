/** Steps of float64 PyTorch that every engine is held to: the state before each, its loss and its gradients. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../../../electron/files/safetensors';
import { asStored, targetTensors } from '../../../electron/services/export/targetTensors';
import { sampleTensors } from '../../../electron/services/export/verifyJob';
import { withoutDropout } from '../../../electron/services/export/verifyReference';
import type { ExportedWeight } from '../../../shared/codegen/exportedModel';
import { pytorchTarget } from '../../../shared/codegen/pytorch/pytorchTarget';
import { compile } from '../../../shared/compile';
import { designSchema } from '../../../shared/design/schema';
import { toOurs } from '../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../shared/ir/program';
import { weightPlaces } from '../../../shared/ir/weightPlaces';
import { library } from '../../../shared/library';
import { testPython } from '../../drivers/testPython';
import { writeCase, type FidelityCase } from '../../electron/services/export/fidelityCases';

export const steps = 20;
export const batchSize = 8;

const script = join(__dirname, '..', '..', '..', 'python', 'reference_steps.py');

export interface ReferenceStep {
  /** Of ours: `weights/<key>`, statistics too. */
  state: ReadonlyMap<string, StoredTensor>;
  loss: number;
  /** By the names of PyTorch, float64. */
  gradients: ReadonlyMap<string, StoredTensor>;
}

export interface Reference {
  name: string;
  program: CheckedProgram;
  /** By field; a step takes the next `batchSize`, from the beginning again at the end. */
  samples: FidelityCase['verification']['samples'];
  weights: readonly ExportedWeight[];
  steps: readonly ReferenceStep[];
  /** Losses of steps that go on from each other, in PyTorch, each time with other kernels. */
  free: readonly (readonly number[])[];
}

/** All in one process of Python. Dropout is off: every library draws its masks by a generator of its own. */
export function computeReferences(cases: readonly FidelityCase[], root: string): Reference[] {
  const begun = cases.map((each, at) => begin(withoutMasks(each), join(root, String(at))));
  const jobs = join(root, 'jobs.json');
  writeFileSync(jobs, JSON.stringify(begun.map(({ job }) => job)));
  const environment = { ...process.env, OMP_NUM_THREADS: '1' };
  execFileSync(testPython(), [script, jobs], { stdio: ['ignore', 'ignore', 'pipe'], env: environment });
  return begun.map(({ finish }) => finish());
}

/** Hard cases are made for their axes: at the rate of a network that learns, products of unbounded numbers run away. */
const gentle = { type: 'sgd', learningRate: 0.001, momentum: 0.9 };

function withoutMasks(each: FidelityCase): FidelityCase {
  const drawn = designSchema.parse(withoutDropout(each.verification.design));
  const runsAway =
    each.group === 'hard case' && each.verification.program.training.optimizer.definition.type === gentle.type;
  const design = runsAway ? { ...drawn, training: { ...drawn.training, optimizer: gentle } } : drawn;
  const { program } = compile(design, library, { data: each.verification.info });
  if (!program) throw new Error(`${each.name} cannot be compiled`);
  return { ...each, verification: { ...each.verification, design, program } };
}

function begin({ group, name, verification }: FidelityCase, folder: string) {
  const { program, samples, moved } = verification;
  const written = writeCase({ group, name, verification }, pytorchTarget, folder);
  if ('obstacles' in written) throw new Error(`${name} cannot go to PyTorch`);
  const { model } = written;
  const tensors = sampleTensors(model, verification);
  for (const [key, values] of targetTensors(model.weights, (each) => moved.get(each)))
    tensors.set(`weights/${key}`, asStored(values));
  mkdirSync(folder, { recursive: true });
  const [ours, theirs] = ['ours', 'theirs'].map((each) => join(folder, `${each}.safetensors`)) as [string, string];
  writeSafetensors(diskFiles, ours, { metadata: {}, tensors });
  const sizes = { inputs: model.inputs.length, targets: program.heads.length, steps, batchSize };
  const job = { folder, ours, theirs, clipNorm: program.training.clipNorm ?? 0, ...sizes };
  const finish = (): Reference => {
    const found = readSafetensors(diskFiles, theirs).tensors;
    const shapes = new Map(weightPlaces(program).map(({ key, spec }) => [key, spec.shape]));
    const all = Array.from({ length: steps }, (_, step) => readStep(found, step, model.weights, shapes));
    const free = [...found].flatMap(([key, { data }]) =>
      key.startsWith('free/') ? [[...(data as Float64Array)]] : [],
    );
    return { name, program, samples, weights: model.weights, steps: all, free };
  };
  return { job, finish };
}

function readStep(
  found: ReadonlyMap<string, StoredTensor>,
  step: number,
  weights: readonly ExportedWeight[],
  shapes: ReadonlyMap<string, readonly number[]>,
): ReferenceStep {
  const state = new Map<string, StoredTensor>();
  for (const { name, group, twin } of weights) {
    const { shape, data } = found.get(`state/${step}/${name}`) as StoredTensor;
    const values = { shape, data: data as Float32Array };
    const parts = toOurs(twin, values, (part) => shapes.get(`${group}/${part}`) as readonly number[]);
    for (const [part, each] of Object.entries(parts)) state.set(`weights/${group}/${part}`, asStored(each));
  }
  const start = `gradients/${step}/`;
  const gradients = [...found].filter(([name]) => name.startsWith(start));
  return {
    state,
    loss: (found.get(`loss/${step}`) as StoredTensor).data[0] as number,
    gradients: new Map(gradients.map(([name, tensor]) => [name.slice(start.length), tensor])),
  };
}
