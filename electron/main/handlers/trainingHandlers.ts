/** What a window may ask about training: engines, begin, pause, go on, stop. */
import type { Handlers } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import { designOf } from '../../services/designs/openDesign';
import { probeEngines, type EngineListing } from '../../services/engines/probeEngines';
import { startDesign } from '../../services/training/startTraining';
import type { StudioContext } from '../studioContext';
import type { StudioWindow } from '../studioWindow';

type Asked = 'engines' | 'train' | 'resume' | 'pause' | 'continue' | 'stop' | 'activeRun';

export function trainingHandlers(window: StudioWindow, context: StudioContext): Pick<Handlers<StudioContract>, Asked> {
  const { documents, training, home, mirror, spawn, prepare } = context;
  return {
    async engines() {
      return { engines: offered(await probeEngines(spawn)) };
    },
    async train({ design: drawn, engine }) {
      const file = documents.shownIn(window)?.file ?? null;
      const design = designOf(drawn, file ?? 'the drawing');
      const onData = (progress: Parameters<typeof window.emit<'data'>>[1]): void => window.emit('data', progress);
      const run = await training.train(engine, (signal) =>
        startDesign({ home, mirror, spawn, prepare, design, file, engine, onData, signal, thin: true }),
      );
      return { run };
    },
    async resume({ run }) {
      await training.resume(run);
      return {};
    },
    async pause() {
      await training.pause();
      return {};
    },
    async continue() {
      await training.continue();
      return {};
    },
    stop() {
      training.stop();
      return {};
    },
    activeRun: () => ({ active: training.active() }),
  };
}

/** Pretend training is for whoever tests Netloom, who asks for it by its variable. */
function offered(engines: readonly EngineListing[]): EngineListing[] {
  return engines.filter(({ id }) => id !== 'fake' || process.env.NETLOOM_FAKE_FAULTS !== undefined);
}
