/** The newest gradient of every weight group of the run that trains: what tints the nodes. Written from its frames. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WeightGroup } from '../../shared/training/events';

export interface GradientReading {
  /** Root mean square of the gradient's elements. */
  rms: number;
  /** `rms` over that of the weight group nearest the loss; NaN where that is zero or not a number. */
  ratioToOutputSide: number;
  /** Length of the update over length of the weights; NaN where it was not measured. */
  updateRatio: number;
}

export interface GradientState {
  /** By the path of the weight group; empty while nothing trains and nothing was trained. */
  norms: ReadonlyMap<string, GradientReading>;
  /** `rms` of the last frames of each group, oldest first. */
  history: ReadonlyMap<string, readonly number[]>;
  /** `groups` in flow order, so that the last is nearest the loss; norms and ratios in the same order. */
  show: (groups: readonly WeightGroup[], gradientNorms: ArrayLike<number>, updateRatios: ArrayLike<number>) => void;
  clear: () => void;
}

export type GradientStore = StoreApi<GradientState>;

/** Frames that a node's sparkline shows. */
export const gradientHistory = 32;

export function createGradientStore(): GradientStore {
  return createStore<GradientState>((set, get) => ({
    norms: new Map(),
    history: new Map(),
    show: (groups, gradientNorms, updateRatios) => {
      const values = groups.map(({ elements }, at) => (gradientNorms[at] ?? NaN) / Math.sqrt(Math.max(1, elements)));
      const reference = values[values.length - 1] ?? NaN;
      const norms = new Map<string, GradientReading>();
      const history = new Map<string, readonly number[]>();
      groups.forEach(({ path }, at) => {
        const rms = values[at] ?? NaN;
        const ratioToOutputSide = reference > 0 ? rms / reference : NaN;
        norms.set(path, { rms, ratioToOutputSide, updateRatio: updateRatios[at] ?? NaN });
        history.set(path, [...(get().history.get(path) ?? []), rms].slice(-gradientHistory));
      });
      set({ norms, history });
    },
    clear: () => set({ norms: new Map(), history: new Map() }),
  }));
}
