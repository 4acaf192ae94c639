/** The learning rate over the run as its schedule makes it, for a small drawing. */
import type { ScheduleDefinition } from '../../shared/ir/trainingDefinitions';

interface Plan {
  epochs: number;
  updatesPerEpoch: number;
  rate: number;
  /** Values of what is monitored at the ends of epochs; without it, as if it got better at every one. */
  history?: readonly number[];
}

/** The rate at `points` updates from the first to the last. */
export function scheduleCurve(
  schedule: Pick<ScheduleDefinition, 'factor'>,
  params: Readonly<Record<string, unknown>>,
  { epochs, updatesPerEpoch, rate, history }: Plan,
  points = 64,
): { update: number; rate: number }[] {
  const totalUpdates = Math.max(1, Math.round(epochs * updatesPerEpoch));
  const count = Math.min(points, totalUpdates);
  return Array.from({ length: count }, (_, at) => {
    const update = count === 1 ? 0 : Math.round((at * (totalUpdates - 1)) / (count - 1));
    const past = Math.floor(update / updatesPerEpoch);
    const seen = history ? history.slice(0, past) : Array.from({ length: Math.min(past, 1000) }, (_, epoch) => -epoch);
    const state = { update, updatesPerEpoch, totalUpdates, history: seen };
    return { update, rate: rate * schedule.factor(params, state) };
  });
}

/** An SVG path in a box; the top is the largest rate. */
export function curvePath(curve: readonly { update: number; rate: number }[], width: number, height: number): string {
  const last = curve[curve.length - 1]?.update ?? 0;
  const most = Math.max(...curve.map(({ rate }) => rate), Number.MIN_VALUE);
  const place = ({ update, rate }: { update: number; rate: number }): string =>
    `${((update / Math.max(1, last)) * width).toFixed(1)},${(height - (rate / most) * height).toFixed(1)}`;
  const [only] = curve;
  if (curve.length === 1 && only) return `M0,${height - (only.rate / most) * height}H${width}`;
  return curve.map((point, at) => `${at === 0 ? 'M' : 'L'}${place(point)}`).join('');
}
