/** The way to whoever started this process: Node's channel to a parent process, or Electron's to its main process. */
import type { Port } from '../../shared/ipc/define';

export interface ParentPort extends Port {
  /** Called once when the other side is gone. */
  onGone: (listener: () => void) => void;
}

/** What Electron puts on `process` in a utility process. */
interface UtilityPort {
  postMessage: (message: unknown) => void;
  on: (event: 'message', listener: (event: { data: unknown }) => void) => void;
}

/** Null where this process was started by hand. */
export function parentPort(): ParentPort | null {
  const utility = (process as { parentPort?: UtilityPort }).parentPort;
  if (utility) {
    return {
      send: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', ({ data }) => listener(data)),
      // Electron ends its utility processes itself.
      onGone: () => undefined,
    };
  }
  if (process.send === undefined) return null;
  return {
    send(message) {
      // Fails when the parent has just gone, which `disconnect` tells.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.once('disconnect', listener),
  };
}
