/** What a window may ask about its document: start, open, save, journal. */
import type { Handlers } from '../../../shared/ipc/define';
import { emptyDesign } from '../../../shared/design/schema';
import type { StudioContract } from '../../../shared/ipc/studio';
import type { Json } from '../../../shared/messages/define';
import { ServiceProblem } from '../../services/serviceProblem';
import { saveDocument } from '../saveDocument';
import { openedDocument } from '../shownDocument';
import type { StudioContext } from '../studioContext';
import type { StudioWindow } from '../studioWindow';

type Asked = 'start' | 'newDocument' | 'open' | 'openSample' | 'openRunDesign' | 'save' | 'journal' | 'forgetRecent';

export function documentHandlers(window: StudioWindow, context: StudioContext): Pick<Handlers<StudioContract>, Asked> {
  const { documents, recent, home, reader, system, watch } = context;

  function watched<Value>(value: Value): Value {
    watch.refresh();
    return value;
  }

  return {
    start() {
      const shown = documents.shownIn(window);
      return watched({
        document: shown && openedDocument(shown),
        settings: context.settings.now(),
        recent: recent.list(),
        samples: [...context.samples],
        ...context.facts,
        problems: context.takeProblems(),
      });
    },
    newDocument: () => documents.openCopy(window, { ...emptyDesign() } as unknown as Json, 'new'),
    async open({ recent: named }) {
      if (named !== null && !recent.has(named)) {
        throw new ServiceProblem(
          'message-invalid',
          `${named} is not in the list of recent files. Open it by its dialog.`,
        );
      }
      const file = named ?? (await system.chooseDesign(window));
      return file === null ? { outcome: 'cancelled' } : watched(documents.openFile(window, file));
    },
    openSample({ sample: id }) {
      const sample = context.samples.find((one) => one.id === id);
      if (sample) return watched(documents.openCopy(window, sample.design, 'sample'));
      throw new ServiceProblem('sample-unknown', `There is no sample design "${id}".`);
    },
    async openRunDesign({ run }) {
      const { design } = await reader.request('runDesign', { home, run });
      return watched(documents.openCopy(window, design, 'run'));
    },
    async save(request) {
      const shown = documents.shownIn(window);
      if (shown?.key !== request.key) {
        throw new ServiceProblem('message-invalid', 'This window shows another drawing now: nothing was saved.');
      }
      const outcome = await saveDocument(shown, request, {
        home,
        chooseTarget: (suggested) => system.chooseTarget(window, suggested),
        isShownElsewhere: (file) => documents.otherWindowOf(file, window) !== null,
        onSaved: recent.add,
      });
      return watched(outcome);
    },
    journal({ key, design }) {
      const shown = documents.shownIn(window);
      // One that was on its way while the window turned to another drawing.
      if (shown?.key === key) context.journal.keep(shown, design);
      return {};
    },
    forgetRecent({ file }) {
      recent.forget(file);
      return {};
    },
  };
}
