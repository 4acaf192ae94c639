/** A process of its own that writes a run's log until it is killed, or reads one while it grows; bundled by the tests. */
import { writeSync } from 'node:fs';
import { diskFiles } from '../../../electron/files/fileSystem';
import { openLogReader } from '../../../electron/files/logReader';
import { openLogWriter } from '../../../electron/files/logWriter';
import { foldRunHistory, readRunHistory } from '../../../electron/files/runHistory';
import { columnsOf, lossAt, startedEvent } from './runColumns';

const say = (value: unknown): void => void writeSync(1, `${JSON.stringify(value)}\n`);

/** Resumes the run in `file`, and says after each flush how many steps it has handed over. */
async function write(file: string, steps: number): Promise<void> {
  const log = openLogWriter(diskFiles, file, { syncEveryMs: 3 });
  let step = readRunHistory(diskFiles, file, { layers: false }).history.scalars.steps;
  log.event(startedEvent(step));
  for (const end = step + steps; step < end;) {
    const count = Math.min(end - step, 1 + (step % 7));
    log.columns(columnsOf(step, count));
    log.flush();
    step += count;
    say({ flushed: step });
    // Lets the timer come in between, as a training loop does.
    if (step % 64 < 7) await new Promise((resolve) => setImmediate(resolve));
  }
  log.event({ event: 'state', state: 'finished', step });
  await log.close();
}

/** Reads on until the run has finished; says how often it read and whether every value was right. */
async function follow(file: string): Promise<void> {
  const reader = openLogReader(diskFiles, file);
  writeSync(1, 'following\n');
  const history = foldRunHistory();
  let reads = 0;
  let growths = 0;
  let wrong = 0;
  while (!history.events.some((event) => event.event === 'state')) {
    const before = history.scalars.steps;
    reader.read((record) => history.add(record));
    const loss = history.scalars.column('loss') ?? new Float32Array(0);
    for (let step = before; step < loss.length; step += 1) if (loss[step] !== lossAt(step)) wrong += 1;
    if (loss.length > before) growths += 1;
    reads += 1;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  say({ steps: history.scalars.steps, layerSteps: history.layers.steps, reads, growths, wrong });
}

const [task, file = '', steps = '0'] = process.argv.slice(2);
void (task === 'write' ? write(file, Number(steps)) : follow(file));
