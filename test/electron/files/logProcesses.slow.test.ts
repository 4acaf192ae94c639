/** The log between real processes: its writer killed at a hundred moments, and three readers beside a writer at work. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { diskFiles } from '../../../electron/files/fileSystem';
import { openLogWriter } from '../../../electron/files/logWriter';
import { readRunHistory } from '../../../electron/files/runHistory';
import { lossAt, normAt } from './runColumns';

const folder = mkdtempSync(join(tmpdir(), 'netloom-processes-'));
const script = join(folder, 'logProcess.cjs');

beforeAll(async () => {
  const entry = join(import.meta.dirname, 'logProcess.ts');
  await build({
    entryPoints: [entry],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node16',
  });
});

function start(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [script, ...args]);
}

/** All that a process says until it is gone, and what `onFirstWord` does to it meanwhile. */
function listen(child: ChildProcessWithoutNullStreams, onFirstWord?: () => unknown): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (data: Buffer) => {
      if (said === '') onFirstWord?.();
      said += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => reject(new Error(data.toString())));
    child.on('error', reject);
    child.on('close', () => resolve(said.split('\n').filter((line) => line.endsWith('}'))));
  });
}

/** Kills a writer some time after its first flush; returns how many steps it had flushed by its own account. */
async function killOnce(file: string, delayMs: number): Promise<number> {
  const child = start('write', file, '1000000');
  const lines = await listen(child, () => setTimeout(() => child.kill('SIGKILL'), delayMs));
  expect(child.signalCode).toBe('SIGKILL');
  return (JSON.parse(lines[lines.length - 1] as string) as { flushed: number }).flushed;
}

/** One run, killed and resumed again and again. */
async function killAgainAndAgain(file: string, delays: readonly number[]): Promise<number> {
  let known = 0;
  for (const delay of delays) {
    const flushed = await killOnce(file, delay);
    const { history, reading } = readRunHistory(diskFiles, file, { layers: false });
    expect(flushed).toBeGreaterThan(known);
    expect(history.scalars.steps).toBeGreaterThanOrEqual(flushed);
    expect(reading.validBytes).toBeGreaterThan(0);
    known = history.scalars.steps;
  }
  return known;
}

describe('a run whose process is killed', () => {
  it('has every record that was flushed, at a hundred moments', { timeout: 240_000 }, async () => {
    const delays = Array.from({ length: 50 }, (_, index) => (index * 37) % 29);
    const files = [join(folder, 'left.log'), join(folder, 'right.log')];
    const known = await Promise.all(files.map((file) => killAgainAndAgain(file, delays)));
    for (const [index, file] of files.entries()) {
      const log = openLogWriter(diskFiles, file, { syncEveryMs: 0 });
      await log.close();
      const { history, reading } = readRunHistory(diskFiles, file);
      expect(reading.torn).toBe(false);
      expect(history.scalars.steps).toBe(known[index]);
      expect(history.events).toHaveLength(50);
      expect(history.scalars.column('loss')).toEqual(
        Float32Array.from({ length: known[index] as number }, (_, step) => lossAt(step)),
      );
    }
  });
});

describe('a run that is being written', () => {
  it('is read by three readers at once, who all see every step as it was', { timeout: 120_000 }, async () => {
    const file = join(folder, 'followed.log');
    await openLogWriter(diskFiles, file, { syncEveryMs: 0 }).close();
    const steps = 40_000;
    let following = 0;
    const readers = [1, 2, 3].map(() => listen(start('follow', file), () => (following += 1)));
    await vi.waitUntil(() => following === readers.length, { timeout: 60_000 });
    await listen(start('write', file, String(steps)));
    for (const lines of await Promise.all(readers)) {
      const seen = JSON.parse(lines[0] as string) as Record<string, number>;
      expect(seen).toMatchObject({ steps, layerSteps: steps, wrong: 0 });
      expect(seen.growths).toBeGreaterThan(3);
    }
    const { history } = readRunHistory(diskFiles, file);
    expect(history.layers.series('conv1', 'gradientNorms')?.maximum[steps - 1]).toBe(normAt(steps - 1, 0));
  });
});
