/** What the trainer needs from outside, so that tests can hand it other engines, data, disks and clocks. */
import type { DataInfo } from '../../shared/ir/dataSetDefinition';
import type { CheckedProgram } from '../../shared/ir/program';
import type { MetricFrame } from '../../shared/ipc/trainer';
import type { Json } from '../../shared/messages/define';
import type { RunEvent } from '../../shared/training/events';
import type { FileSystem } from '../files/fileSystem';
import type { OpenedData } from '../services/data/openData';
import type { Engine } from './engines/engine';

export interface TrainerDependencies {
  engineIds: readonly string[];
  /** Throws `ServiceProblem` engine-unknown. */
  loadEngine: (id: string) => Promise<Engine>;
  /** Throws `ServiceProblem` design-invalid. */
  compile: (design: Json, data: DataInfo) => CheckedProgram;
  openData: (folder: string) => OpenedData;
  files: FileSystem;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
}

/** Who is told what happens in a run. */
export interface RunWatcher {
  event: (event: RunEvent) => void;
  frame: (frame: MetricFrame) => void;
  /** The engine's own process is gone: told after all that was trained is on the disk, in the place of `done`. */
  lost?: (reason: string) => void;
}
