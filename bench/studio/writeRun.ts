/** A finished run of any length in a home folder, with a log as the trainer writes it and one outlier in its loss. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyDesign } from '../../shared/design/schema';
import type { Json } from '../../shared/messages/define';
import { dataConfigSchema, trainingConfigSchema } from '../../shared/training/config';
import type { MetricColumns } from '../../shared/training/events';
import { diskFiles } from '../../electron/files/fileSystem';
import { openLogWriter } from '../../electron/files/logWriter';
import { runsFolder } from '../../electron/files/home';
import { logFile, runFolder } from '../../electron/services/runs/runFolder';
import { writeRunRecord } from '../../electron/services/runs/runRecord';
import { ownFolder } from '../../test/e2e/support/stage';

const design = join(__dirname, '..', '..', 'assets', 'designs', 'digits-cnn.netloom');
const scalarNames = ['loss', 'accuracy', 'learningRate', 'gradientNorm'];
const groupNames = ['conv1', 'conv2', 'dense', 'out'];
const together = 1000;
/** Everywhere else the loss stays below 3. */
export const outlier = 100;

export async function writeRun(home: string, id: string, steps: number): Promise<void> {
  ownFolder(runsFolder(home));
  const folder = ownFolder(runFolder(home, id));
  writeRunRecord(diskFiles, folder, {
    ...{ version: 1, id, created: '2026-01-01T00:00:00.000Z', name: `${steps} steps`, designFile: null },
    design: (JSON.parse(readFileSync(design, 'utf8')) ?? emptyDesign('')) as Json,
    training: trainingConfigSchema.parse({}),
    data: dataConfigSchema.parse({ source: 'digits' }),
    ...{ dataHash: 'none', seed: 0, engine: { id: 'fake', device: null, versions: {} }, ratioEvery: 10 },
    environment: { netloom: '0', node: '0', platform: 'none', processor: 'none', cores: 1, memory: 1 },
    parameters: { trainable: 1000, nonTrainable: 0 },
  });
  const log = openLogWriter(diskFiles, logFile(folder), { syncEveryMs: 0, layerBytesPerSecond: Infinity });
  log.event({
    ...{ event: 'started', run: id, engine: 'fake', step: 0, epoch: 0, stepsPerEpoch: steps, epochs: 1 },
    groups: groupNames.map((path) => ({ path, name: path, layer: 'Dense', elements: 100 })),
    ...{ scalarNames, ratioEvery: 10, resumed: false },
  });
  for (let first = 0; first < steps; first += together) {
    log.columns(columnsFrom(first, steps));
    log.flush();
  }
  log.event({
    event: 'done',
    result: {
      ...{ state: 'finished', reason: null, epochs: 1, steps, bestEpoch: null },
      ...{ train: null, validation: null, test: null, notFinite: null, seconds: steps / 5000 },
    },
  });
  await log.close();
}

function columnsFrom(firstStep: number, steps: number): MetricColumns {
  const scalars = new Float32Array(together * scalarNames.length);
  const gradientNorms = new Float32Array(together * groupNames.length);
  for (let at = 0; at < together; at++) {
    const step = firstStep + at;
    // The same picture at any length: a decay over the whole run, and noise that repeats.
    const noise = ((step * 7919) % 1009) / 1009;
    const loss = step === Math.floor(steps * 0.6543) ? outlier : 2 * Math.exp((-3 * step) / steps) + 0.5 * noise;
    scalars.set([loss, step / steps, 0.001, 1], at * scalarNames.length);
    for (let group = 0; group < groupNames.length; group++)
      gradientNorms[at * groupNames.length + group] = Math.exp((-4 * step) / steps - group + noise);
  }
  const updateRatios = new Float32Array(gradientNorms.length).fill(NaN);
  return { firstStep, steps: together, scalarNames, scalars, groupNames, gradientNorms, updateRatios };
}
