/** A run in a trainer process as its user sees it: events in order, pause, stop, and one result. */
import type { EventOf } from '../../../shared/ipc/define';
import { fill } from '../../../shared/messages/fill';
import { runSentences } from '../../../shared/messages/runSentences';
import type { TrainerContract } from '../../../shared/ipc/trainer';
import type { RunResult } from '../../../shared/training/events';
import { ServiceProblem } from '../serviceProblem';
import { createEventQueue } from './eventQueue';
import type { TrainerHost } from './trainerHost';
import type { Training, TrainingEvent } from './training';

/** `begin` asks the host to start or resume; the host is closed when the run has ended, or cannot begin. */
export async function followRun(
  host: TrainerHost,
  begin: () => Promise<{ run: string; folder: string }>,
): Promise<Training> {
  const queue = createEventQueue<TrainingEvent>();
  let result: RunResult | null = null;
  host.onEvent((event) => {
    const told = trainingEvent(event);
    if (!told) return;
    queue.push(told);
    if (told.event !== 'done') return;
    result = told.result;
    queue.end();
    void host.close();
  });
  const finished = new Promise<RunResult>((resolve, reject) => {
    host.onExit(({ reason }) => {
      if (result) return resolve(result);
      queue.push({ event: 'lost', reason });
      queue.end();
      reject(new ServiceProblem('trainer-lost', fill(runSentences.lost, { why: reason })));
    });
  });
  // Whoever reads events alone hears of it as `lost`; it must not count as unhandled.
  finished.catch(() => undefined);
  const place = await beginOrClose(host, begin);
  let stops = 0;
  return {
    ...place,
    pid: host.pid,
    events: queue,
    pause: async () => void (await host.request('pause', {})),
    continue: async () => void (await host.request('continue', {})),
    stop() {
      stops += 1;
      if (stops > 1) host.kill();
      // It may have ended by itself this very moment, which `events` tell.
      else host.request('stop', {}).catch(() => undefined);
    },
    silence: host.silence,
    result: finished,
  };
}

async function beginOrClose<Place>(host: TrainerHost, begin: () => Promise<Place>): Promise<Place> {
  try {
    return await begin();
  } catch (error) {
    await host.close();
    throw error;
  }
}

function trainingEvent(event: EventOf<TrainerContract>): TrainingEvent | null {
  if (event.name === 'run') return event.payload;
  return event.name === 'frame' ? { event: 'metrics', frame: event.payload } : null;
}
