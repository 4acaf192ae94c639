/** A run as the main process lists it, and its details; a story says only what matters to it. */
import type { RunDetails, RunListing } from '../../../shared/ipc/studio/runSchemas';

export function someRun(said: Partial<RunListing> = {}): RunListing {
  return {
    id: 'run',
    folder: `/home/runs/${said.id ?? 'run'}`,
    state: 'finished',
    name: said.id ?? 'run',
    created: '2026-11-21T09:00:00.000Z',
    engine: 'wasm',
    device: 'CPU (WebAssembly, one thread)',
    epoch: 3,
    epochs: 3,
    steps: 30,
    bestEpoch: 2,
    validation: { loss: 0.2, accuracy: 0.9 },
    test: { loss: 0.25, accuracy: 0.88 },
    seconds: 6,
    problem: null,
    ...said,
  };
}

export function someDetails(said: Partial<RunDetails> = {}): RunDetails {
  const epochs = [1, 2, 3].map((epoch) => ({
    epoch,
    step: epoch * 10,
    train: { loss: 1 / epoch, accuracy: 1 - 0.3 / epoch },
    validation: { loss: 1.2 / epoch, accuracy: 1 - 0.4 / epoch },
    learningRate: 0.001,
    seconds: epoch,
    best: epoch === 2,
  }));
  return {
    listing: someRun(),
    design: null,
    designFile: null,
    epochs,
    series: [],
    groups: [],
    layers: { firstSteps: new Float64Array(), gradientNorms: new Float32Array(), updateRatios: new Float32Array() },
    stepsPerEpoch: 10,
    classTables: [],
    warnings: [],
    problem: null,
    ...said,
  };
}
