/** A window as the rest of the main process knows it: who is told what, and what can be done with it. */
import type { Server } from '../../shared/ipc/serveContract';
import type { StudioContract } from '../../shared/ipc/studio';

export interface StudioWindow {
  readonly id: number;
  emit: Server<StudioContract>['emit'];
  /** To the front, out of the taskbar. */
  focus: () => void;
  showTitle: (title: string, unsaved: boolean, file: string | null) => void;
  /** Closes it without asking. */
  destroy: () => void;
}
