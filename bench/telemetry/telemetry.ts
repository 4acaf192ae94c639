/**
 * What a run costs beyond training itself: the product's whole run (loop, norms and ratios of every layer, log, events,
 * checkpoints) against the bare loop, on every sample design. Both must come to the same losses.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startChildSide, type ChildSide } from '../childSide';
import { compareSides, report, type Comparison } from '../measure';
import { taskVariable, type Greeting, type SideTask } from './side';

const folder = join(__dirname, '..', '..', 'assets', 'designs');
/** A sample of each side trains about this long, in whole epochs and never longer than the design says. */
const sampleMilliseconds = 4000;
/** Above this a step is long enough for the bound to hold. */
const boundFrom = 5;
const bound = 1.05;

async function compare(name: string): Promise<Comparison> {
  const epoch = await startSide({ side: 'bare', design: name, epochs: 1 });
  const once = await epoch.sample();
  epoch.close();
  const epochs = Math.max(1, Math.min(epochsOf(name), Math.ceil(sampleMilliseconds / once)));
  const sides = [
    await startSide({ side: 'bare', design: name, epochs }),
    await startSide({ side: 'whole', design: name, epochs }),
  ] as const;
  const [reference, candidate] = sides;
  try {
    const { steps, losses } = greetingOf(reference);
    refuseDifferent(losses, greetingOf(candidate).losses);
    const bounded = name === 'digits-cnn' || once / greetingOf(epoch).steps > boundFrom;
    return await compareSides({
      what: `${name}, ${steps} steps`,
      reference,
      candidate,
      pairs: 7,
      ...(bounded ? { bound } : {}),
    });
  } finally {
    for (const side of sides) side.close();
  }
}

function startSide(task: SideTask): Promise<ChildSide> {
  process.env[taskVariable] = JSON.stringify(task);
  return startChildSide(task.side === 'bare' ? 'bare loop' : 'whole run', join(__dirname, 'side.ts'));
}

function greetingOf({ greeting }: ChildSide): Greeting {
  return greeting as Greeting;
}

/** Where the sides did not train alike, their times say nothing. */
function refuseDifferent(bare: readonly number[], whole: readonly number[]): void {
  const alike = bare.every((loss, at) => Math.abs(loss / (whole[at] ?? NaN) - 1) < 1e-5);
  if (!alike) throw new Error(`the sides train differently: ${bare.join(' ')} and ${whole.join(' ')}`);
}

function epochsOf(name: string): number {
  const design = JSON.parse(readFileSync(join(folder, `${name}.netloom`), 'utf8')) as { training: { epochs: number } };
  return design.training.epochs;
}

async function main(): Promise<void> {
  const named = process.argv.slice(2);
  const names = readdirSync(folder).map((file) => file.replace('.netloom', ''));
  const comparisons: Comparison[] = [];
  for (const name of named.length > 0 ? named : names) comparisons.push(await compare(name));
  report(comparisons);
}

void main();
