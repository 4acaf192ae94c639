/** The exporting process seen from outside: started when it is first asked, and again where it died. */
import { connectContract, type Client } from '../../../shared/ipc/connectContract';
import type { EventOf } from '../../../shared/ipc/define';
import { exporterContract, type ExporterContract } from '../../../shared/ipc/exporter';
import { problemOf } from '../problemFailure';
import type { SpawnTrainer, TrainerProcess } from '../training/trainerHost';

export interface ExporterHost {
  /** Throws `ServiceProblem` or `FileProblem` with what was answered; trainer-lost where the process ended first. */
  request: Client<ExporterContract>['request'];
  /** The number of a window that is new here. */
  session: () => number;
}

export function createExporterHost(spawn: () => TrainerProcess, spawnTrainer: SpawnTrainer): ExporterHost {
  let open: Client<ExporterContract> | null = null;
  let sessions = 0;

  function start(): Client<ExporterContract> {
    const child = spawn();
    const client = connectContract(exporterContract, child, { errorOf: problemOf, onRefused: () => undefined });
    const trainers = relayTrainers(client, spawnTrainer);
    child.onExit(({ reason }) => {
      if (open === client) open = null;
      trainers.killAll();
      const message = `The process that writes code ended: ${reason} Save again: another one is started.`;
      client.disconnect({ code: 'trainer-lost', message, file: null });
    });
    client.onEvent(trainers.hear);
    open = client;
    return client;
  }

  return {
    request: (name, payload) => (open ?? start()).request(name, payload),
    session: () => (sessions += 1),
  };
}

/** Only the main process starts processes: the trainers of verifications live here, by the numbers that it gave them. */
function relayTrainers(
  client: Client<ExporterContract>,
  spawn: SpawnTrainer,
): { hear: (event: EventOf<ExporterContract>) => void; killAll: () => void } {
  const trainers = new Map<number, TrainerProcess>();
  const begin = (id: number): void => {
    const trainer = spawn();
    trainers.set(id, trainer);
    // Where the exporting process is gone, nobody waits for what a trainer says.
    trainer.onMessage((message) => {
      client.request('fromTrainer', { trainer: id, message }).catch(() => undefined);
    });
    trainer.onExit(({ code, signal, reason }) => {
      trainers.delete(id);
      client.request('trainerEnded', { trainer: id, code, signal, reason }).catch(() => undefined);
    });
  };
  return {
    hear({ name, payload }) {
      if (name === 'openTrainer') begin(payload.trainer);
      else if (name === 'toTrainer') trainers.get(payload.trainer)?.send(payload.message);
      else trainers.get(payload.trainer)?.kill();
    },
    killAll() {
      for (const trainer of trainers.values()) trainer.kill();
    },
  };
}
