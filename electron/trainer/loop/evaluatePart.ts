/** Judges a part of the data: asks the engine for sums, turns them into measures. */
import type { Part } from '../../../shared/ir/dataSetDefinition';
import type { Head } from '../../../shared/ir/program';
import type { HeadEvaluation, Measures } from '../../../shared/training/events';
import type { Evaluation } from '../engines/engine';
import { headNames } from '../engines/measureNames';
import type { LoopContext } from './loopContext';

export interface JudgedPart {
  samples: number;
  measures: Measures;
  heads: HeadEvaluation[];
}

type Needs = Pick<LoopContext, 'runner' | 'counts' | 'control' | 'heads'>;

/** Null where the signal ended it early: what was summed so far says nothing. The part must not be empty. */
export async function evaluatePart(run: Needs, part: Part, options: { full: boolean }): Promise<JudgedPart | null> {
  const indices = Uint32Array.from({ length: run.counts[part] }, (_, index) => index);
  const evaluation = await run.runner.evaluate(indices, { part, full: options.full }, run.control.signal);
  return evaluation.aborted ? null : judge(run.heads, evaluation);
}

export function judge(heads: readonly Head[], evaluation: Evaluation): JudgedPart {
  const names = headNames(heads);
  const measures: Measures = { loss: 0 };
  const judged = heads.map((head, at): HeadEvaluation => {
    const sums = evaluation.heads[at];
    const loss = (sums?.lossSum ?? NaN) / evaluation.samples;
    measures.loss += head.weight * loss;
    const lossName = names[at]?.loss ?? null;
    if (lossName !== null) measures[lossName] = loss;
    const metrics: HeadEvaluation['metrics'] = {};
    head.metrics.forEach(({ definition, params }, index) => {
      const statistics = sums?.metrics[index];
      // Empty: left out, because it is computed only where tables are asked for.
      if (!statistics || statistics.length === 0) return;
      const { main, values } = definition.finish(params, statistics);
      const name = names[at]?.metrics[index] ?? definition.type;
      // A table is no curve: what only final evaluations compute is no measure of an epoch.
      if (!definition.evaluationOnly) measures[name] = main;
      metrics[name] = values;
    });
    return { name: head.name, classes: [...(head.target?.classes ?? [])], metrics };
  });
  return { samples: evaluation.samples, measures, heads: judged.map(withoutEmptyClasses) };
}

function withoutEmptyClasses(head: HeadEvaluation): HeadEvaluation {
  return { ...head, classes: head.classes?.length ? head.classes : null };
}
