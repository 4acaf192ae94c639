/** What the handlers of every window work with, put together once by `app.ts`. */
import type { RecentFiles } from '../services/documents/recentFiles';
import type { ExporterHost } from '../services/exporter/exporterHost';
import type { ReaderHost } from '../services/reader/readerHost';
import type { SpawnPrepare } from '../services/data/prepareData';
import type { SpawnTrainer } from '../services/training/trainerHost';
import type { SampleDesign } from '../../shared/ipc/studio/documentSchemas';
import type { RequestOf, ResponseOf } from '../../shared/ipc/define';
import type { StudioContract } from '../../shared/ipc/studio';
import type { ClosingDesk } from './closingDesk';
import type { DocumentDesk } from './documentDesk';
import type { EngineDesk } from './engineDesk';
import type { FileWatch } from './fileWatch';
import type { JournalKeeper } from './journalKeeper';
import type { SettingsDesk } from './settingsDesk';
import type { StudioWindow } from './studioWindow';
import type { TrainingDesk } from './trainingDesk';
import type { RunsWatch } from './watchRuns';

type StartAnswer = ResponseOf<StudioContract, 'start'>;

export interface StudioContext {
  home: string;
  assets: string;
  /** Replaces the published addresses of downloads. */
  mirror: string | null;
  facts: Pick<StartAnswer, 'platform' | 'systemLanguage' | 'versions'>;
  samples: readonly SampleDesign[];
  recent: RecentFiles;
  settings: SettingsDesk;
  documents: DocumentDesk;
  journal: JournalKeeper;
  watch: FileWatch;
  training: TrainingDesk;
  engines: EngineDesk;
  closing: ClosingDesk;
  reader: ReaderHost;
  exporter: ExporterHost;
  spawn: SpawnTrainer;
  prepare: SpawnPrepare;
  system: SystemServices;
  /** Sentences about what was met at the start; the first window takes them. */
  takeProblems: () => string[];
  runs: RunsWatch;
  openWindow: () => StudioWindow;
}

/** What only the desktop can do. */
export interface SystemServices {
  chooseDesign: (window: StudioWindow) => Promise<string | null>;
  chooseTarget: (window: StudioWindow, suggested: string) => Promise<string | null>;
  chooseData: (window: StudioWindow) => Promise<string | null>;
  /** A folder, new or of an earlier export; `suggested` is its name. */
  chooseExport: (window: StudioWindow, suggested: string) => Promise<string | null>;
  showFolder: (folder: string) => void;
  setMenus: (window: StudioWindow, menus: RequestOf<StudioContract, 'setMenus'>['menus']) => void;
  readClipboard: () => Promise<string>;
  writeClipboard: (text: string) => void;
}
