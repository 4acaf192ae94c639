/** How components reach the stores: one context whose value never changes, and hooks that select from a store. */
import { createContext, useContext, type ReactNode } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { languageOf } from '../i18n/language';
import type { Strings } from '../i18n/strings';
import type { ComparisonState } from './comparisonStore';
import type { DataState } from './dataStore';
import type { DerivedActions, DerivedState } from './derivedStore';
import type { DocumentActions, DocumentState } from './documentStore';
import type { EnginesState } from './enginesStore';
import type { ExportState } from './exportStore';
import type { FilesState } from './filesStore';
import type { GradientState } from './gradientStore';
import type { RunDetailsState } from './runDetailsStore';
import type { RunsState } from './runsStore';
import type { SettingsState } from './settingsStore';
import type { Studio } from './studio';
import type { TrainingState } from './trainingStore';
import type { ViewActions, ViewState } from './viewStore';

const Context = createContext<Studio | null>(null);

export function StudioProvider({ studio, children }: { studio: Studio; children: ReactNode }): ReactNode {
  return <Context.Provider value={studio}>{children}</Context.Provider>;
}

export function useStudio(): Studio {
  const studio = useContext(Context);
  if (!studio) throw new Error('useStudio outside of StudioProvider');
  return studio;
}

interface States {
  document: DocumentState & DocumentActions;
  derived: DerivedState & DerivedActions;
  files: FilesState;
  view: ViewState & ViewActions;
  settings: SettingsState;
  data: DataState;
  engines: EnginesState;
  training: TrainingState;
  gradients: GradientState;
  runs: RunsState;
  runDetails: RunDetailsState;
  comparison: ComparisonState;
  exporting: ExportState;
}

/** Selectors return primitives or stable references, so that a component renders only when what it shows has changed. */
export function useStudioState<Name extends keyof States, Value>(
  name: Name,
  select: (state: States[Name]) => Value,
): Value {
  const stores: { [Key in keyof States]: StoreApi<States[Key]> } = useStudio();
  return useStore(stores[name], select);
}

/** A folder's words in the user's language. */
export function useStrings<Table>(strings: Strings<Table>): Readonly<Table> {
  const { facts } = useStudio();
  const language = useStudioState('settings', ({ settings }) => languageOf(settings.language, facts.systemLanguage));
  return strings[language];
}
