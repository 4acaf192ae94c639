/** How long a step takes on an engine: ordinary steps on the real data, two submissions in flight, warm-up left out. */
import { performance } from 'node:perf_hooks';
import type { Handlers } from '../../shared/ipc/define';
import type { TrainerContract } from '../../shared/ipc/trainer';
import { ServiceProblem } from '../services/serviceProblem';
import type { Step, Submitted } from './engines/engine';
import { epochBatches, stepsPerEpoch, type EpochBatches } from './loop/epochBatches';
import { stepControls } from './loop/stepControls';
import { createSubmissionSizer } from './loop/submissionSizer';
import { openProgram, type OpenedProgram } from './openProgram';
import type { TrainerDependencies } from './trainerDependencies';

type Measuring = Pick<Handlers<TrainerContract>, 'warm' | 'measure'>;

/** `warm` opens an engine, which may take long; `measure` then times it. Nothing is written anywhere. */
export function measuring(dependencies: TrainerDependencies): Measuring {
  let warmed: OpenedProgram | null = null;
  return {
    async warm({ design, data, engine }) {
      await warmed?.runner.close();
      warmed?.data.close();
      warmed = null;
      const request = { design, dataFolder: data.folder, dataHash: data.hash, engine, ratioEvery: 0 };
      warmed = await openProgram(request, dependencies);
      const { device, versions, accelerated } = warmed.probe;
      return { device, versions, accelerated };
    },
    measure({ seconds }) {
      if (warmed) return measureSteps(warmed, seconds);
      throw new ServiceProblem('message-invalid', 'No engine is open to be measured.');
    },
  };
}

type Opened = Pick<OpenedProgram, 'program' | 'runner'> & { data: Pick<OpenedProgram['data'], 'count'> };

const warmUps = 2;

/**
 * The median over submissions, for about `seconds`, and at least one step. Throws `ServiceProblem` engine-failed where a
 * step cannot be done.
 */
export async function measureSteps(
  { program, data, runner }: Opened,
  seconds: number,
  now: () => number = () => performance.now(),
): Promise<{ milliseconds: number; steps: number }> {
  const nextSteps = stepsInOrder(program, data.count('train'));
  const limit = seconds * 1000;
  const submit = (count: number): Promise<Submitted> => runner.submit(nextSteps(count), { aborted: false });
  const begun = now();
  for (let done = 0; done < warmUps && (done === 0 || now() - begun < limit); done += 1)
    refuseEarlyEnd(await submit(1));
  // A step that takes longer than all the time there is needs no second one beside it.
  const width = now() - begun < limit ? 2 : 1;
  const sizer = createSubmissionSizer(runner.scalarNames.length + 2 * runner.groups.length, null);
  const inFlight: { steps: number; submitted: Promise<Submitted> }[] = [];
  const times: number[] = [];
  let steps = 0;
  const from = now();
  let turn = from;
  for (;;) {
    while (inFlight.length < width && (steps + inFlight.length === 0 || now() - from < limit)) {
      const size = sizer.next();
      const submitted = submit(size);
      // Where the engine dies, the first of two says so.
      submitted.catch(() => undefined);
      inFlight.push({ steps: size, submitted });
    }
    const oldest = inFlight.shift();
    if (!oldest) return { milliseconds: median(times), steps };
    refuseEarlyEnd(await oldest.submitted);
    const spent = now() - turn;
    turn = now();
    times.push(spent / oldest.steps);
    steps += oldest.steps;
    sizer.measured(oldest.steps, spent);
  }
}

/** As training takes them, epoch after epoch. */
function stepsInOrder({ training: plan }: Opened['program'], samples: number): (count: number) => Step[] {
  const perEpoch = stepsPerEpoch(samples, plan);
  if (perEpoch === 0) throw new ServiceProblem('engine-failed', 'The training part of the data is empty.');
  let epoch: { number: number; batches: EpochBatches } | null = null;
  let index = 0;
  const next = (): Step => {
    const number = Math.floor(index / perEpoch);
    if (epoch?.number !== number) epoch = { number, batches: epochBatches(samples, plan, number) };
    const microBatches = epoch.batches.microBatches(index % perEpoch);
    const controls = stepControls(plan, { step: index, stepsPerEpoch: perEpoch, history: [] });
    index += 1;
    return { index: index - 1, microBatches, controls };
  };
  return (count) => Array.from({ length: count }, next);
}

function refuseEarlyEnd({ reason, largestBatch }: Submitted): void {
  if (reason === undefined) return;
  if (reason === 'out of memory') {
    const fits = largestBatch === undefined ? '' : ` A batch of ${largestBatch} is likely to fit.`;
    throw new ServiceProblem('out-of-memory', `One step needs more memory than there is.${fits}`);
  }
  throw new ServiceProblem('engine-failed', `A step ended early: ${reason}.`);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
