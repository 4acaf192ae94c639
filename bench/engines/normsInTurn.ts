/**
 * What norms and ratios cost, within one run of the product: they are switched off in some of its epochs, so that a machine
 * that others slow down, and where in memory a process happened to lie, fall on both sides alike.
 */
import type { Runner } from '../../electron/trainer/engines/engine';
import { compareSides, type Comparison, type Side } from '../measure';
import { prepared, type SideTask } from '../telemetry/side';
import { trainWhole } from '../telemetry/wholeRun';

const pairs = 121;
/** The first epoch finds out how often ratios are measured, and is not counted; the one behind the last ends it. */
const epochs = 1 + 2 + 3 * pairs + 1;

/** In the order in which a comparison takes its samples: one of each to warm up, then the candidate between references. */
function hasNorms(epoch: number): boolean {
  if (epoch <= 2) return epoch !== 1;
  return (epoch - 3) % 3 === 1;
}

export async function compareNorms(
  what: string,
  { design, engine }: Pick<SideTask, 'design' | 'engine'>,
  bound: number | undefined,
): Promise<Comparison> {
  const { document, data, stepsPerEpoch } = await prepared({ side: 'whole', design, epochs, engine });
  const began: number[] = [];
  const opened = (runner: Runner): void => {
    const submit = runner.submit.bind(runner);
    runner.submit = (steps, signal) => {
      const first = steps[0]?.index ?? NaN;
      if (first % stepsPerEpoch === 0) {
        began.push(performance.now());
        runner.reconfigure({ telemetry: hasNorms(first / stepsPerEpoch) });
      }
      return submit(steps, signal);
    };
  };
  await trainWhole(document, data.open, { engine, opened });
  data.remove();
  let next = 1;
  const side = (name: string, norms: boolean): Side => ({
    name,
    sample: () => {
      if (hasNorms(next) !== norms) throw new Error(`Epoch ${next} was not trained as ${name}.`);
      next += 1;
      return (began[next] ?? NaN) - (began[next - 1] ?? NaN);
    },
  });
  return compareSides({
    what: `${what}, norms, an epoch`,
    reference: side('without norms', false),
    candidate: side('product', true),
    pairs,
    mostPairs: pairs,
    bound,
  });
}
