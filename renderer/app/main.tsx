/** The window's composition root: connects, asks what to show, makes the stores, renders. */
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '../ui/theme.css';
import { createRoot } from 'react-dom/client';
import { connectContract } from '../../shared/ipc/connectContract';
import type { Failure } from '../../shared/ipc/define';
import { studioContract } from '../../shared/ipc/studio';
import type { StudioBridge } from '../../shared/ipc/studioBridge';
import { languageOf, type Language } from '../i18n/language';
import { createStudio } from '../state/createStudio';
import { showDocument } from '../state/openOutcome';
import { RequestFailure } from '../state/requestFailure';
import { StudioProvider } from '../state/StudioContext';
import { App } from './App';
import { connectWindow } from './connectWindow';
import { listenToKeys } from './keys';
import { keepLook, showSystemTheme } from './look';

async function main(): Promise<void> {
  showSystemTheme();
  const { netloom } = window as unknown as { netloom: StudioBridge };
  let language: () => Language = () => languageOf('system', navigator.language);
  const client = connectContract(
    studioContract,
    { send: netloom.send, onMessage: (listener) => void netloom.onMessage(listener) },
    {
      errorOf: (failure: Failure) => new RequestFailure(failure, language()),
      onRefused: ({ message }) => console.error(message),
    },
  );
  const start = await client.request('start', {});
  const studio = createStudio(client, start);
  language = studio.language;
  keepLook(studio);
  if (start.document) showDocument(studio, start.document);
  for (const text of start.problems) studio.view.getState().notify({ kind: 'error', text });
  connectWindow(studio);
  listenToKeys(studio);
  window.addEventListener('pagehide', () => studio.journal.flush());
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  createRoot(root).render(
    <StudioProvider studio={studio}>
      <App drop={netloom.drop} />
    </StudioProvider>,
  );
}

void main();
