/** Makes the stores of a window on its connection, once. */
import type { ResponseOf } from '../../shared/ipc/define';
import type { StudioContract } from '../../shared/ipc/studio';
import { languageOf } from '../i18n/language';
import { createComparisonStore } from './comparisonStore';
import { createDataStore } from './dataStore';
import { createDerivedStore } from './derivedStore';
import { createDocumentStore } from './documentStore';
import { createEnginesStore } from './enginesStore';
import { createExportStore } from './exportStore';
import { createFilesStore } from './filesStore';
import { createGradientStore } from './gradientStore';
import { keepJournal } from './journal';
import { keepRunColours } from './runColours';
import { createRunDetailsStore } from './runDetailsStore';
import { createRunsStore } from './runsStore';
import { createSettingsStore } from './settingsStore';
import type { Studio } from './studio';
import type { StudioClient } from './studioClient';
import { createTrainingStore } from './trainingStore';
import { createViewStore } from './viewStore';

export type StartAnswer = ResponseOf<StudioContract, 'start'>;

export function createStudio(client: StudioClient, start: StartAnswer): Studio {
  const { platform, systemLanguage, versions } = start;
  const document = createDocumentStore();
  const derived = createDerivedStore(document);
  const gradients = createGradientStore();
  const settings = createSettingsStore(client, start.settings);
  const runs = createRunsStore(client);
  keepRunColours(runs, settings);
  return {
    client,
    facts: { platform, systemLanguage, versions },
    document,
    derived,
    files: createFilesStore(client, start),
    journal: keepJournal(client, document),
    view: createViewStore(),
    settings,
    data: createDataStore(client, document, derived),
    engines: createEnginesStore(client),
    training: createTrainingStore(client, { document, gradients, settings }),
    gradients,
    runs,
    runDetails: createRunDetailsStore(client, runs),
    comparison: createComparisonStore(),
    exporting: createExportStore(client, document, settings),
    language: () => languageOf(settings.getState().settings.language, systemLanguage),
  };
}
