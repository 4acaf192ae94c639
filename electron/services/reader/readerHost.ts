/** The reading process seen from outside: started when it is first asked, and again where it died. */
import { connectContract, type Client } from '../../../shared/ipc/connectContract';
import { readerContract, type ReaderContract } from '../../../shared/ipc/reader';
import { problemOf } from '../problemFailure';
import type { TrainerProcess } from '../training/trainerHost';

export interface ReaderHost {
  /** Throws `ServiceProblem` or `FileProblem` with what was answered; trainer-lost where the process ended first. */
  request: Client<ReaderContract>['request'];
  close: () => void;
}

export function createReaderHost(spawn: () => TrainerProcess): ReaderHost {
  let open: { client: Client<ReaderContract>; child: TrainerProcess } | null = null;

  function start(): Client<ReaderContract> {
    const child = spawn();
    const client = connectContract(readerContract, child, { errorOf: problemOf, onRefused: () => undefined });
    child.onExit(({ reason }) => {
      if (open?.child === child) open = null;
      const message = `The process that reads runs and data ended: ${reason} Try again: another one is started.`;
      client.disconnect({ code: 'trainer-lost', message, file: null });
    });
    open = { client, child };
    return client;
  }

  return {
    request: (name, payload) => (open?.client ?? start()).request(name, payload),
    close() {
      open?.child.kill();
      open = null;
    },
  };
}
