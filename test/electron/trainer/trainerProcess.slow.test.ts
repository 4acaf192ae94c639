/** The trainer as a process: told by messages, killed by anybody, orphaned; nothing that was kept is lost. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../../electron/services/runs/readRun';
import { isAlive } from '../../../electron/services/runs/processStart';
import { openTrainer } from '../../../electron/services/training/trainerHost';
import { buildOnce } from '../../drivers/buildOnce';
import { smallDesign } from '../../drivers/smallDesign';
import { temporaryHome } from '../../drivers/temporaryHome';
import { lossesOf, resumeProcess, spawnTrainer, startProcess } from '../../drivers/training';

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a trainer process', () => {
  it('trains a run and tells it in order, ending with the result; then it is gone', async () => {
    const { training, ended } = await startProcess(temporaryHome(), smallDesign());
    const events = await ended;
    expect(events[0]).toMatchObject({ event: 'started', run: training.run, engine: 'fake' });
    expect(events[events.length - 1]).toMatchObject({ event: 'done', result: { state: 'finished', epochs: 3 } });
    expect((await training.result).test?.loss).toBeGreaterThan(0);
    expect(isAlive(training.pid as number)).toBe(false);
    expect(readRun(training.run, training.folder, { layers: false }).state).toBe('finished');
  });

  it('tells steps in frames of Float32 columns, numbered without a gap, that cover every step once', async () => {
    const { training, ended } = await startProcess(temporaryHome(), smallDesign({ epochs: 40 }));
    const frames = (await ended).flatMap((event) => (event.event === 'metrics' ? [event.frame] : []));
    expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, index) => index));
    let next = 0;
    for (const { firstStep, steps } of frames) {
      expect(firstStep).toBe(next);
      next += steps;
    }
    expect(next).toBe((await training.result).steps);
    expect(frames[0]?.scalars).toBeInstanceOf(Float32Array);
    const last = frames[frames.length - 1];
    expect(last?.scalars[last.scalars.length - 4]).toBe(lossesOf(training)[next - 1]);
  });

  it('pauses and goes on', async () => {
    const story = await startProcess(temporaryHome(), smallDesign(), { faults: { stepMilliseconds: 3 } });
    await story.training.pause();
    expect(readRun(story.training.run, story.training.folder, { layers: false }).state).toBe('paused');
    await story.training.continue();
    expect((await story.training.result).state).toBe('finished');
  });

  it('dies with a crash of its engine, which is an event with a reason, and the run can be resumed', async () => {
    const reference = await startProcess(temporaryHome(), smallDesign());
    await reference.ended;
    const home = temporaryHome();
    const story = await startProcess(home, smallDesign(), { faults: { crashAt: 40 } });
    const events = await story.ended;
    expect(events[events.length - 1]).toMatchObject({ event: 'lost', reason: 'signal SIGKILL.' });
    await expect(story.training.result).rejects.toMatchObject({ code: 'trainer-lost' });
    expect(readRun(story.training.run, story.training.folder, { layers: false }).state).toBe('interrupted');
    const resumed = await resumeProcess(home, story.training.run);
    expect((await resumed.training.result).state).toBe('finished');
    expect(lossesOf(resumed.training)).toEqual(lossesOf(reference.training));
  });

  it('ends at once at the second stop, and the last checkpoint is what the run goes on from', async () => {
    const home = temporaryHome();
    // A chunk that lasts: the first stop cannot end before it does.
    const story = await startProcess(home, smallDesign(), { faults: { chunkMilliseconds: 60_000 } });
    await until(() => lossesOf(story.training).length === 19);
    story.training.stop();
    story.training.stop();
    const events = await story.ended;
    expect(events[events.length - 1]).toMatchObject({ event: 'lost' });
    expect(isAlive(story.training.pid as number)).toBe(false);
    const resumed = await resumeProcess(home, story.training.run);
    expect((await resumed.training.result).state).toBe('finished');
  });

  it('refuses a second run, a message that is none, and a request with the wrong payload, and lives on', async () => {
    const host = await openTrainer(await spawnTrainer());
    try {
      await expect(host.request('pause', {})).rejects.toMatchObject({ code: 'run-unknown' });
      const junk = { engines: 'all' } as unknown as { engines: null };
      await expect(host.request('probe', junk)).rejects.toMatchObject({ code: 'message-invalid' });
      const { engines } = await host.request('probe', { engines: ['fake'] });
      expect(engines).toMatchObject([{ id: 'fake', probe: { available: true } }]);
      await expect(host.request('probe', { engines: ['tensorfow'] })).rejects.toMatchObject({ code: 'engine-unknown' });
    } finally {
      await host.close();
    }
  });

  it('does not outlive a parent that was killed: it writes its last checkpoint and goes', async () => {
    const home = temporaryHome();
    const script = join(home, 'parent.cjs');
    // A parent that starts the trainer, begins a run that would last for hours, and says who they are.
    writeFileSync(
      script,
      `const { fork } = require('node:child_process');
       const child = fork(${JSON.stringify(await buildOnce('trainer'))}, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
       child.on('message', (message) => {
         if (message.event === 'ready') child.send({ call: 1, name: 'start', payload: JSON.parse(process.argv[2]) });
         if (message.reply === 1) console.log(JSON.stringify({ pid: child.pid, ...message.value, ...message.failure }));
       });
       setInterval(() => undefined, 1000);`,
    );
    const data = await preparedSpirals(home);
    const request = { home, design: smallDesign({ epochs: 100_000 }), designFile: null, engine: 'fake', data };
    const parent = spawn(process.execPath, [script, JSON.stringify(request)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const told = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (text: Buffer) => resolve(String(text))),
    );
    const { pid, run, folder } = JSON.parse(told) as { pid: number; run: string; folder: string };
    await until(() => lossesOf({ run, folder }).length > 100);
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid));
    const { state, result } = readRun(run, folder, { layers: false });
    expect(state).toBe('stopped');
    expect(lossesOf({ run, folder })).toHaveLength(result?.steps ?? -1);
  });
});

async function preparedSpirals(home: string): Promise<{ folder: string; hash: string }> {
  const { prepareHere } = await import('../../../electron/services/data/prepareHere');
  const places = { home, folder: home, assets: join(__dirname, '..', '..', '..', 'assets'), mirror: null };
  const { folder, hash } = await prepareHere({ source: 'spirals' }, places);
  return { folder, hash };
}
