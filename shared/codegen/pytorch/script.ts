/** What the functions of train.py are written from. */
import type { CheckedProgram } from '../../ir/program';
import type { ExportedModel } from '../exportedModel';
import type { TrainingParts } from './trainingParts';

export interface Script {
  readonly program: CheckedProgram;
  readonly model: ExportedModel;
  readonly parts: TrainingParts;
}
