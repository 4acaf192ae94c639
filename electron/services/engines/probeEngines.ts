/** `engines`: which engines work on this machine, found by a real matrix product in a trainer process. */
import type { z } from 'zod';
import type { probeSchema } from '../../../shared/ipc/trainer';
import { openTrainer, type SpawnTrainer } from '../training/trainerHost';

export interface EngineListing {
  id: string;
  probe: z.output<typeof probeSchema>;
}

/** All engines that this version has, the default first. Throws `ServiceProblem` trainer-lost if a probe ends the process. */
export async function probeEngines(spawn: SpawnTrainer): Promise<EngineListing[]> {
  const host = await openTrainer(spawn);
  try {
    return (await host.request('probe', { engines: null })).engines;
  } finally {
    await host.close();
  }
}
