/** An open program in a process of PyTorch: asks it in frames, and turns what it answers into the drawing's own terms. */
import type { z } from 'zod';
import type { Values } from '../../../../shared/ir/emit/transform';
import { flatten } from '../../../../shared/ir/flatten';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { valueKeys } from '../../../../shared/ir/valueKeys';
import type { NotFinite, WeightGroup } from '../../../../shared/training/events';
import { diskFiles, passingFiles } from '../../../files/fileSystem';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../../../files/safetensors';
import { loadCheckpoint, savePredictions, snapshotOf, tensorsOf, type CheckpointEntry } from '../checkpoint';
import type {
  Evaluation,
  EvaluateOptions,
  Loaded,
  OpenOptions,
  Peeked,
  Runner,
  Snapshot,
  Step,
  StepGradients,
  StopSignal,
  Submitted,
} from '../engine';
import { stepScalarNames } from '../measureNames';
import { createSubmissionQueue } from '../submissions';
import { weightGroups } from '../weightGroups';
import * as answers from './answers';
import { emptySums, evaluationSums, type JudgedHead } from './evaluationSums';
import { whileWatching } from './whileWatching';
import type { Answer, PythonProcess, Request } from './pythonProcess';
import type { SessionFolder } from './sessionFolder';
import { submissionColumns, type ColumnShape } from './submissionColumns';
import { stepFields, stepsPayload } from './stepsPayload';
import { asFloats, type OurTensors, type Twins } from './twins';
import { asDrawn, valueLayouts } from './valueLayouts';

/** What a runner is made of; the process has opened the folder. */
export interface PytorchSession {
  process: PythonProcess;
  folder: SessionFolder;
  twins: Twins;
  notes: readonly string[];
}

export class PytorchRunner implements Runner {
  readonly scalarNames: readonly string[];
  readonly groups: readonly WeightGroup[];
  readonly notes: readonly string[];
  readonly #program: CheckedProgram;
  readonly #options: OpenOptions;
  readonly #session: PytorchSession;
  readonly #heads: readonly JudgedHead[];
  readonly #layouts: ReturnType<typeof valueLayouts>;
  readonly #queue = createSubmissionQueue();
  #newest = 0;
  #states = 0;
  #closed = false;

  constructor(program: CheckedProgram, options: OpenOptions, session: PytorchSession) {
    this.#program = program;
    this.#options = { ...options };
    this.#session = session;
    this.notes = session.notes;
    this.scalarNames = stepScalarNames(program.heads);
    this.groups = weightGroups(program);
    this.#layouts = valueLayouts(program);
    const layers = new Map(flatten(program).map(({ path, layer }) => [path, layer]));
    this.#heads = program.heads.flatMap((head) => {
      const type = layers.get(head.path)?.outputTypes.output;
      return type ? [{ head, type }] : [];
    });
  }

  async submit(steps: readonly Step[], signal: StopSignal): Promise<Submitted> {
    const stopped = (reason: Submitted['reason']): Submitted => ({ ...this.#submitted(steps, 0), reason });
    this.#refuseClosed();
    const behind = this.#queue.begun() > 0 ? this.#newest : null;
    // Sent at once, also while an earlier one computes: its data are read meanwhile.
    const sent = signal.aborted ? Promise.resolve(stopped('aborted')) : this.#send(steps, behind, signal);
    sent.catch(() => undefined);
    return this.#queue.add(
      () => sent,
      ({ reason }) => stopped(reason),
    );
  }

  async #send(steps: readonly Step[], behind: number | null, signal: StopSignal): Promise<Submitted> {
    const { telemetry, ratioEvery } = this.#options;
    const request: Request = {
      fields: { steps: steps.map(stepFields), telemetry, ratioEvery, behind },
      payload: stepsPayload(steps, this.#options.controls),
    };
    const { process } = this.#session;
    const { value, payload } = await whileWatching(signal, process, () =>
      process.ask('submit', answers.submittedSchema, request, (id) => (this.#newest = id)),
    );
    const submitted = this.#submitted(steps, value.done, new Float64Array(payload.buffer), telemetry);
    if (!value.reason) return { columns: submitted.columns };
    return { ...submitted, reason: value.reason, ...(value.largestBatch && { largestBatch: value.largestBatch }) };
  }

  #submitted(steps: readonly Step[], done: number, rows = new Float64Array(0), telemetry = true): Submitted {
    const shape: ColumnShape = {
      heads: this.#program.heads,
      scalarNames: this.scalarNames,
      groupNames: this.groups.map(({ path }) => path),
      rateAt: this.#options.controls.indexOf('learningRate'),
      telemetry,
    };
    return { columns: submissionColumns(shape, steps, rows), stoppedAt: (steps[done] ?? steps[0])?.index ?? 0 };
  }

  /** Sent at once, as a snapshot is: the process does in order what it is asked for. */
  async evaluate(indices: Uint32Array, options: EvaluateOptions, signal: StopSignal): Promise<Evaluation> {
    this.#refuseClosed();
    const { part, full, predictionsTo } = options;
    if (indices.length === 0 || signal.aborted)
      return { samples: 0, heads: emptySums(this.#heads), aborted: indices.length > 0 };
    const { process, folder } = this.#session;
    const aside = predictionsTo === undefined ? null : folder.file('predictions.safetensors');
    const fields = { part, full, chunk: this.#program.training.batchSize, predictionsTo: aside };
    const request: Request = { fields, payload: [bytesOf(indices)] };
    const { value, payload } = await whileWatching(signal, process, () =>
      process.ask('evaluate', answers.evaluatedSchema, request),
    );
    const { samples, sizes, aborted } = value;
    if (predictionsTo !== undefined && aside !== null && !aborted) this.#keepPredictions(aside, predictionsTo);
    if (samples === 0) return { samples, heads: emptySums(this.#heads), aborted };
    const sums = new Float64Array(payload.buffer);
    return { samples, heads: evaluationSums(this.#heads, { samples, sizes, sums, full }), aborted };
  }

  #keepPredictions(aside: string, to: string): void {
    const tensors = this.#taken(aside);
    const predictions = this.#heads.map(({ head }, at) => {
      const { shape, values } = this.#drawn(head.path, 'output', tensors.get(`heads/${at}`));
      return { head: head.name, shape, values };
    });
    savePredictions(to, predictions);
  }

  async peek(
    paths: readonly string[],
    indices: Uint32Array,
    { part, mode }: Parameters<Runner['peek']>[2],
  ): Promise<Peeked[]> {
    await this.#ready();
    const wanted = paths.flatMap((path) => {
      const keys = valueKeys(this.#program, path);
      if (!keys) throw new Error(`The design has no node ${path}, so its outputs cannot be shown.`);
      return Object.entries(keys).map(([port, key]) => ({
        path,
        port,
        key,
        layer: key.slice(0, key.lastIndexOf(':')),
      }));
    });
    const to = this.#session.folder.file('peeked.safetensors');
    const layers = [...new Set(wanted.map(({ layer }) => layer))];
    const request: Request = { fields: { paths: layers, part, mode, to }, payload: [bytesOf(indices)] };
    await this.#ask('peek', answers.nothingSchema, request);
    const tensors = this.#taken(to);
    return wanted.map(({ path, port, key, layer }) => ({
      path,
      port,
      ...this.#drawn(layer, key.slice(layer.length + 1), tensors.get(layer)),
    }));
  }

  /** Of one layer, with the axes as drawn. */
  #drawn(layer: string, port: string, stored: StoredTensor | undefined): { shape: number[]; values: Float32Array } {
    const layout = this.#layouts.get(`${layer}:${port}`);
    if (!stored || !layout) throw new Error(`the value ${layer}:${port} is not there`);
    const { shape, data } = asDrawn(layout, { shape: stored.shape, data: asFloats(stored.data) });
    return { shape: [...shape], values: data };
  }

  async diagnose(step: Step): Promise<NotFinite> {
    await this.#ready();
    const { value } = await this.#ask('diagnose', answers.diagnosedSchema, this.#oneStep(step));
    const layers = flatten(this.#program);
    const changed = (counts: Readonly<Record<string, number>>): [string, number] | null => {
      const groups = new Map<string, number>();
      for (const [name, count] of Object.entries(counts)) {
        const group = this.#session.twins.groupOf(name) ?? '';
        groups.set(group, (groups.get(group) ?? 0) + count);
      }
      const first = layers.find(({ group }) => (groups.get(group) ?? 0) > 0);
      return first ? [first.path, groups.get(first.group) ?? 0] : null;
    };
    const output: [string, number] | null = value.path === null ? null : [value.path, value.elements];
    const [node, elements] = output ?? changed(value.gradients) ?? changed(value.statistics) ?? [null, 0];
    const name = layers.find(({ path }) => path === node)?.layer.name ?? null;
    return { step: step.index, loss: value.loss, node, name, elements };
  }

  async gradients(step: Step): Promise<StepGradients> {
    await this.#ready();
    const to = this.#session.folder.file('gradients.safetensors');
    const { fields, payload } = this.#oneStep(step);
    const { value } = await this.#ask('gradients', answers.gradientsSchema, { fields: { ...fields, to }, payload });
    return { loss: value.loss ?? NaN, gradients: this.#session.twins.gradients(this.#taken(to)) };
  }

  reconfigure(patch: Partial<Pick<OpenOptions, 'ratioEvery' | 'telemetry'>>): void {
    Object.assign(this.#options, patch);
  }

  snapshot(): Promise<Snapshot> {
    this.#refuseClosed();
    const state = this.#state();
    state.catch(() => undefined);
    return Promise.resolve(snapshotOf(async () => tensorsOf(this.#entries(await state, () => undefined))));
  }

  async load(path: string, { partial }: { partial: boolean }): Promise<Loaded> {
    await this.#ready();
    // Of a tensor that is made of several of ours, the file may have only some.
    const ours: OurTensors = partial ? await this.#state() : new Map<string, Values>();
    const taken: OurTensors = new Map();
    const loaded = loadCheckpoint(
      path,
      this.#entries(ours, (name, values) => taken.set(name, values)),
      partial,
    );
    if (taken.size === 0) return loaded;
    const from = this.#session.folder.file('load.safetensors');
    const tensors = this.#session.twins.toTheirs(new Map([...ours, ...taken]));
    writeSafetensors(passingFiles, from, { metadata: {}, tensors });
    await this.#ask('load', answers.nothingSchema, { fields: { from } });
    diskFiles.remove(from);
    return loaded;
  }

  /** All that the process holds when it comes to it. */
  async #state(): Promise<OurTensors> {
    const to = this.#session.folder.file(`state${this.#states}.safetensors`);
    this.#states += 1;
    await this.#ask('save', answers.nothingSchema, { fields: { to } });
    return this.#session.twins.toOurs(this.#taken(to));
  }

  #entries(
    ours: OurTensors,
    take: (name: string, values: { shape: readonly number[]; data: Float32Array }) => unknown,
  ): CheckpointEntry[] {
    return this.#session.twins.entries.map(({ name, shape }) => ({
      name,
      shape,
      read: () => {
        const values = ours.get(name);
        if (!values) throw new Error(`the engine "pytorch" saved no ${name}`);
        return values.data;
      },
      take: (data) => void take(name, { shape, data }),
    }));
  }

  /** The process looks through all that it holds, which takes it a while. */
  async memory(): Promise<{ tensors: number; bytes: number }> {
    if (this.#closed) return { tensors: 0, bytes: 0 };
    await this.#ready();
    return (await this.#session.process.ask('memory', answers.memorySchema)).value;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#queue.idle();
    this.#closed = true;
    await this.#session.process.close();
    await this.#session.folder.remove();
  }

  #oneStep(step: Step): Request {
    return { fields: { step: stepFields(step) }, payload: stepsPayload([step], this.#options.controls) };
  }

  #ask<Value>(kind: string, schema: z.ZodType<Value>, request: Request): Promise<Answer<Value>> {
    return this.#session.process.ask(kind, schema, request);
  }

  /** What the process wrote into a file of the folder, which is not needed after that. */
  #taken(file: string): ReadonlyMap<string, StoredTensor> {
    const { tensors } = readSafetensors(diskFiles, file);
    diskFiles.remove(file);
    return tensors;
  }

  async #ready(): Promise<void> {
    await this.#queue.idle();
    this.#refuseClosed();
  }

  #refuseClosed(): void {
    if (this.#closed) throw new Error('the runner is closed');
  }
}

function bytesOf(values: Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
