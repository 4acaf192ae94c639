/** `netloom train FILE` and `netloom resume RUN`: a live display, or one JSON object a line. */
import type { Setting } from '../../../shared/design/settings';
import { readSetting } from '../../services/designs/applySettings';
import { resumeTraining, startTraining, type TrainOptions } from '../../services/training/startTraining';
import type { Training } from '../../services/training/training';
import type { Context } from '../context';
import type { ExitCode } from '../exitCode';
import { followTraining } from '../followTraining';

export interface TrainFlags {
  epochs?: number;
  seed?: number;
  engine: string;
  set: string[];
  json?: boolean;
  /** Steps in each submission; hidden, for tests of chunking. */
  submission?: number;
}

export type ResumeFlags = Pick<TrainFlags, 'json' | 'submission'> & Partial<Pick<TrainFlags, 'engine'>>;

export async function train(file: string, flags: TrainFlags, context: Context): Promise<ExitCode> {
  const settings: Setting[] = flags.set.map(readSetting);
  if (flags.epochs !== undefined) settings.push({ path: 'training.epochs', value: flags.epochs });
  if (flags.seed !== undefined) settings.push({ path: 'training.seed', value: flags.seed });
  const start = (common: TrainOptions): Promise<Training> =>
    startTraining({ ...common, file, settings, engine: flags.engine });
  return followTraining(start, flags, context);
}

export async function resume(run: string, flags: ResumeFlags, context: Context): Promise<ExitCode> {
  return followTraining((common) => resumeTraining({ ...common, run, engine: flags.engine }), flags, context);
}
