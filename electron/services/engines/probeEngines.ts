/** `engines`: which engines work on this machine, found by a real matrix product, each in a trainer process of its own. */
import type { z } from 'zod';
import { engineSentences } from '../../../shared/messages/engineSentences';
import { fill } from '../../../shared/messages/fill';
import type { probeSchema } from '../../../shared/ipc/trainer';
import { ServiceProblem } from '../serviceProblem';
import { openTrainer, type SpawnTrainer, type TrainerHost } from '../training/trainerHost';
import { within } from './within';

export type Probe = z.output<typeof probeSchema>;

export interface EngineListing {
  id: string;
  probe: Probe;
}

const probeMilliseconds = 180_000;

/** All that this version has, the default first. */
export async function engineIds(spawn: SpawnTrainer): Promise<string[]> {
  const host = await openTrainer(spawn);
  try {
    return (await host.request('engineIds', {})).engines;
  } finally {
    await host.close();
  }
}

/** Pretend training is for whoever tests Netloom, who asks for it by its variable. */
export function offeredEngines(ids: readonly string[], environment: NodeJS.ProcessEnv = process.env): string[] {
  return ids.filter((id) => id !== 'fake' || environment.NETLOOM_FAKE_FAULTS !== undefined);
}

/**
 * In the order of `ids`, all unless told. A library that ends the process, or never answers, is one that does not work;
 * the others are tried all the same. `limit`: milliseconds for one.
 */
export async function probeEngines(
  spawn: SpawnTrainer,
  ids?: readonly string[],
  limit = probeMilliseconds,
): Promise<EngineListing[]> {
  const listings: EngineListing[] = [];
  for (const id of ids ?? (await engineIds(spawn))) listings.push({ id, probe: await probeAlone(spawn, id, limit) });
  return listings;
}

async function probeAlone(spawn: SpawnTrainer, id: string, limit: number): Promise<Probe> {
  let host: TrainerHost | null = null;
  try {
    host = await openTrainer(spawn);
    const { engines } = await within(limit, host.request('probe', { engines: [id] }));
    return engines[0]?.probe ?? broken(engineSentences.noAnswer);
  } catch (error) {
    // What somebody named wrongly is no fault of a library.
    if (error instanceof ServiceProblem && error.code === 'engine-unknown') throw error;
    return broken(error instanceof Error ? error.message : String(error));
  } finally {
    await host?.close();
  }
}

function broken(reason: string): Probe {
  return {
    ...{ available: false, device: null, versions: {}, seconds: null, accelerated: false, whyNotAccelerated: null },
    ...{ driver: null, cuda: null, computeCapability: null, builtFor: null, memory: null },
    reason: fill(engineSentences.brokeOff, { why: reason }),
    remedy: engineSentences.checkDriver,
  };
}
