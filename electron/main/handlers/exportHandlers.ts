/** What a window may ask about code: writing it into a folder that the user names, showing that folder, proving it. */
import { join } from 'node:path';
import type { Handlers } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import { designOf } from '../../services/designs/openDesign';
import { nameOf } from '../../services/documents/designFile';
import { ServiceProblem } from '../../services/serviceProblem';
import type { StudioContext } from '../studioContext';
import type { StudioWindow } from '../studioWindow';

type Asked = 'exportCode' | 'showExport' | 'verifyExport' | 'cancelVerification';

/** Another process does the work; the folder of the last export lives as long as the window. */
export function exportHandlers(window: StudioWindow, context: StudioContext): Pick<Handlers<StudioContract>, Asked> {
  const { documents, exporter, home, mirror, system } = context;
  const session = exporter.session();
  let named: string | null = null;
  let exported: string | null = null;

  return {
    async exportCode({ design: drawn, target, opset, run, where }) {
      const file = documents.shownIn(window)?.file ?? null;
      const name = nameOf(designOf(drawn, file ?? 'the drawing'), file);
      const before = where === 'ask' ? null : named;
      const to = before ?? (await system.chooseExport(window, `${name.replace(/\.netloom$/, '')}-${target}`));
      if (to === null) return { outcome: 'cancelled' };
      named = to;
      const asked = { session, home, mirror, design: drawn, target, opset, run, to };
      const force = where === 'replace' && before !== null;
      try {
        const answer = await exporter.request('write', {
          ...asked,
          force,
          file: file ?? join(home, `${name}.netloom`),
        });
        exported = answer.folder;
        return { outcome: 'exported', ...answer };
      } catch (error) {
        if (!(error instanceof ServiceProblem) || error.code !== 'folder-taken') throw error;
        return { outcome: 'taken', folder: to, message: error.message };
      }
    },
    showExport() {
      system.showFolder(join(exportedBefore(exported), 'README.md'));
      return {};
    },
    verifyExport() {
      exportedBefore(exported);
      return exporter.request('verify', { session, home });
    },
    cancelVerification: () => exporter.request('cancel', { session }),
  };
}

function exportedBefore(folder: string | null): string {
  if (folder !== null) return folder;
  throw new ServiceProblem('message-invalid', 'Nothing was exported from this window yet: save the code first.');
}
