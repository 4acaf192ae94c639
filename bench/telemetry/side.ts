/** One side of the telemetry bench in a process of its own: what one side leaves in memory must not slow the other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileDesign } from '../../electron/services/designs/compileDesign';
import { designOf } from '../../electron/services/designs/openDesign';
import type { AvailableEngine } from '../../electron/trainer/engines/engines';
import type { BackendName } from '../../electron/trainer/engines/tfjs/backend';
import { judgedProgram } from '../../electron/trainer/judgedProgram';
import type { Json } from '../../shared/messages/define';
import { answerSamples } from '../childSide';
import { trainBare } from './bareLoop';
import { benchData, type BenchData } from './benchData';
import { trainWhole } from './wholeRun';

/** What the parent asks for, as JSON in the environment. */
export interface SideTask {
  side: 'bare' | 'whole';
  design: string;
  epochs: number;
  /** `wasm` where nothing is said. */
  engine?: AvailableEngine;
  /** False: without norms and ratios. */
  telemetry?: boolean;
}

/** What the side says after a first training, which also warms it up. */
export interface Greeting {
  milliseconds: number;
  steps: number;
  /** Of the validation part after every epoch. */
  losses: number[];
}

export const taskVariable = 'NETLOOM_BENCH_SIDE';
const madeUpSamples = 16_384;

/** No early stopping: both sides train all epochs. */
function designWith(task: SideTask): { document: Json; source: Parameters<typeof benchData>[0] } {
  const file = join(__dirname, '..', '..', 'assets', 'designs', `${task.design}.netloom`);
  const design = JSON.parse(readFileSync(file, 'utf8')) as { training: object; data: { source: string } };
  const training = { ...design.training, epochs: task.epochs, earlyStopping: null };
  return { document: { ...design, training }, source: design.data };
}

async function answer(task: SideTask): Promise<void> {
  const { document, source } = designWith(task);
  const data = await benchData(source, madeUpSamples);
  process.once('disconnect', () => data.remove());
  const train = task.side === 'bare' ? bare(task, document, data) : () => trainWhole(document, data.open, task);
  const { milliseconds, losses } = await train();
  const opened = data.open();
  const { training } = judgedProgram(compileDesign(designOf(document, task.design), opened.info));
  const steps = Math.ceil(opened.count('train') / (training.batchSize * training.accumulate)) * task.epochs;
  opened.close();
  answerSamples({ milliseconds, steps, losses } satisfies Greeting, async () => (await train()).milliseconds);
}

function bare({ engine = 'wasm' }: SideTask, document: Json, data: BenchData): () => ReturnType<typeof trainBare> {
  const opened = data.open();
  const program = judgedProgram(compileDesign(designOf(document, 'the design'), opened.info));
  return () => trainBare(program, opened, engine as BackendName);
}

const asked = process.env[taskVariable];
if (asked !== undefined && process.send) void answer(JSON.parse(asked) as SideTask);
