/** What a window may ask about code: writing it into a folder that the user names, showing that folder, proving it. */
import { join } from 'node:path';
import { exportTargets } from '../../../shared/codegen/exportTargets';
import type { ExportTarget } from '../../../shared/codegen/exportTarget';
import type { Handlers } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import type { Verification } from '../../../shared/ipc/studio/exportSchemas';
import { designOf } from '../../services/designs/openDesign';
import { nameOf } from '../../services/documents/designFile';
import { exportDesign, type ExportResult } from '../../services/export/exportDesign';
import { verifyExported } from '../../services/export/verifyExported';
import type { Verified } from '../../services/export/verifyExports';
import { runnerFor } from '../../services/export/verifyRunner';
import { ServiceProblem } from '../../services/serviceProblem';
import type { StudioContext } from '../studioContext';
import type { StudioWindow } from '../studioWindow';

type Asked = 'exportCode' | 'showExport' | 'verifyExport' | 'cancelVerification';

/** The folder of the last export lives as long as the window. */
export function exportHandlers(window: StudioWindow, context: StudioContext): Pick<Handlers<StudioContract>, Asked> {
  const { documents, home, mirror, spawn, system } = context;
  let folder: string | null = null;
  let last: { exported: ExportResult; target: ExportTarget } | null = null;
  let verification: AbortController | null = null;

  return {
    async exportCode({ design: drawn, target: id, opset, run, where }) {
      const target = exportTargets[id];
      const file = documents.shownIn(window)?.file ?? null;
      const design = designOf(drawn, file ?? 'the drawing');
      const name = nameOf(design, file);
      const named = where === 'ask' ? null : folder;
      const to = named ?? (await system.chooseExport(window, `${name.replace(/\.netloom$/, '')}-${id}`));
      if (to === null) return { outcome: 'cancelled' };
      folder = to;
      const options = { home, target, to, run, opset, mirror, force: where === 'replace' && named !== null };
      try {
        const exported = await exportDesign({ ...options, file: file ?? join(home, `${name}.netloom`), drawn: design });
        last = { exported, target };
        const { files, bytes, dataLeftOut } = exported;
        const leftOut = dataLeftOut?.bytes ?? null;
        return { outcome: 'exported', folder: exported.folder, files: [...files], bytes, leftOut };
      } catch (error) {
        if (!(error instanceof ServiceProblem) || error.code !== 'folder-taken') throw error;
        return { outcome: 'taken', folder: to, message: error.message };
      }
    },
    showExport() {
      system.showFolder(join(exportedBefore(last).exported.folder, 'README.md'));
      return {};
    },
    async verifyExport() {
      const { exported, target } = exportedBefore(last);
      verification?.abort();
      const own = new AbortController();
      verification = own;
      const run = await runnerFor(target.target, { home, signal: own.signal });
      return answerOf(await verifyExported(exported, target, { spawn, run }));
    },
    cancelVerification() {
      verification?.abort();
      verification = null;
      return {};
    },
  };
}

function exportedBefore<Last>(last: Last | null): Last {
  if (last) return last;
  throw new ServiceProblem('message-invalid', 'Nothing was exported from this window yet: save the code first.');
}

function answerOf({ folder, ok, error, versions, checks }: Verified): Verification {
  return {
    ...{ folder, ok, error, versions: { ...versions } },
    checks: checks.map(({ kind, ok: fine, compared, worst }) => ({
      ...{ kind, ok: fine, compared },
      ratio: worst && Number.isFinite(worst.ratio) ? worst.ratio : null,
      ...{ node: worst?.node ?? null, tensor: worst?.tensor ?? null, what: worst?.what ?? null },
    })),
  };
}
