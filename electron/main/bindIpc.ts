/** The door to the main process: only our own page, in the main frame of one of our windows, is heard; the rest is logged. */
import { z } from 'zod';
import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import type { Port } from '../../shared/ipc/define';
import { origin } from './protocol';

const studioChannel = 'studio';
const dropChannel = 'studio-drop';
const pathsSchema = z.array(z.string().min(1).max(32_768)).max(100);

export interface WindowDoor {
  /** The window's end of the contract. */
  port: Port;
  /** Files that the user dropped on it. */
  onDrop: (listener: (paths: string[]) => void) => void;
  /** The window is gone: nothing is heard from it any more. */
  close: () => void;
}

interface Listening {
  contents: WebContents;
  hear: (message: unknown) => void;
  drop: (paths: string[]) => void;
}

export interface Doors {
  open: (contents: WebContents) => WindowDoor;
}

export function bindIpc(ipcMain: Pick<IpcMain, 'on'>, onRefused: (sentence: string) => void): Doors {
  const listening = new Map<number, Listening>();
  /** Windows that are gone: what they said last may still be on its way. */
  const gone = new Set<number>();

  function senderOf(event: IpcMainEvent): Listening | null {
    const found = listening.get(event.sender.id);
    const frame = event.senderFrame;
    const ours = frame && frame.parent === null && frame.url.startsWith(`${origin}/`);
    if (found && ours) return found;
    if ((ours || !frame) && gone.has(event.sender.id)) return null;
    onRefused(`A message from ${frame?.url ?? 'a frame that is gone'} was refused: it is no window of Netloom's.`);
    return null;
  }

  ipcMain.on(studioChannel, (event, message: unknown) => senderOf(event)?.hear(message));
  ipcMain.on(dropChannel, (event, paths: unknown) => {
    const sender = senderOf(event);
    const parsed = pathsSchema.safeParse(paths);
    if (sender && parsed.success) sender.drop(parsed.data);
    else if (sender) onRefused('Dropped files were refused: their paths are no list of paths.');
  });

  return {
    open(contents) {
      const entry: Listening = { contents, hear: () => undefined, drop: () => undefined };
      const { id } = contents;
      listening.set(id, entry);
      return {
        port: {
          send: (message) => void (contents.isDestroyed() || contents.send(studioChannel, message)),
          onMessage: (listener) => void (entry.hear = listener),
        },
        onDrop: (listener) => void (entry.drop = listener),
        close: () => {
          listening.delete(id);
          gone.add(id);
        },
      };
    },
  };
}
