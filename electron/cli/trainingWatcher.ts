/** What a display of a run has to answer to; the live display and the JSON lines are two. */
import type { DataProgress } from '../services/data/dataSource';
import type { EngineChoice } from '../services/engines/chooseEngine';
import type { Training, TrainingEvent } from '../services/training/training';

/** Somebody who is told everything about a run, in order. */
export interface TrainingWatcher {
  data: (progress: DataProgress) => void;
  /** With the engine `auto`: which one is being tried, and which one it became. */
  trial: (engine: string) => void;
  choice: (choice: EngineChoice) => void;
  opened: (training: Training) => void;
  event: (event: TrainingEvent) => void;
  /** Ctrl+C was pressed for the nth time. */
  interrupted: (times: number) => void;
  close: () => void;
}
