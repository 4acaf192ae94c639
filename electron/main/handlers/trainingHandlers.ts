/** What a window may ask about training: begin, pause, go on, stop. */
import type { Handlers } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import type { EngineChoice } from '../../services/engines/chooseEngine';
import { designOf } from '../../services/designs/openDesign';
import { startDesign } from '../../services/training/startTraining';
import type { StudioContext } from '../studioContext';
import type { StudioWindow } from '../studioWindow';

type Asked = 'train' | 'resume' | 'pause' | 'continue' | 'stop' | 'activeRun';

export function trainingHandlers(window: StudioWindow, context: StudioContext): Pick<Handlers<StudioContract>, Asked> {
  const { documents, training, home, mirror, spawn, prepare } = context;
  return {
    async train({ design: drawn, engine }) {
      const file = documents.shownIn(window)?.file ?? null;
      const design = designOf(drawn, file ?? 'the drawing');
      const onData = (progress: Parameters<typeof window.emit<'data'>>[1]): void => window.emit('data', progress);
      const told = {
        onData,
        onTrial: (tried: string): void => window.emit('trial', { engine: tried }),
        onChoice: ({ engine: chosen, remembered, trials }: EngineChoice): void =>
          window.emit('choice', { engine: chosen, remembered, trials: [...trials] }),
      };
      const run = await training.train(engine, (signal) =>
        startDesign({ home, mirror, spawn, prepare, design, file, engine, ...told, signal, thin: true }),
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
