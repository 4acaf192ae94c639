/**
 * The log of 5,000 steps a second with 10 and with 300 layers, from the fake engine: bytes and CPU time, published, and
 * the columns of layers held to 1 MB/s. Ten seconds each; steps are paced, so that the rate is what it says.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { designOf } from '../../electron/services/designs/openDesign';
import { compileDesign } from '../../electron/services/designs/compileDesign';
import { diskFiles } from '../../electron/files/fileSystem';
import { openLogReader } from '../../electron/files/logReader';
import { openLogWriter } from '../../electron/files/logWriter';
import { createFakeEngine } from '../../electron/trainer/engines/fake/fakeEngine';
import { standardControls, type Runner, type Step } from '../../electron/trainer/engines/engine';
import type { CheckedProgram } from '../../shared/ir/program';
import type { MetricColumns } from '../../shared/training/events';
import { smallDesign } from '../../test/drivers/smallDesign';

const stepsPerSecond = 5000;
const seconds = 10;
const perSubmission = 500;
const bound = 1e6;

interface Measured {
  layers: number;
  steps: number;
  seconds: number;
  bytesPerSecond: number;
  layerBytesPerSecond: number;
  /** CPU time of the log for each second of training: the share of one core. */
  cpuShare: number;
}

async function columnsOf(program: CheckedProgram): Promise<{ runner: Runner; next: () => Promise<MetricColumns> }> {
  const data = { count: () => 32, read: () => Promise.resolve(new Float32Array(0)) };
  const options = { data, controls: standardControls, ratioEvery: 10, telemetry: true };
  const runner = await createFakeEngine({}).open(program, options);
  const batch = Uint32Array.from({ length: 32 }, (_, index) => index);
  let index = 0;
  const next = async (): Promise<MetricColumns> => {
    const steps = Array.from({ length: perSubmission }, (): Step => {
      const step = { index, microBatches: [batch], controls: Float32Array.of(1e-6, 0, index + 1) };
      index += 1;
      return step;
    });
    return (await runner.submit(steps, { aborted: false })).columns;
  };
  return { runner, next };
}

async function measure(layers: number): Promise<Measured> {
  const program = compileDesign(designOf(smallDesign({ epochs: 1000 }, layers - 1), 'the bench'), null);
  const { runner, next } = await columnsOf(program);
  const folder = mkdtempSync(join(tmpdir(), 'netloom-bench-log-'));
  const file = join(folder, 'metrics.log');
  try {
    const log = openLogWriter(diskFiles, file);
    let cpu = 0;
    const began = performance.now();
    const submissions = (stepsPerSecond * seconds) / perSubmission;
    for (let turn = 0; turn < submissions; turn += 1) {
      const columns = await next();
      const before = process.cpuUsage();
      log.columns(columns);
      log.flush();
      const used = process.cpuUsage(before);
      cpu += (used.user + used.system) / 1e6;
      const due = began + ((turn + 1) * perSubmission * 1000) / stepsPerSecond;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    }
    const spent = (performance.now() - began) / 1000;
    await log.close();
    const layerBytes = layerBytesOf(file);
    return {
      layers: runner.groups.length,
      steps: submissions * perSubmission,
      seconds: spent,
      bytesPerSecond: statSync(file).size / spent,
      layerBytesPerSecond: layerBytes / spent,
      cpuShare: cpu / spent,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes of the records that hold columns of layers. */
function layerBytesOf(file: string): number {
  let bytes = 0;
  openLogReader(diskFiles, file).read((record) => {
    if (record.kind === 'layers') {
      const { gradientNorms, updateRatios } = record.block;
      bytes += 4 * (gradientNorms.length + updateRatios.filter((value) => !Number.isNaN(value)).length);
    }
    if (record.kind === 'layerBucket') bytes += 4 * 6 * record.bucket.gradientNorms.mean.length;
  });
  return bytes;
}

async function main(): Promise<void> {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`);
  const results: Measured[] = [];
  for (const layers of [10, 300]) results.push(await measure(layers));
  for (const { layers, steps, bytesPerSecond, layerBytesPerSecond, cpuShare, seconds: spent } of results) {
    const rate = (steps / spent).toFixed(0);
    const mega = (value: number): string => (value / 1e6).toFixed(3);
    const verdict = layerBytesPerSecond <= bound ? 'within' : 'exceeded';
    console.log(
      `${layers} layers, ${rate} steps/s: ${mega(bytesPerSecond)} MB/s in all, ${mega(layerBytesPerSecond)} MB/s of layer ` +
        `columns (at most 1: ${verdict}), ${(100 * cpuShare).toFixed(2)} % of one core`,
    );
  }
  console.log(JSON.stringify({ bench: 'log', results }));
  const slow = results.filter(({ steps, seconds: spent }) => steps / spent < 0.95 * stepsPerSecond);
  if (slow.length > 0) console.log('Inconclusive: this machine did not come to 5,000 steps a second.');
  if (slow.length > 0 || results.some(({ layerBytesPerSecond }) => layerBytesPerSecond > bound)) process.exitCode = 1;
}

void main();
