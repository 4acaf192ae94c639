/** Train, pause, go on, stop, and how the curves are drawn. */
import { titled, type Action } from './action';
import { trainingActionStrings as words } from './trainingActionStrings';
import type { Studio } from '../state/studio';
import type { CurveAxis } from '../state/trainingStore';

/** Why a run cannot be begun now; null: it can. */
export function trainingObstacle({ document, derived, training }: Studio): 'noDrawing' | 'errors' | 'busy' | null {
  if (document.getState().key === null) return 'noDrawing';
  if (training.getState().phase !== 'idle') return 'busy';
  return derived.getState().errors > 0 ? 'errors' : null;
}

const phase = ({ training }: Studio): string => training.getState().phase;
const common = { menu: 'train', group: 'run' } as const;

export const trainingActions: readonly Action[] = [
  {
    id: 'train.start',
    title: titled(words, ({ train }) => train),
    ...common,
    shortcuts: ['Mod+Enter'],
    enabled: (studio) => trainingObstacle(studio) === null,
    run: async (studio) => {
      const { derived, view, training } = studio;
      // An edit of this very moment counts too.
      derived.getState().flush();
      if (trainingObstacle(studio) !== null) return;
      view.getState().set({ shownRun: null });
      view.getState().showDock('training');
      await training.getState().train();
    },
  },
  {
    id: 'train.pause',
    title: (studio) => {
      const { pause, continue: goOn } = words[studio.language()];
      return phase(studio) === 'paused' ? goOn : pause;
    },
    ...common,
    shortcuts: ['Mod+.'],
    enabled: (studio) => ['running', 'paused'].includes(phase(studio)),
    run: (studio) => {
      const { pause, continue: goOn } = studio.training.getState();
      return phase(studio) === 'paused' ? goOn() : pause();
    },
  },
  {
    id: 'train.stop',
    title: titled(words, ({ stop }) => stop),
    ...common,
    shortcuts: ['Mod+Alt+Enter'],
    enabled: (studio) => phase(studio) !== 'idle',
    run: ({ training }) => training.getState().stop(),
  },
  {
    id: 'train.engines',
    title: titled(words, ({ engines }) => engines),
    menu: 'train',
    group: 'engines',
    run: ({ view }) => view.getState().openDialog('engines'),
  },
  ...(['step', 'epoch', 'time'] as const).map(axisAction),
  {
    id: 'train.logAxis',
    title: titled(words, ({ logAxis }) => logAxis),
    menu: 'train',
    group: 'curves',
    checked: ({ training }) => training.getState().logAxis,
    run: ({ training }) => training.getState().setCurves({ logAxis: !training.getState().logAxis }),
  },
  smoothingAction('smoother', 0.1),
  smoothingAction('rougher', -0.1),
];

function axisAction(axis: CurveAxis): Action {
  const name = ({ step: 'axisStep', epoch: 'axisEpoch', time: 'axisTime' } as const)[axis];
  return {
    id: `train.axis.${axis}`,
    title: titled(words, (table) => table[name]),
    menu: 'train',
    group: 'axis',
    checked: ({ training }) => training.getState().axis === axis,
    run: ({ training }) => training.getState().setCurves({ axis }),
  };
}

function smoothingAction(name: 'smoother' | 'rougher', by: number): Action {
  return {
    id: `train.${name}`,
    title: titled(words, (table) => table[name]),
    menu: 'train',
    group: 'curves',
    run: ({ settings }) => {
      const { change, settings: now } = settings.getState();
      change({ smoothing: Number(Math.min(0.99, Math.max(0, now.smoothing + by)).toFixed(2)) });
    },
  };
}
