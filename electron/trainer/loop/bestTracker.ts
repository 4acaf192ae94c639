/** Which epoch is the best by the monitored measure, and whether it has been long enough since. */
import type { TrainingPlan } from '../../../shared/ir/program';
import type { EpochSummary, Measures } from '../../../shared/training/events';
import type { PolicyState } from './policyState';

type Tracked = Pick<PolicyState, 'best' | 'reference' | 'epochsWithoutImprovement' | 'history'>;
type Rule = Pick<TrainingPlan, 'monitor' | 'monitorDirection' | 'earlyStopping'>;

/**
 * The monitored value turned so that lower is better. `firstHead`: the name of the first Output, whose metrics a bare
 * name means where there are several. A measure that is missing or NaN is as bad as can be.
 */
export function monitoredValue(rule: Rule, measures: Measures, firstHead: string): number {
  const value = measures[rule.monitor] ?? measures[`${firstHead}/${rule.monitor}`] ?? NaN;
  const turned = rule.monitorDirection === 'up' ? -value : value;
  return Number.isNaN(turned) ? Infinity : turned;
}

/** Whether a value would be the best so far, by however little: the weights that are kept are the best there were. */
export function improves(tracked: Tracked, value: number): boolean {
  return tracked.best === null || value < tracked.best.value;
}

/** Takes in an epoch whose `best` says whether it improved; patience asks for more than the minimum improvement. */
export function trackEpoch(rule: Rule, tracked: Tracked, summary: EpochSummary, value: number): void {
  tracked.history.push(value);
  if (summary.best) tracked.best = { summary, value };
  const enough = rule.earlyStopping?.minimumImprovement ?? 0;
  const improved = tracked.reference === null || value < tracked.reference - enough;
  if (improved) tracked.reference = value;
  tracked.epochsWithoutImprovement = improved ? 0 : tracked.epochsWithoutImprovement + 1;
}

/** Whether early stopping ends the run now. */
export function isExhausted(rule: Rule, tracked: Tracked): boolean {
  return rule.earlyStopping !== null && tracked.epochsWithoutImprovement >= rule.earlyStopping.patience;
}
