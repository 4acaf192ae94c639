/** One side of the telemetry bench in a process of its own: what one side leaves in memory must not slow the other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileDesign } from '../../electron/services/designs/compileDesign';
import { designOf } from '../../electron/services/designs/openDesign';
import type { AvailableEngine } from '../../electron/trainer/engines/engines';
import type { BackendName } from '../../electron/trainer/engines/tfjs/backend';
import { stepsPerEpoch } from '../../electron/trainer/loop/epochBatches';
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

/** The design of a side with its data. No early stopping: both sides train all epochs. */
export async function prepared(task: SideTask): Promise<{ document: Json; data: BenchData; stepsPerEpoch: number }> {
  const file = join(__dirname, '..', '..', 'assets', 'designs', `${task.design}.netloom`);
  const design = JSON.parse(readFileSync(file, 'utf8')) as { training: object; data: { source: string } };
  const training = { ...design.training, epochs: task.epochs, earlyStopping: null };
  const document = { ...design, training };
  const data = await benchData(design.data, madeUpSamples);
  const opened = data.open();
  const { training: plan } = judgedProgram(compileDesign(designOf(document, task.design), opened.info));
  const steps = stepsPerEpoch(opened.count('train'), plan);
  opened.close();
  return { document, data, stepsPerEpoch: steps };
}

async function answer(task: SideTask): Promise<void> {
  const { document, data, stepsPerEpoch: perEpoch } = await prepared(task);
  process.once('disconnect', () => data.remove());
  const train = task.side === 'bare' ? bare(task, document, data) : () => trainWhole(document, data.open, task);
  const { milliseconds, losses } = await train();
  const steps = perEpoch * task.epochs;
  answerSamples({ milliseconds, steps, losses } satisfies Greeting, async () => (await train()).milliseconds);
}

function bare({ engine = 'wasm' }: SideTask, document: Json, data: BenchData): () => ReturnType<typeof trainBare> {
  const opened = data.open();
  const program = judgedProgram(compileDesign(designOf(document, 'the design'), opened.info));
  return () => trainBare(program, opened, engine as BackendName);
}

const asked = process.env[taskVariable];
if (asked !== undefined && process.send) void answer(JSON.parse(asked) as SideTask);
