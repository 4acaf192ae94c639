/**
 * What the product adds to the libraries under its engines: `pytorch` against a hand-written PyTorch loop, norms on against
 * off, `tensorflow` against a bare loop on the same backend; and, without a bound, the engines beside each other.
 * PyTorch's sides take turns within their runs; the others train whole runs.
 * NETLOOM_TEST_PYTHON names the Python with PyTorch, Keras and TensorFlow; without one, and for engines that are not
 * installed, it says so.
 * NETLOOM_BENCH_DESIGNS names samples, with commas between them, where not all are wanted, and NETLOOM_BENCH_PARTS parts:
 * pytorch, tensorflow, published.
 * PyTorch computes with one thread on both sides, unless OMP_NUM_THREADS says otherwise: with as many as there are
 * processors its threads wait for each other whenever anything else runs, and what is measured is the machine's other work.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEngine, type AvailableEngine } from '../../electron/trainer/engines/engines';
import { startChildSide, type ChildSide } from '../childSide';
import { compareSides, median, report, type Comparison, type Side } from '../measure';
import { taskVariable, type Greeting, type SideTask } from '../telemetry/side';
import { startHandWritten, startKerasFit } from './exportedScripts';
import { startProduct } from './productInTurns';

const designs = join(__dirname, '..', '..', 'assets', 'designs');
/** The samples whose data need no download. */
const names = ['digits-resnet', 'digits-cnn', 'digits-attention', 'digits-sigmoid-deep', 'digits-mlp'];
const published = 'digits-cnn';
const sampleMilliseconds = 5000;
/**
 * Pairs of turns of PyTorch in the product, more where the control is off. Against the loop a turn is as long as a sample: the
 * product begins it with nothing in flight, as a run does once, which weighs in short ones. On both sides of norms that weighs
 * the same, so there they are short, and many.
 */
const longTurns = 13;
const shortTurns = 41;
/** Pairs of whole runs where there is a bound. */
const runs = 15;
/** Short turns in a sample. */
const shorter = 5;
/** Short turns that tell how long a step is. */
const sizings = 9;
/** Epochs of a run that is ended from outside. */
const endless = 100_000;
/** Milliseconds a step from which each bound holds. */
const shortStep = 5;
const longStep = 20;
const normsBound = 1.03;
const bareBound = 1.05;

async function main(): Promise<void> {
  const named = process.env.NETLOOM_BENCH_DESIGNS;
  const wanted = named ? named.split(',') : names;
  const parts = (process.env.NETLOOM_BENCH_PARTS ?? 'pytorch,tensorflow,published').split(',');
  const comparisons: Comparison[] = [];
  const python = process.env.NETLOOM_TEST_PYTHON;
  if (python !== undefined) process.env.NETLOOM_PYTHON = python;
  process.env.OMP_NUM_THREADS ??= '1';
  if (parts.includes('pytorch') && python !== undefined && (await works('pytorch'))) {
    for (const name of wanted) comparisons.push(...(await comparePytorch(name, python)));
  }
  if (parts.includes('tensorflow') && (await works('tensorflow'))) {
    for (const name of wanted) comparisons.push(await compareTensorflow(name));
  }
  if (parts.includes('published')) comparisons.push(...(await compareEngines(['tensorflow', 'pytorch'])));
  report(comparisons);
}

/** Tells with what it works: kept beside the figures. */
async function works(engine: AvailableEngine): Promise<boolean> {
  const { available, reason, device, versions, driver, cuda } = await (await loadEngine(engine)).probe();
  if (available) console.log(JSON.stringify({ engine, device, driver, cuda, versions }));
  else console.log(`${engine} does not work here: ${reason ?? ''}`);
  return available;
}

async function comparePytorch(name: string, python: string): Promise<Comparison[]> {
  const task = { design: name, engine: 'pytorch' as const };
  const { epochs } = await sizeOf({ ...task, side: 'whole' });
  const short = Math.ceil(epochs / shorter);
  const start = async () => ({
    product: await startProduct({ ...task, side: 'whole', epochs: endless }),
    hand: await startHandWritten(documentOf(name, endless), endless, python),
  });
  let sides = await start();
  const close = async (): Promise<void> => {
    sides.hand.close();
    await sides.product.close();
  };
  const renew = async (): Promise<void> => {
    await close();
    sides = await start();
  };
  const written: Side = { name: 'hand-written', sample: () => sides.hand.train(epochs) };
  const long: Side = { name: 'product', sample: () => sides.product.train(epochs, true) };
  const without: Side = { name: 'without norms', sample: () => sides.product.train(short, false) };
  const candidate: Side = { name: 'product', sample: () => sides.product.train(short, true) };
  try {
    const tried = await inTurn(sizings, () => sides.hand.train(short));
    const step = median(tried) / (short * sides.product.stepsPerEpoch);
    const bound = step > longStep ? 1.02 : step > shortStep ? 1.05 : undefined;
    const what = (turn: number): string => `${name}, pytorch, ${step.toFixed(1)} ms a step, turns of ${turn} epochs`;
    const norms = { bound: bound && normsBound, pairs: shortTurns, renew };
    return [
      await compareSides({ what: what(epochs), reference: written, candidate: long, pairs: longTurns, bound, renew }),
      await compareSides({ what: what(short), reference: without, candidate, ...norms }),
    ];
  } finally {
    await close();
  }
}

/** One after the other. */
async function inTurn(times: number, act: () => Promise<number>): Promise<number[]> {
  const answers: number[] = [];
  while (answers.length < times) answers.push(await act());
  return answers;
}

async function compareTensorflow(name: string): Promise<Comparison> {
  const { epochs, milliseconds: step } = await sizeOf({ side: 'bare', design: name, engine: 'tensorflow' });
  const task = { design: name, epochs, engine: 'tensorflow' as const };
  const reference = await startSide('bare loop', { ...task, side: 'bare' });
  const candidate = await startSide('product', { ...task, side: 'whole' });
  const what = `${name}, tensorflow, ${step.toFixed(1)} ms a step`;
  try {
    const bound = step > shortStep ? bareBound : undefined;
    return await compareSides({ what, reference, candidate, pairs: runs, bound });
  } finally {
    reference.close();
    candidate.close();
  }
}

/** Published without a bound: which engine is faster depends on the design and the machine. */
async function compareEngines(others: readonly AvailableEngine[]): Promise<Comparison[]> {
  const { epochs, steps } = await sizeOf({ side: 'whole', design: published });
  const task = { side: 'whole' as const, design: published, epochs };
  const comparisons: Comparison[] = [];
  for (const engine of others) {
    if (!(await loadEngine(engine).then((each) => each.probe())).available) continue;
    const reference = await startSide('wasm', task);
    const candidate = await startSide(engine, { ...task, engine });
    try {
      const what = `${published}, ${steps * epochs} steps`;
      comparisons.push(await compareSides({ what, reference, candidate, pairs: 7 }));
    } finally {
      reference.close();
      candidate.close();
    }
  }
  const python = process.env.NETLOOM_TEST_PYTHON;
  if (python !== undefined) {
    const reference = await startSide('wasm', task);
    const candidate = await startKerasFit(documentOf(published, epochs), epochs, python);
    const what = `${published}, ${steps * epochs} steps`;
    comparisons.push(await compareSides({ what, reference, candidate, pairs: 7 }));
    reference.close();
    candidate.close();
  }
  return comparisons;
}

/** How many epochs make a sample of a few seconds, with the milliseconds that a step of it takes. */
async function sizeOf(
  task: Omit<SideTask, 'epochs'>,
): Promise<{ epochs: number; steps: number; milliseconds: number }> {
  const timed = async (epochs: number): Promise<{ steps: number; milliseconds: number }> => {
    const side = await startSide('size', { ...task, epochs });
    const { steps } = side.greeting as Greeting;
    const milliseconds = await side.sample();
    side.close();
    return { steps, milliseconds };
  };
  const lasting = (milliseconds: number): number => Math.max(1, Math.ceil(sampleMilliseconds / milliseconds));
  // Half of a single epoch may be what happens once, so what it says is tried.
  const tried = lasting((await timed(1)).milliseconds);
  const { steps, milliseconds } = await timed(tried);
  return { epochs: lasting(milliseconds / tried), steps: steps / tried, milliseconds: milliseconds / steps };
}

function startSide(name: string, task: SideTask): Promise<ChildSide> {
  process.env[taskVariable] = JSON.stringify(task);
  return startChildSide(name, join(__dirname, '..', 'telemetry', 'side.ts'));
}

function documentOf(name: string, epochs: number): object {
  const design = JSON.parse(readFileSync(join(designs, `${name}.netloom`), 'utf8')) as { training: object };
  return { ...design, training: { ...design.training, epochs, earlyStopping: null } };
}

void main();
