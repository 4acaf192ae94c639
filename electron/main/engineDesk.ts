/** The engines for all windows: tried once and remembered, and what is being installed, whoever began it. */
import type { Failure } from '../../shared/ipc/define';
import type { EngineStatus, InstallationEvent, InstallPlan } from '../../shared/ipc/studio/engineSchemas';
import { fill } from '../../shared/messages/fill';
import { installFailures, installSteps } from '../../shared/messages/installSentences';
import { diagnostics } from '../services/engines/diagnostics';
import { engineStates } from '../services/engines/engineStates';
import { engineIds, offeredEngines, probeEngines, type EngineListing } from '../services/engines/probeEngines';
import { isEnvironment, repairEnvironment } from '../services/engines/repairEnvironment';
import { enginesKey } from '../services/engines/speedKey';
import { failureOf } from '../services/problemFailure';
import { planEnvironment } from '../services/python/environmentPlan';
import type { EnvironmentName } from '../services/python/environments';
import { installCommand, repairCommand } from '../services/python/environmentState';
import { installEnvironment } from '../services/python/installEnvironment';
import type { InstallProgress } from '../services/python/installProgress';
import { ServiceProblem } from '../services/serviceProblem';
import type { SpawnTrainer } from '../services/training/trainerHost';

export interface EngineDeskOptions {
  home: string;
  spawn: SpawnTrainer;
  tell: (event: InstallationEvent) => void;
  now?: () => number;
}

export interface EngineDesk {
  /** `fresh`: tries them again even where that was done before. */
  states: (fresh: boolean) => Promise<EngineStatus[]>;
  /** Throws what `planEnvironment` throws. */
  plan: (name: string) => Promise<InstallPlan>;
  /** Begins, unless it is being done already; how it goes is told. `anew`: what is there is removed first. */
  install: (name: string, anew: boolean) => void;
  cancel: (name: string) => void;
  diagnostics: () => Promise<string>;
  /** Ends every installation: what was downloaded stays. */
  end: () => void;
}

interface Running {
  controller: AbortController;
  progress: InstallProgress;
  /** When it was told last, and what will tell the rest. */
  told: number;
  later: NodeJS.Timeout | null;
}

/** Installers tell every megabyte; nobody reads faster. */
const betweenMilliseconds = 200;

export function createEngineDesk({ home, spawn, tell, now = Date.now }: EngineDeskOptions): EngineDesk {
  const running = new Map<string, Running>();
  let tried: Promise<EngineListing[]> | null = null;
  let trying = false;
  /** What was installed when they were tried: somebody may install from a terminal. */
  let installed = '';

  function listings(fresh: boolean): Promise<EngineListing[]> {
    const now = enginesKey(home);
    if (tried && (trying || (!fresh && now === installed))) return tried;
    trying = true;
    installed = now;
    const own = tryEngines(spawn).finally(() => (trying = false));
    // What failed as a whole is tried again the next time.
    own.catch(() => (tried = null));
    tried = own;
    return own;
  }

  const states = async (fresh: boolean): Promise<EngineStatus[]> =>
    engineStates(home, await listings(fresh), (name) => running.get(name)?.progress ?? null);

  async function run(name: EnvironmentName, anew: boolean, own: Running): Promise<void> {
    const onProgress = (progress: InstallProgress): void => {
      const due = progress.step !== own.progress.step || now() - own.told >= betweenMilliseconds;
      own.progress = progress;
      if (due) tellNow();
      else own.later ??= setTimeout(tellNow, betweenMilliseconds);
    };
    const tellNow = (): void => {
      hush(own);
      own.told = now();
      tell({ kind: 'progress', name, progress: own.progress });
    };
    const installation = { home, signal: own.controller.signal, onProgress };
    let outcome: Extract<InstallationEvent, { kind: 'ended' }>['outcome'] = 'installed';
    let failure: Failure | null = null;
    try {
      await (anew ? repairEnvironment(name, installation) : installEnvironment(name, installation));
    } catch (error) {
      failure = failureOf(error);
      outcome = failure.code === 'cancelled' ? 'cancelled' : 'failed';
    }
    hush(own);
    running.delete(name);
    tell({ kind: 'ended', name, outcome, code: failure?.code ?? null, message: failure?.message ?? null });
  }

  return {
    states,
    plan: (name) => planFor(known(name), home),
    install(name, anew) {
      if (running.has(name)) return;
      const progress = { step: installSteps.beginning, done: 0, total: null };
      const own = { controller: new AbortController(), progress, told: now(), later: null };
      const environment = known(name);
      running.set(name, own);
      tell({ kind: 'progress', name, progress });
      void run(environment, anew, own);
    },
    cancel: (name) => running.get(name)?.controller.abort(),
    diagnostics: async () => diagnostics(home, await states(false)),
    end: () => running.forEach(({ controller }) => controller.abort()),
  };
}

function hush(running: Running): void {
  if (running.later) clearTimeout(running.later);
  running.later = null;
}

async function tryEngines(spawn: SpawnTrainer): Promise<EngineListing[]> {
  return probeEngines(spawn, offeredEngines(await engineIds(spawn)));
}

function known(name: string): EnvironmentName {
  if (isEnvironment(name)) return name;
  throw new ServiceProblem('engine-unknown', fill(installFailures.nothingToInstall, { name }));
}

async function planFor(name: EnvironmentName, home: string): Promise<InstallPlan> {
  const { folder, base, requirements, sizes, free } = await planEnvironment(name, { home });
  const means = base.kind === 'uv' ? `uv, Python ${base.version}` : `Python ${base.version}`;
  const { usual, lean } = sizes;
  return {
    folder,
    python: `${means} (${base.python})`,
    packages: [...requirements],
    size: lean ?? usual,
    otherwise: lean ? usual : null,
    free,
    install: installCommand(name),
    repair: repairCommand(name),
  };
}
