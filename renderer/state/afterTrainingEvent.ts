/** What each event of a run changes in what is known of its training. Pure. */
import type { TrainingEvent } from '../../shared/ipc/studio/runSchemas';
import type { RunEvent } from '../../shared/training/events';
import type { TrainingFacts } from './trainingFacts';

type Patch = Partial<TrainingFacts>;

export function afterTrainingEvent(state: TrainingFacts, run: string, told: TrainingEvent): Patch {
  if (told.kind === 'run') return afterRunEvent(state, run, told.event);
  const { reason, restarts } = told;
  if (restarts) return { run, phase: 'preparing', restarting: true, problem: reason, stepsPerSecond: 0 };
  return { run, phase: 'idle', restarting: false, outcome: 'interrupted', problem: reason, stepsPerSecond: 0 };
}

function afterRunEvent(state: TrainingFacts, run: string, event: RunEvent): Patch {
  switch (event.event) {
    case 'started': {
      const { engine, step, epoch, epochs, stepsPerEpoch, resumed } = event;
      const begun = { run, engine, step, epoch, epochs, stepsPerEpoch, stepsPerSecond: 0, restarting: false };
      const fresh = { outcome: null, result: null, problem: null, notFinite: null };
      const epochsDone = resumed ? state.epochsDone.filter((summary) => summary.step <= step) : [];
      const warnings = resumed && state.run === run ? state.warnings : [];
      const phase = state.phase === 'stopping' ? 'stopping' : 'running';
      return { ...begun, ...fresh, epochsDone, warnings, phase };
    }
    case 'state':
      if (event.state === 'paused') return { phase: 'paused', step: event.step };
      if (event.state === 'running' && state.phase !== 'stopping') return { phase: 'running' };
      return {};
    case 'epoch': {
      const { summary } = event;
      const others = state.epochsDone.filter(({ epoch }) => epoch !== summary.epoch);
      return { epoch: summary.epoch, epochsDone: [...others, summary] };
    }
    case 'notFinite':
      return { notFinite: event.notFinite };
    case 'warning':
      return { warnings: [...state.warnings.filter((text) => text !== event.message), event.message] };
    case 'done': {
      const { result } = event;
      const notFinite = result.notFinite ?? state.notFinite;
      const problem = result.state === 'failed' ? (result.reason ?? state.problem) : null;
      return { phase: 'idle', restarting: false, result, outcome: result.state, problem, notFinite, stepsPerSecond: 0 };
    }
    case 'checkpoint':
    case 'evaluation':
      return {};
  }
}
