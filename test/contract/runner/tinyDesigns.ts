/** The designs and samples that runners are tried with: small enough for milliseconds, with everything that has state. */
import type { SampleReader } from '../../../electron/files/sampleReader';
import { standardControls, type OpenOptions, type Step } from '../../../electron/trainer/engines/engine';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import type { CheckedProgram } from '../../../shared/ir/program';
import { randomStream } from '../../../shared/training/random';
import { tinyProgram, type TinyDesign, type TinyLayer } from './tinyProgram';

export const tinyData: DataInfo = {
  fields: [
    { name: 'image', shape: [4, 4, 1], dtype: 'float32' },
    { name: 'label', shape: [], dtype: 'int32', classes: ['top', 'middle', 'bottom'] },
  ],
  counts: { train: 48, validation: 48, test: 48 },
};

const metrics = ['accuracy', 'confusionMatrix'];

/** Convolution, running statistics and dropout: what makes resuming and chunking hard. */
export const classifierLayers: TinyLayer[] = [
  { id: 'in', layer: 'Input', params: { shape: [4, 4, 1], field: 'image' } },
  { id: 'conv', layer: 'Conv2D', params: { filters: 3, kernelSize: 3, padding: 'same' } },
  { id: 'norm', layer: 'BatchNorm' },
  { id: 'relu', layer: 'ReLU' },
  { id: 'flat', layer: 'Flatten' },
  { id: 'drop', layer: 'Dropout', params: { rate: 0.3 } },
  { id: 'scores', layer: 'Dense', params: { units: 3 } },
  { id: 'out', layer: 'Output', params: { target: 'label', metrics } },
];

/** No randomness and no statistics: the mean over samples is the same however they are cut. */
export const denseLayers: TinyLayer[] = [
  { id: 'in', layer: 'Input', params: { shape: [4, 4, 1], field: 'image' } },
  { id: 'flat', layer: 'Flatten' },
  { id: 'hidden', layer: 'Dense', params: { units: 6 } },
  { id: 'tanh', layer: 'Tanh' },
  { id: 'scores', layer: 'Dense', params: { units: 3 } },
  { id: 'out', layer: 'Output', params: { target: 'label', metrics } },
];

export function classifier(changes: Partial<TinyDesign> = {}): CheckedProgram {
  return tinyProgram({ layers: classifierLayers, data: tinyData, ...changes });
}

/** 48 images of 4x4 whose label is the brightest of three rows. `change` may alter one sample's image. */
export function tinySamples(change: (image: Float32Array, sample: number) => void = () => undefined): SampleReader {
  const samples = Array.from({ length: 48 }, (_, sample) => {
    const image = randomStream(9, 'tiny', sample).uniform(16);
    for (let column = 0; column < 4; column++) image[4 * (sample % 3) + column]! += 1.5;
    change(image, sample);
    return { image, label: sample % 3 };
  });
  return {
    count: () => samples.length,
    read: (field, _part, indices) => {
      const rows = [...indices].map((index) => samples[index]!);
      if (field === 'label') return Promise.resolve(Int32Array.from(rows, (row) => row.label));
      return Promise.resolve(Float32Array.from(rows.flatMap((row) => [...row.image])));
    },
  };
}

export function openOptions(changes: Partial<OpenOptions> = {}): OpenOptions {
  return { data: tinySamples(), controls: standardControls, ratioEvery: 2, telemetry: true, ...changes };
}

export interface StepChanges {
  learningRate?: number;
  clipNorm?: number;
  /** Sizes of the micro-batches of each step. */
  microBatches?: number[];
}

/** Steps `from` .. `from + count - 1`, each over the next samples in turn. */
export function tinySteps(from: number, count: number, changes: StepChanges = {}): Step[] {
  const { learningRate = 0.05, clipNorm = 0, microBatches = [8] } = changes;
  return Array.from({ length: count }, (_, at) => {
    const index = from + at;
    let next = index * 8;
    const take = (size: number): Uint32Array => Uint32Array.from({ length: size }, () => next++ % 48);
    const controls = Float32Array.of(learningRate, clipNorm, index + 1);
    return { index, microBatches: microBatches.map(take), controls };
  });
}

export function everySample(): Uint32Array {
  return Uint32Array.from({ length: 48 }, (_, index) => index);
}
