/** The run that is being trained, from its first event to its last, with its curves; and what may be done with it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunDetails } from '../../shared/ipc/studio/runSchemas';
import type { MetricFrame } from '../../shared/ipc/trainer';
import type { Json } from '../../shared/messages/define';
import type { DocumentStore } from './documentStore';
import type { GradientStore } from './gradientStore';
import type { LayerMeasure } from './layerHistory';
import { createLiveRun, type LiveRun, type LiveRunSources } from './liveRun';
import type { RunCurves } from './runCurves';
import type { StudioClient } from './studioClient';
import { afterTrainingEvent } from './afterTrainingEvent';
import { nothingTrained, type TrainingFacts, type TrainingPhase } from './trainingFacts';
import type { SettingsStore } from './settingsStore';
import { recentRate } from './trainingProgress';
import { sentenceOf } from './sentenceOf';

export type CurveAxis = 'step' | 'epoch' | 'time';

export interface TrainingState extends TrainingFacts {
  /** Grows in place: `version` is another number whenever it has. */
  curves: RunCurves | null;
  version: number;
  /** How curves are drawn, here and in the comparison. */
  axis: CurveAxis;
  logAxis: boolean;
  measure: LayerMeasure;
  setCurves: (patch: Partial<Pick<TrainingState, 'axis' | 'logAxis' | 'measure'>>) => void;
  train: () => Promise<void>;
  /** `engine`: on which the run goes on; null: on that which it was on. */
  resume: (run: string, engine: string | null) => Promise<void>;
  pause: () => Promise<void>;
  continue: () => Promise<void>;
  /** A second one ends the run where it stands. */
  stop: () => Promise<void>;
}

export type TrainingStore = StoreApi<TrainingState>;

/** Points a curve that are asked of the log. */
const buckets = 4000;

export interface TrainingNeeds {
  document: DocumentStore;
  gradients: GradientStore;
  /** It says which engine trains. */
  settings: SettingsStore;
}

export function createTrainingStore(
  client: StudioClient,
  { document, gradients, settings }: TrainingNeeds,
): TrainingStore {
  const live = createLiveRun({
    ...logOf(client),
    onChange: () => store.setState(({ version }) => ({ curves: live.curves(), version: version + 1 })),
  });

  /** While it is tried, the phase is `phase`; where it fails, what it was, and why. */
  const attempt = async (phase: TrainingPhase, work: () => Promise<void>): Promise<void> => {
    const before = store.getState().phase;
    store.setState({ phase, problem: null });
    try {
      await work();
    } catch (error) {
      const stopped = store.getState().phase === 'stopping' && before === 'idle';
      const problem = stopped ? null : sentenceOf(error);
      if (store.getState().phase !== 'idle' || problem) store.setState({ phase: before, problem });
    }
  };

  const begin = (run: string | null): void => {
    const { result, outcome, notFinite, warnings, step, epoch, epochs, stepsPerSecond, trial, choice } = nothingTrained;
    const fresh = { result, outcome, notFinite, warnings, stepsPerSecond, trial, choice };
    if (run !== null && run === store.getState().run) return store.setState(fresh);
    store.setState({ ...fresh, run, engine: null, epochsDone: [], step, epoch, epochs });
    gradients.getState().clear();
  };

  const store = createStore<TrainingState>((set, get) => ({
    ...nothingTrained,
    curves: null,
    version: 0,
    axis: 'step',
    logAxis: false,
    measure: 'rms',
    setCurves: (patch) => set(patch),
    train: async () => {
      const { key, design } = document.getState();
      if (key === null || get().phase !== 'idle') return;
      begin(null);
      await attempt('preparing', async () => {
        const plain = JSON.parse(JSON.stringify(design)) as Json;
        const { engine } = settings.getState().settings;
        const { run } = await client.request('train', { key, design: plain, engine });
        if (get().run === null) set({ run });
      });
    },
    resume: async (run, engine) => {
      if (get().phase !== 'idle') return;
      begin(run);
      await attempt('preparing', async () => void (await client.request('resume', { run, engine })));
    },
    pause: () => attempt('pausing', async () => void (await client.request('pause', {}))),
    continue: () => attempt('running', async () => void (await client.request('continue', {}))),
    stop: () => attempt('stopping', async () => void (await client.request('stop', {}))),
  }));

  followEvents(client, store, live, gradients);
  void joinActiveRun(client, store, live.join);
  return store;
}

/** Tells every event to the state of training, to the curves and to the nodes. */
function followEvents(client: StudioClient, store: TrainingStore, live: LiveRun, gradients: GradientStore): void {
  const onFrame = (run: string, frame: MetricFrame): void => {
    if (run !== store.getState().run) return;
    live.frame(run, frame);
    store.setState(({ stepsPerSecond }) => ({
      step: frame.firstStep + frame.steps,
      stepsPerSecond: recentRate(stepsPerSecond, frame.stepsPerSecond),
    }));
    const groups = live.curves()?.groups ?? [];
    if (groups.length > 0) gradients.getState().show(groups, frame.gradientNorms, frame.updateRatios);
  };

  client.onEvent((event) => {
    if (event.name === 'frame') return onFrame(event.payload.run, event.payload.frame);
    if (event.name === 'trial') return store.setState({ trial: event.payload.engine });
    if (event.name === 'choice') return store.setState({ trial: null, choice: event.payload });
    if (event.name !== 'training') return;
    const { run, event: told } = event.payload;
    store.setState((state) => afterTrainingEvent(state, run, told));
    if (told.kind !== 'run') return;
    if (told.event.event === 'started') live.started(told.event);
    if (told.event.event === 'epoch') live.epoch(told.event);
    if (told.event.event === 'notFinite') live.notFinite(told.event.notFinite.step);
  });
}

function logOf(client: StudioClient): Pick<LiveRunSources, 'details' | 'series'> {
  return {
    details: (run) => client.request('runDetails', { run, buckets }),
    series: async (run, names, from, to) => {
      const request = { run, names: names.slice(0, 20), from, to, buckets };
      return (await client.request('runSeries', request)).series;
    },
  };
}

/** What is under way when the window opens. Events that arrived meanwhile know better. */
async function joinActiveRun(
  client: StudioClient,
  store: TrainingStore,
  join: (run: string) => Promise<RunDetails | null>,
): Promise<void> {
  const { active } = await client.request('activeRun', {}).catch(() => ({ active: null }));
  if (!active || store.getState().run !== null || store.getState().phase !== 'idle') return;
  const { run, state: phase, engine } = active;
  store.setState({ run, phase, engine: engine || null });
  const details = await join(run);
  if (!details || store.getState().run !== run) return;
  const { listing, epochs: epochsDone, stepsPerEpoch } = details;
  store.setState(({ step }) => ({
    ...{ epochsDone, stepsPerEpoch, epochs: listing.epochs ?? 0, epoch: listing.epoch },
    step: Math.max(step, listing.steps),
  }));
}
