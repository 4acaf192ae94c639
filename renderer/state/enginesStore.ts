/** The engines as they were found, and what is being installed, by this window or by another one. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineStatus, InstallationEvent, InstallPlan } from '../../shared/ipc/studio/engineSchemas';
import { sentenceOf } from './sentenceOf';
import type { StudioClient } from './studioClient';

export type InstallationEnd = Extract<InstallationEvent, { kind: 'ended' }>;

/** What an installation would do, while it is decided about; `anew`: what is there would be removed first. */
export interface ShownPlan {
  anew: boolean;
  /** Null while it is being found out. */
  plan: InstallPlan | null;
  problem: string | null;
}

export interface EnginesState {
  /** Null until they were asked for. */
  engines: readonly EngineStatus[] | null;
  /** They are being tried. */
  trying: boolean;
  problem: string | null;
  /** By the name of what would be installed. */
  plans: Readonly<Record<string, ShownPlan>>;
  /** How the last installation of each ended. */
  ended: Readonly<Record<string, InstallationEnd>>;
  /** `fresh`: tries them even where that was done before. */
  look: (fresh: boolean) => Promise<void>;
  /** Asks what an installation would do. */
  plan: (name: string, anew: boolean) => Promise<void>;
  forgetPlan: (name: string) => void;
  install: (name: string, anew: boolean) => Promise<void>;
  cancel: (name: string) => Promise<void>;
  diagnostics: () => Promise<string>;
}

export type EnginesStore = StoreApi<EnginesState>;

export function createEnginesStore(client: StudioClient): EnginesStore {
  /** Something changed while they were being tried: what comes back may be older. */
  let changed = false;
  const store = createStore<EnginesState>((set, get) => {
    const without = <Value>(values: Readonly<Record<string, Value>>, name: string): Record<string, Value> =>
      Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
    const showPlan = (name: string, plan: ShownPlan): void =>
      set(({ plans, ended }) => ({ plans: { ...plans, [name]: plan }, ended: without(ended, name) }));
    return {
      ...{ engines: null, trying: false, problem: null, plans: {}, ended: {} },
      async look(fresh) {
        if (get().trying) return;
        set({ trying: true, problem: null });
        try {
          set({ engines: (await client.request('engines', { fresh })).engines, trying: false });
        } catch (error) {
          set({ trying: false, problem: sentenceOf(error) });
        }
        const again = changed;
        changed = false;
        if (again) await get().look(false);
      },
      async plan(name, anew) {
        showPlan(name, { anew, plan: null, problem: null });
        const told = await client.request('installPlan', { name }).then(
          (plan) => ({ plan, problem: null }),
          (error: unknown) => ({ plan: null, problem: sentenceOf(error) }),
        );
        // The user may have decided otherwise meanwhile.
        if (name in get().plans) showPlan(name, { anew, ...told });
      },
      forgetPlan: (name) => set(({ plans }) => ({ plans: without(plans, name) })),
      async install(name, anew) {
        set(({ plans, ended }) => ({ plans: without(plans, name), ended: without(ended, name) }));
        try {
          await client.request('install', { name, anew });
        } catch (error) {
          const failed = { kind: 'ended', name, outcome: 'failed', code: null, message: sentenceOf(error) } as const;
          set(({ ended }) => ({ ended: { ...ended, [name]: failed } }));
        }
      },
      cancel: async (name) => void (await client.request('cancelInstallation', { name })),
      diagnostics: async () => (await client.request('engineDiagnostics', {})).text,
    };
  });
  client.onEvent((event) => {
    if (event.name !== 'installation') return;
    hear(store, event.payload);
    if (event.payload.kind !== 'ended') return;
    const { trying, engines, look } = store.getState();
    changed = trying;
    // What nobody has looked at needs no second look.
    if (!trying && engines !== null) void look(false);
  });
  return store;
}

function hear(store: EnginesStore, told: InstallationEvent): void {
  const { name } = told;
  if (told.kind === 'ended') {
    store.setState(({ engines, ended }) => ({
      ended: { ...ended, [name]: told },
      engines: engines && engines.map((one) => (one.name === name ? { ...one, installation: null } : one)),
    }));
    return;
  }
  store.setState(({ engines }) => ({
    engines:
      engines &&
      engines.map((one) =>
        one.name === name ? { ...one, state: 'installing' as const, installation: told.progress } : one,
      ),
  }));
}
