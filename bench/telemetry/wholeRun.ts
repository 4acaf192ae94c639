/** A run as the product makes it, in this process: the real trainer with its loop, telemetry, log, events and checkpoints. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles } from '../../electron/files/fileSystem';
import { compileDesign } from '../../electron/services/designs/compileDesign';
import { designOf } from '../../electron/services/designs/openDesign';
import type { OpenedData } from '../../electron/services/data/openData';
import type { Engine, Runner } from '../../electron/trainer/engines/engine';
import { loadEngine, type AvailableEngine } from '../../electron/trainer/engines/engines';
import { judgedProgram } from '../../electron/trainer/judgedProgram';
import { startRun } from '../../electron/trainer/startRun';
import type { TrainerDependencies } from '../../electron/trainer/trainerDependencies';
import type { Json } from '../../shared/messages/define';
import type { RunEvent } from '../../shared/training/events';

/**
 * From the event "started" to the last judgement, which ends the work of every side; `losses` are of the validation part
 * after every epoch. `opened` is handed the runner.
 */
export async function trainWhole(
  design: Json,
  open: () => OpenedData,
  { engine = 'wasm', opened = () => undefined }: { engine?: AvailableEngine; opened?: (runner: Runner) => void } = {},
): Promise<{ milliseconds: number; losses: number[] }> {
  const home = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  const dependencies: TrainerDependencies = {
    engineIds: [engine],
    loadEngine: async () => openedBy(await loadEngine(engine), opened),
    compile: (document, data) => judgedProgram(compileDesign(designOf(document, 'the design'), data)),
    openData: open,
    files: diskFiles,
    now: () => performance.now(),
  };
  let began = NaN;
  let ended = NaN;
  const losses: number[] = [];
  const watcher = {
    event: (event: RunEvent): void => {
      if (event.event === 'started') began = performance.now();
      if (event.event === 'evaluation') ended = performance.now();
      if (event.event === 'epoch') losses.push(event.summary.validation?.loss ?? NaN);
    },
    frame: (): void => undefined,
  };
  const data = open();
  data.close();
  const request = {
    ...{ home, design, designFile: null, engine },
    data: { folder: 'prepared', hash: data.hash },
    options: { submission: null, thin: false },
  };
  try {
    const session = await startRun(request, watcher, dependencies);
    const result = await session.result;
    if (result.state !== 'finished') throw new Error(result.reason ?? result.state);
    return { milliseconds: ended - began, losses };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function openedBy(engine: Engine, opened: (runner: Runner) => void): Engine {
  return {
    ...engine,
    open: async (program, options) => {
      const runner = await engine.open(program, options);
      opened(runner);
      return runner;
    },
  };
}
