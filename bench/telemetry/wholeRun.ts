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
import type { RunSession } from '../../electron/trainer/runSession';
import { startRun } from '../../electron/trainer/startRun';
import type { TrainerDependencies } from '../../electron/trainer/trainerDependencies';
import type { Json } from '../../shared/messages/define';
import type { RunEvent } from '../../shared/training/events';

export interface WholeOptions {
  engine?: AvailableEngine;
  /** Is handed the runner. */
  opened?: (runner: Runner) => void;
  /** Is told what happens. */
  event?: (event: RunEvent) => void;
  now?: () => number;
}

/** Begins a run in a folder of its own. Its result takes the folder away. */
export async function startWhole(
  design: Json,
  open: () => OpenedData,
  { engine = 'wasm', opened = () => undefined, event = () => undefined, now = () => performance.now() }: WholeOptions,
): Promise<RunSession> {
  const home = mkdtempSync(join(tmpdir(), 'netloom-bench-'));
  const remove = (): void => rmSync(home, { recursive: true, force: true });
  const dependencies: TrainerDependencies = {
    engineIds: [engine],
    loadEngine: async () => openedBy(await loadEngine(engine), opened),
    compile: (document, data) => judgedProgram(compileDesign(designOf(document, 'the design'), data)),
    openData: open,
    files: diskFiles,
    now,
  };
  const data = open();
  data.close();
  const request = {
    ...{ home, design, designFile: null, engine },
    data: { folder: 'prepared', hash: data.hash },
    options: { submission: null, thin: false },
  };
  try {
    const session = await startRun(request, { event, frame: () => undefined }, dependencies);
    return { ...session, result: session.result.finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * From the event "started" to the last judgement, which ends the work of every side; `losses` are of the validation part
 * after every epoch.
 */
export async function trainWhole(
  design: Json,
  open: () => OpenedData,
  { engine }: Pick<WholeOptions, 'engine'> = {},
): Promise<{ milliseconds: number; losses: number[] }> {
  let began = NaN;
  let ended = NaN;
  const losses: number[] = [];
  const event = (event: RunEvent): void => {
    if (event.event === 'started') began = performance.now();
    if (event.event === 'evaluation') ended = performance.now();
    if (event.event === 'epoch') losses.push(event.summary.validation?.loss ?? NaN);
  };
  const { result } = await startWhole(design, open, { engine, event });
  const { state, reason } = await result;
  if (state !== 'finished') throw new Error(reason ?? state);
  return { milliseconds: ended - began, losses };
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
