/** The document that a window shows, as the main process knows it. */
import { randomUUID } from 'node:crypto';
import type { OpenedDocument } from '../../shared/ipc/studio/documentSchemas';
import type { Json } from '../../shared/messages/define';

export interface ShownDocument {
  readonly key: string;
  /** As last opened, saved or journaled: what a window that is loaded again shows. */
  design: Json;
  file: string | null;
  /** Of the file as it was read or written here last. */
  fingerprint: string | null;
  origin: OpenedDocument['origin'];
  unsaved: boolean;
  recovered: string | null;
  /** Where saving with `overwrite` writes after the file that was asked for turned out to be taken. */
  contested: string | null;
  /** The fingerprint of somebody else's version that the window has been told of. */
  toldOf: string | null;
}

export function shownDocument(known: Pick<ShownDocument, 'design' | 'origin'> & Partial<ShownDocument>): ShownDocument {
  return {
    key: randomUUID(),
    file: null,
    fingerprint: null,
    unsaved: false,
    recovered: null,
    contested: null,
    toldOf: null,
    ...known,
  };
}

export function openedDocument({ key, design, file, origin, unsaved, recovered }: ShownDocument): OpenedDocument {
  return { key, design, file, origin, unsaved, recovered };
}
