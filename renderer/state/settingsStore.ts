/** The user's settings as they are now; a change is told to the main process, which keeps them and tells other windows. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Settings } from '../../shared/ipc/studio/settingsSchema';
import type { StudioClient } from './studioClient';

export interface SettingsState {
  settings: Settings;
  change: (patch: Partial<Settings>) => void;
}

export type SettingsStore = StoreApi<SettingsState>;

/** A dragged panel would write a file for every pixel. */
const waitMilliseconds = 200;

export function createSettingsStore(client: StudioClient, settings: Settings): SettingsStore {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const store = createStore<SettingsState>((set, get) => ({
    settings,
    change: (patch) => {
      set({ settings: { ...get().settings, ...patch } });
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = undefined;
        void client.request('setSettings', get().settings).catch(() => undefined);
      }, waitMilliseconds);
    },
  }));
  client.onEvent((event) => {
    // While a panel is being dragged, what comes back is older than what is here.
    if (event.name === 'settings' && timer === undefined) store.setState({ settings: event.payload });
  });
  return store;
}
