/** A trainer process seen from outside: requests, events, and its end, however it was spawned. */
import { connectContract } from '../../../shared/ipc/connectContract';
import type { EventOf, Failure, Port, RequestName, RequestOf, ResponseOf } from '../../../shared/ipc/define';
import { engineSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
import { trainerContract, type TrainerContract } from '../../../shared/ipc/trainer';
import { problemOf } from '../problemFailure';

export interface TrainerExit {
  code: number | null;
  signal: string | null;
  /** A sentence: what is known of why it ended, with the last lines it wrote to its error output. */
  reason: string;
}

/** What a host needs of a process; main makes one from a utility process, the terminal from a child process. */
export interface TrainerProcess extends Port {
  readonly pid: number | undefined;
  onExit: (listener: (exit: TrainerExit) => void) => void;
  /** Ends it at once. */
  kill: () => void;
}

export type SpawnTrainer = () => TrainerProcess;

export interface TrainerHost {
  readonly pid: number | undefined;
  /** Throws `ServiceProblem` (or `FileProblem`) with what the trainer answered, or trainer-lost if it ends first. */
  request: <Name extends RequestName<TrainerContract>>(
    name: Name,
    payload: RequestOf<TrainerContract, Name>,
  ) => Promise<ResponseOf<TrainerContract, Name>>;
  /** Events in the order they were sent; the function returned ends the subscription. */
  onEvent: (listener: (event: EventOf<TrainerContract>) => void) => () => void;
  /** Called once when the process has ended, expected or not; at once where it has. */
  onExit: (listener: (exit: TrainerExit) => void) => void;
  /** Milliseconds since it last said anything, and whether it said that it might be silent for long. */
  silence: () => { milliseconds: number; busy: boolean };
  /** Ends it at once; what it trained is safe up to the last checkpoint. */
  kill: () => void;
  /** Ends an idle trainer and waits until it is gone. */
  close: () => Promise<void>;
}

/** Spawns a trainer and waits until it can be asked; throws `ServiceProblem` trainer-lost if it ends before. */
export function openTrainer(spawn: SpawnTrainer): Promise<TrainerHost> {
  const child = spawn();
  const host = hostOf(child);
  return new Promise((resolve, reject) => {
    const release = host.onEvent((event) => {
      if (event.name !== 'ready') return;
      release();
      resolve(host);
    });
    host.onExit((exit) => reject(problemOf(lost(exit))));
  });
}

function hostOf(child: TrainerProcess): TrainerHost {
  const refused: string[] = [];
  const client = connectContract(trainerContract, child, {
    errorOf: problemOf,
    onRefused: ({ message }) => refused.push(message),
  });
  let ended: TrainerExit | null = null;
  let heard = Date.now();
  let busy = false;
  const exitListeners: ((exit: TrainerExit) => void)[] = [];

  client.onEvent((event) => {
    heard = Date.now();
    if (event.name === 'heartbeat') busy = event.payload.busy;
  });
  child.onExit((exit) => {
    ended = { ...exit, reason: [exit.reason, ...refused.slice(-1)].join(' ') };
    client.disconnect(lost(ended));
    for (const listener of exitListeners.splice(0)) listener(ended);
  });
  const onExit = (listener: (exit: TrainerExit) => void): void => {
    if (ended) listener(ended);
    else exitListeners.push(listener);
  };

  return {
    pid: child.pid,
    request: client.request,
    onEvent: client.onEvent,
    onExit,
    silence: () => ({ milliseconds: Date.now() - heard, busy }),
    kill: child.kill,
    close: () =>
      new Promise((resolve) => {
        onExit(() => resolve());
        child.kill();
      }),
  };
}

function lost({ reason }: TrainerExit): Failure {
  return { code: 'trainer-lost', message: fill(engineSentences.trainerEnded, { why: reason }), file: null };
}
