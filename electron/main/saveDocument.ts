/** Saving: where to, whether somebody else wrote there meanwhile, and what is known of the file afterwards. */
import type { ReceivedOf } from '../../shared/ipc/define';
import type { StudioContract } from '../../shared/ipc/studio';
import type { SaveOutcome } from '../../shared/ipc/studio/documentSchemas';
import { diskFiles } from '../files/fileSystem';
import { designOf } from '../services/designs/openDesign';
import { fingerprintOf, nameOf, trueFile, withExtension, writeDesignFile } from '../services/documents/designFile';
import { removeJournal } from '../services/documents/journal';
import { ServiceProblem } from '../services/serviceProblem';
import type { ShownDocument } from './shownDocument';

export interface SaveOptions {
  home: string;
  /** Asks for a file, starting from a name or the file it has; null: cancelled. */
  chooseTarget: (suggested: string) => Promise<string | null>;
  /** Whether another window shows that file. */
  isShownElsewhere: (file: string) => boolean;
  onSaved: (name: string, file: string) => void;
}

type SaveRequest = ReceivedOf<StudioContract, 'save'>;

/** Throws `FileProblem` (a full disk, no permission) and `ServiceProblem`; the old file then stands as it was. */
export async function saveDocument(
  shown: ShownDocument,
  { design: drawn, as, overwrite }: SaveRequest,
  options: SaveOptions,
): Promise<SaveOutcome> {
  const design = designOf(drawn, shown.file ?? 'the drawing');
  const place = await placeOf(shown, as, overwrite, nameOf(design, shown.file), options);
  if (place === null) return { outcome: 'cancelled' };
  const { target, confirmed } = place;
  if (options.isShownElsewhere(target)) {
    throw new ServiceProblem(
      'message-invalid',
      `${target} is open in another window. Save this drawing under another name, or close that window first.`,
    );
  }
  if (!overwrite && !confirmed && isContested(shown, target)) {
    shown.contested = target;
    return { outcome: 'changedOnDisk', file: target };
  }
  const fingerprint = writeDesignFile(target, design);
  const saved = { design: drawn, file: target, fingerprint, origin: 'file' as const, unsaved: false };
  Object.assign(shown, { ...saved, contested: null, toldOf: null, recovered: null });
  removeJournal(diskFiles, options.home, shown.key);
  options.onSaved(nameOf(design, target), target);
  return { outcome: 'saved', file: target };
}

/** `confirmed`: the dialog of the system has asked whether this very file may be replaced. */
interface Place {
  target: string;
  confirmed: boolean;
}

async function placeOf(
  shown: ShownDocument,
  as: boolean,
  overwrite: boolean,
  name: string,
  { chooseTarget }: SaveOptions,
): Promise<Place | null> {
  if (overwrite && shown.contested !== null) return { target: shown.contested, confirmed: false };
  if (!as && shown.file !== null) return { target: shown.file, confirmed: false };
  const chosen = await chooseTarget(shown.file ?? `${fileName(name)}.netloom`);
  if (chosen === null) return null;
  return { target: trueFile(withExtension(chosen)), confirmed: withExtension(chosen) === chosen };
}

/** Its own file with other content than was read or written last, or a file that is not its own. */
function isContested(shown: ShownDocument, target: string): boolean {
  const found = fingerprintOf(target);
  if (found === null) return diskFiles.facts(target) !== undefined;
  return target !== shown.file || found !== shown.fingerprint;
}

/** A name that every file system takes. */
function fileName(name: string): string {
  const plain = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim();
  return plain.slice(0, 80) || 'design';
}
