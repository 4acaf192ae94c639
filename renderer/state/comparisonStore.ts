/** How the runs panel is set: it stays so while the dock shows something else. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunState } from '../../shared/training/events';

export type ComparisonTab = 'curves' | 'differences' | 'classes' | 'try';
export type RunColumn = 'name' | 'state' | 'validation' | 'test' | 'epochs' | 'duration' | 'created' | 'engine';

export interface RunFilter {
  text: string;
  state: RunState | 'all';
}

export interface RunSort {
  column: RunColumn;
  descending: boolean;
}

export interface ComparisonState {
  tab: ComparisonTab;
  filter: RunFilter;
  sort: RunSort;
  /** Whether settings that are equal in all runs are left out. */
  differencesOnly: boolean;
  /** Which part of the data the classes are judged on. */
  part: 'validation' | 'test';
  set: (patch: Partial<ComparisonState>) => void;
}

export type ComparisonStore = StoreApi<ComparisonState>;

export function createComparisonStore(): ComparisonStore {
  return createStore<ComparisonState>((set) => ({
    tab: 'curves',
    filter: { text: '', state: 'all' },
    sort: { column: 'created', descending: true },
    differencesOnly: true,
    part: 'test',
    set: (patch) => set(patch),
  }));
}
