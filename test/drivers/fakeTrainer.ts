/** Trainer processes that live in this one, with whatever engines a story needs, and that can die as processes do. */
import { performance } from 'node:perf_hooks';
import { diskFiles } from '../../electron/files/fileSystem';
import { openData } from '../../electron/services/data/openData';
import { compileDesign } from '../../electron/services/designs/compileDesign';
import { designOf } from '../../electron/services/designs/openDesign';
import { failureOf } from '../../electron/services/problemFailure';
import { ServiceProblem } from '../../electron/services/serviceProblem';
import type { SpawnTrainer, TrainerExit } from '../../electron/services/training/trainerHost';
import { withoutGpu, type Engine, type EngineId, type Probe } from '../../electron/trainer/engines/engine';
import { createFakeEngine } from '../../electron/trainer/engines/fake/fakeEngine';
import type { Faults } from '../../electron/trainer/engines/fake/faults';
import { judgedProgram } from '../../electron/trainer/judgedProgram';
import { trainerHandlers } from '../../electron/trainer/trainerHandlers';
import { serveContract } from '../../shared/ipc/serveContract';
import { trainerContract } from '../../shared/ipc/trainer';

export interface PretendEngine {
  probe?: Partial<Probe>;
  faults?: Faults;
  /** Loading its library ends the process, as a broken driver does; or takes for ever. */
  loading?: 'dies' | 'hangs';
}

export interface FakeTrainers {
  spawn: SpawnTrainer;
  /** What each process was asked, in order: "warm pytorch". */
  asked: string[];
  /** Processes that live. */
  living: () => number;
}

/** By the id of the engine, in the order in which they are listed. */
export function fakeTrainers(engines: Readonly<Record<string, PretendEngine>>): FakeTrainers {
  const asked: string[] = [];
  let living = 0;
  const spawn: SpawnTrainer = () => {
    living += 1;
    let ended: TrainerExit | null = null;
    const exitListeners: ((exit: TrainerExit) => void)[] = [];
    let toHost: (message: unknown) => void = () => undefined;
    let toTrainer: (message: unknown) => void = () => undefined;
    const end = (signal: string, reason: string): void => {
      if (ended) return;
      living -= 1;
      ended = { code: null, signal, reason };
      for (const listener of exitListeners) listener(ended);
    };
    const load = (id: string): Promise<Engine> => {
      const pretend = engines[id];
      if (!pretend) return Promise.reject(new ServiceProblem('engine-unknown', `There is no engine "${id}".`));
      if (pretend.loading === 'dies') end('SIGSEGV', 'signal SIGSEGV.');
      if (pretend.loading) return new Promise(() => undefined);
      return Promise.resolve({ ...pretendEngine(pretend), id: id as EngineId });
    };
    const { handlers } = trainerHandlers({
      watcher: { event: (event) => server.emit('run', event), frame: (frame) => server.emit('frame', frame) },
      dependencies: {
        engineIds: Object.keys(engines),
        loadEngine: load,
        compile: (design, data) => judgedProgram(compileDesign(designOf(design, 'the design'), data)),
        openData: (folder) => openData(folder),
        files: diskFiles,
        now: () => performance.now(),
      },
      exit: () => end('SIGKILL', 'ended.'),
    });
    const server = serveContract(
      trainerContract,
      {
        send: (message) => void setImmediate(() => ended || toHost(message)),
        onMessage: (listener) => (toTrainer = listener),
      },
      handlers,
      { failureOf, onRefused: ({ message }) => void Promise.reject(new Error(message)) },
    );
    setImmediate(() => server.emit('ready', { pid: 1 }));
    return {
      pid: 1,
      send: (message) => {
        const { name, payload } = message as { name: string; payload: { engine?: string; engines?: string[] } };
        asked.push([name, payload.engine ?? payload.engines?.join(' ')].filter(Boolean).join(' '));
        setImmediate(() => ended || toTrainer(structuredClone(message)));
      },
      onMessage: (listener) => (toHost = listener),
      onExit: (listener) => void exitListeners.push(listener),
      kill: () => void setImmediate(() => end('SIGKILL', 'ended.')),
    };
  };
  return { spawn, asked, living: () => living };
}

function pretendEngine({ probe = {}, faults = {} }: PretendEngine): Engine {
  const fake = createFakeEngine(faults);
  return { ...fake, probe: async () => ({ ...(await fake.probe()), ...withoutGpu, ...probe }) };
}

/** What a library says that is not installed. */
export const notInstalled: Partial<Probe> = {
  available: false,
  device: null,
  versions: {},
  seconds: null,
  reason: 'PyTorch is not installed.',
  remedy: 'Install it: npx netloom engines install pytorch --yes',
};
