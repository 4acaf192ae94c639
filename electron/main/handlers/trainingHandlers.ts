/** What a window may ask about training: begin, pause, go on, stop. */
import type { Handlers } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import type { EngineChoice } from '../../services/engines/chooseEngine';
import { designOf } from '../../services/designs/openDesign';
import { resumeTraining, startDesign } from '../../services/training/startTraining';
import type { StudioContext } from '../studioContext';
import type { StudioWindow } from '../studioWindow';

type Asked = 'train' | 'resume' | 'pause' | 'continue' | 'stop' | 'activeRun';

export function trainingHandlers(window: StudioWindow, context: StudioContext): Pick<Handlers<StudioContract>, Asked> {
  const { documents, training, home, mirror, spawn, prepare } = context;
  const common = {
    ...{ home, mirror, spawn, prepare, thin: true },
    onData: (progress: Parameters<typeof window.emit<'data'>>[1]): void => window.emit('data', progress),
    onTrial: (tried: string): void => window.emit('trial', { engine: tried }),
    onChoice: ({ engine: chosen, remembered, trials }: EngineChoice): void =>
      window.emit('choice', { engine: chosen, remembered, trials: [...trials] }),
  };
  return {
    async train({ design: drawn, engine }) {
      const file = documents.shownIn(window)?.file ?? null;
      const design = designOf(drawn, file ?? 'the drawing');
      const run = await training.train(engine, (signal) => startDesign({ ...common, design, file, engine, signal }));
      return { run };
    },
    async resume({ run, engine }) {
      const moved = engine ?? undefined;
      await training.train(moved ?? '', (signal) => resumeTraining({ ...common, run, engine: moved, signal }));
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
