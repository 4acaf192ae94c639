/** What the exporting process answers: a window's last export stays here until it is proved or another one follows. */
import { exportTargets } from '../../../shared/codegen/exportTargets';
import type { ExportTarget } from '../../../shared/codegen/exportTarget';
import type { Handlers } from '../../../shared/ipc/define';
import type { ExporterContract } from '../../../shared/ipc/exporter';
import type { Verification } from '../../../shared/ipc/studio/exportSchemas';
import { diskFiles, type FileSystem } from '../../files/fileSystem';
import { designOf } from '../designs/openDesign';
import { exportDesign, type ExportResult } from '../export/exportDesign';
import { verifyExported } from '../export/verifyExported';
import type { Verified } from '../export/verifyExports';
import { runnerFor } from '../export/verifyRunner';
import { ServiceProblem } from '../serviceProblem';
import { relayedTrainer, type Emit, type RelayedTrainer } from './relayedTrainer';

/** Windows whose last exports are kept: of those closed nobody tells. */
const mostSessions = 8;

interface Session {
  exported: { result: ExportResult; target: ExportTarget } | null;
  verification: AbortController | null;
}

export function exporterHandlers(emit: Emit, files: FileSystem = diskFiles): Handlers<ExporterContract> {
  const sessions = new Map<number, Session>();
  const trainers = new Map<number, RelayedTrainer>();
  let started = 0;
  const spawn = (): RelayedTrainer => {
    started += 1;
    const trainer = relayedTrainer(started, emit);
    trainers.set(started, trainer);
    return trainer;
  };
  const sessionOf = (id: number): Session => {
    const found = sessions.get(id) ?? { exported: null, verification: null };
    sessions.delete(id);
    sessions.set(id, found);
    for (const oldest of sessions.keys()) if (sessions.size > mostSessions) sessions.delete(oldest);
    return found;
  };
  return {
    async write({ session, design, file, target: id, ...asked }) {
      const target = exportTargets[id];
      const result = await exportDesign({ ...asked, file, drawn: designOf(design, file), target, files });
      sessionOf(session).exported = { result, target };
      const { folder, bytes, dataLeftOut } = result;
      return { folder, files: [...result.files], bytes, leftOut: dataLeftOut?.bytes ?? null };
    },
    async verify({ session: id, home }) {
      const session = sessionOf(id);
      const { exported } = session;
      if (!exported) throw new ServiceProblem('message-invalid', 'The saved code is known no more: save it again.');
      session.verification?.abort();
      const own = new AbortController();
      session.verification = own;
      const run = await runnerFor(exported.target.target, { home, signal: own.signal });
      return answerOf(await verifyExported(exported.result, exported.target, { spawn, run }));
    },
    cancel({ session }) {
      sessions.get(session)?.verification?.abort();
      return {};
    },
    fromTrainer({ trainer, message }) {
      trainers.get(trainer)?.hear(message);
      return {};
    },
    trainerEnded({ trainer, ...exit }) {
      trainers.get(trainer)?.end(exit);
      trainers.delete(trainer);
      return {};
    },
  };
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
