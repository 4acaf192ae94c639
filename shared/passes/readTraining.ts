/** Part of `checkTraining`: the training and data configuration of a design, with every name resolved. */
import type { DataInfo } from '../ir/dataSetDefinition';
import type { Library } from '../ir/library';
import type { Entry, EntryRegistry } from '../ir/params';
import type { Resolved, TrainingPlan } from '../ir/program';
import { resolveData } from '../datasets/resolveData';
import { issueText } from '../design/issueText';
import type { Design } from '../design/schema';
import { problem, type Problem } from '../messages';
import { trainingConfigSchema } from '../training/config';
import { resolveEntry } from './parseParams';

/** The plan but for what is monitored, which depends on the heads. */
export type PlanBase = Omit<TrainingPlan, 'monitorDirection'>;

/** Null where the configuration has errors; they are among the problems. */
export function readTraining(design: Design, library: Library, problems: Problem[]): PlanBase | null {
  const parsed = trainingConfigSchema.safeParse(design.training);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const path = ['training', ...issue.path].join('.');
      problems.push(problem('invalidSetting', { path, detail: issueText(issue) }, { param: path }));
    }
    return null;
  }
  const { optimizer, schedule, ...rest } = parsed.data;
  const before = problems.length;
  const resolved = {
    ...rest,
    optimizer: resolveSetting('optimizer', optimizer, 'optimizers', library, problems),
    schedule: resolveSetting('schedule', schedule, 'schedules', library, problems),
  };
  return problems.length === before ? (resolved as PlanBase) : null;
}

function resolveSetting(
  path: string,
  entry: Entry,
  registry: EntryRegistry,
  library: Library,
  problems: Problem[],
): Resolved<unknown> {
  const { type, ...params } = resolveEntry(entry, registry, library, {
    place: `training.${path}`,
    param: `training.${path}`,
    repair: (title, changed) => ({ title, actions: [{ action: 'setTraining', path, value: changed }] }),
    problems,
  });
  return { definition: library[registry].get(type), params };
}

/** What is known of the data set: from the caller, who may have prepared it, or from its definition; else null. */
export function readData(
  design: Design,
  library: Library,
  given: DataInfo | undefined,
  problems: Problem[],
): DataInfo | null {
  if (!design.data) return given ?? null;
  const data = resolveData(design.data, library.dataSets);
  if ('resolved' in data) return given ?? data.resolved.info;
  for (const one of data.problems) {
    const near = one.code === 'unknownDataSet' ? (one.arguments['near'] as string[]) : [];
    const repairs = near.map((source) => ({
      title: `Use ${source}`,
      actions: [{ action: 'setData' as const, path: 'source', value: source }],
    }));
    problems.push({ ...one, param: `data.${one.param ?? ''}`, repairs: [...one.repairs, ...repairs] });
  }
  return null;
}
