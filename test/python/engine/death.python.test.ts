/** The engine never outlives its parent, also not in the middle of a long computation. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testPython } from '../../drivers/testPython';
import { engineScript, frame } from './engineProcess';
import { sessionFolder } from './sessionFolder';
import { headerOf, payloadOf, stepsOf } from './steps';

const patience = 2000;

/** A parent that hands its own standard input on to the engine, or keeps a pipe of its own open. */
const parent = (stdin: 'inherit' | 'pipe'): string => `
const { spawn } = require('node:child_process');
const child = spawn(${JSON.stringify(testPython())}, ['-u', ${JSON.stringify(engineScript)}],
  { stdio: ['${stdin}', 'inherit', 'ignore'], env: { ...process.env, OMP_NUM_THREADS: '1' } });
if (child.stdin) process.stdin.pipe(child.stdin);
process.stderr.write(child.pid + '\\n');
setInterval(() => undefined, 1000);
`;

/** A process that ended but was not yet collected does no more harm: on Linux its state is Z. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(holds: () => boolean, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  return holds();
}

/** Starts a parent with an engine that is open and in the middle of a submission without end. */
async function inTheMiddle(stdin: 'inherit' | 'pipe'): Promise<{ kill: () => void; engine: number }> {
  const { open } = sessionFolder('images');
  const between = spawn(process.execPath, ['-e', parent(stdin)], { stdio: 'pipe' });
  let [answered, pid] = [0, ''];
  between.stdin.on('error', () => undefined);
  between.stdout.on('data', (bytes: Buffer) => (answered += bytes.length));
  between.stderr.on('data', (bytes: Buffer) => (pid += bytes.toString()));
  onTestFinished(() => {
    between.kill('SIGKILL');
    if (isAlive(Number(pid))) process.kill(Number(pid), 'SIGKILL');
  });
  between.stdin.write(frame(0, { ...open(), id: 0, request: 'open' }));
  expect(await until(() => answered > 0, 120_000), 'the session opens').toBe(true);
  // Few steps, each of which takes seconds.
  const steps = stepsOf(0, 10, 60_000);
  const header = { id: 1, request: 'submit', steps: steps.map(headerOf), telemetry: true, ratioEvery: 0 };
  const opening = answered;
  await new Promise((resolve) => between.stdin.write(frame(1, header, payloadOf(steps)), resolve));
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(answered, 'it still computes').toBe(opening);
  return { kill: () => between.kill('SIGKILL'), engine: Number(pid) };
}

describe('an engine whose parent is killed', () => {
  it('is gone within two seconds, in the middle of a submission', async () => {
    const { kill, engine } = await inTheMiddle('pipe');
    expect(isAlive(engine)).toBe(true);
    kill();
    expect(await until(() => !isAlive(engine), patience)).toBe(true);
  });

  // The pipe stays open, since this test holds its other end: only the kernel tells.
  it.runIf(process.platform === 'linux')('is gone also where its pipe stays open', async () => {
    const { kill, engine } = await inTheMiddle('inherit');
    expect(isAlive(engine)).toBe(true);
    kill();
    expect(await until(() => !isAlive(engine), patience)).toBe(true);
  });
});
