/** All that a window works on, in one value: the connection to the main process and the stores, by lifetime. */
import type { Language } from '../i18n/language';
import type { ComparisonStore } from './comparisonStore';
import type { DataStore } from './dataStore';
import type { DerivedStore } from './derivedStore';
import type { DocumentStore } from './documentStore';
import type { EnginesStore } from './enginesStore';
import type { ExportStore } from './exportStore';
import type { FilesStore } from './filesStore';
import type { GradientStore } from './gradientStore';
import type { Journal } from './journal';
import type { RunDetailsStore } from './runDetailsStore';
import type { RunsStore } from './runsStore';
import type { SettingsStore } from './settingsStore';
import type { StudioClient } from './studioClient';
import type { TrainingStore } from './trainingStore';
import type { ViewStore } from './viewStore';

/** What never changes while the window lives. */
export interface StudioFacts {
  platform: 'linux' | 'win32' | 'darwin';
  systemLanguage: string;
  versions: { netloom: string; electron: string; chromium: string; node: string };
}

export interface Studio {
  client: StudioClient;
  facts: StudioFacts;
  document: DocumentStore;
  derived: DerivedStore;
  files: FilesStore;
  journal: Journal;
  view: ViewStore;
  settings: SettingsStore;
  data: DataStore;
  engines: EnginesStore;
  training: TrainingStore;
  gradients: GradientStore;
  runs: RunsStore;
  runDetails: RunDetailsStore;
  comparison: ComparisonStore;
  exporting: ExportStore;
  language: () => Language;
}
