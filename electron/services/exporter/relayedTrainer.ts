/** A trainer as the exporting process sees it: started by the main process, which hands every message on. */
import type { EventName, PayloadOf } from '../../../shared/ipc/define';
import type { ExporterContract } from '../../../shared/ipc/exporter';
import type { Json } from '../../../shared/messages/define';
import type { TrainerExit, TrainerProcess } from '../training/trainerHost';

export type Emit = <Name extends EventName<ExporterContract>>(
  name: Name,
  payload: PayloadOf<ExporterContract, Name>,
) => void;

export interface RelayedTrainer extends TrainerProcess {
  hear: (message: Json) => void;
  end: (exit: TrainerExit) => void;
}

export function relayedTrainer(trainer: number, emit: Emit): RelayedTrainer {
  const listeners: ((message: unknown) => void)[] = [];
  const exitListeners: ((exit: TrainerExit) => void)[] = [];
  let ended: TrainerExit | null = null;
  emit('openTrainer', { trainer });
  return {
    pid: undefined,
    send: (message) => emit('toTrainer', { trainer, message: message as Json }),
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void (ended ? listener(ended) : exitListeners.push(listener)),
    kill: () => emit('killTrainer', { trainer }),
    hear(message) {
      for (const listener of listeners) listener(message);
    },
    end(exit) {
      ended = exit;
      for (const listener of exitListeners.splice(0)) listener(exit);
    },
  };
}
