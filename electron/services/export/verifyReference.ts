/** Our side of a verification: asks the trainer what its engine makes of the samples, without dropout. */
import { join } from 'node:path';
import type { Design } from '../../../shared/design/schema';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import type { CheckedProgram } from '../../../shared/ir/program';
import type { Json } from '../../../shared/messages/define';
import { diskFiles } from '../../files/fileSystem';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../../files/safetensors';
import type { TrainerHost } from '../training/trainerHost';
import type { WeightValues } from './exportValues';
import { asStored } from './targetTensors';
import { batches, batchSize, type FieldSamples } from './verifySamples';

export interface Verification {
  design: Design;
  program: CheckedProgram;
  info: DataInfo;
  samples: FieldSamples;
  /** As exported, and moved. */
  exported: WeightValues;
  moved: WeightValues;
}

/** Everything by the names of the `reference` request. */
export type Reference = ReadonlyMap<string, StoredTensor>;

/** Whether there is something to learn and to learn from: else there are outputs alone. */
export function canTrain({ heads, totals }: CheckedProgram): boolean {
  return totals.trainable > 0 && heads.length > 0 && heads.every(({ target }) => target !== null);
}

export function rateOf({ training }: CheckedProgram): number {
  return Number(training.optimizer.params.learningRate);
}

export async function askReference(host: TrainerHost, verification: Verification, folder: string): Promise<Reference> {
  const { design, program, info, samples, exported, moved } = verification;
  const keep = (name: string, tensors: ReadonlyMap<string, StoredTensor>): string => {
    const file = join(folder, name);
    writeSafetensors(diskFiles, file, { metadata: {}, tensors });
    return file;
  };
  const weights = (values: WeightValues): Map<string, StoredTensor> =>
    new Map([...values].map(([key, value]) => [`weights/${key}`, asStored(value)]));
  const to = join(folder, 'reference.safetensors');
  await host.request('reference', {
    design: withoutDropout(design),
    data: plainInfo(info),
    engine: 'wasm',
    weights: [keep('exported.safetensors', weights(exported)), keep('moved.safetensors', weights(moved))],
    samples: keep('samples.safetensors', samples),
    batchSize,
    batches: canTrain(program) ? batches : 0,
    learningRate: rateOf(program),
    clipNorm: program.training.clipNorm ?? 0,
    to,
  });
  return readSafetensors(diskFiles, to).tensors;
}

/** Masks are drawn by other generators on other libraries: both sides compute without them. */
export const dropoutRates: Readonly<Record<string, string>> = { Dropout: 'rate', MultiHeadAttention: 'dropout' };

export function withoutDropout(design: Design): Json {
  const plain = JSON.parse(JSON.stringify(design)) as Json;
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const { layer } = value;
    const rate = typeof layer === 'string' ? dropoutRates[layer] : undefined;
    const all = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, visit(each)]));
    return rate === undefined ? all : { ...all, params: { ...(all.params as object), [rate]: 0 } };
  };
  return visit(plain);
}

function plainInfo({ fields, counts }: DataInfo) {
  return {
    counts: { ...counts },
    fields: fields.map(({ name, shape, dtype, classes, range }) => ({
      ...{ name, shape: [...shape], dtype },
      ...(classes && { classes: [...classes] }),
      ...(range && { range: [range[0], range[1]] as [number, number] }),
    })),
  };
}
