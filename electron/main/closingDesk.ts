/** Closing windows and leaving the program: every window is asked, one after the other; a run is stopped or goes on. */
import type { ReceivedOf } from '../../shared/ipc/define';
import type { StudioContract } from '../../shared/ipc/studio';
import type { StudioWindow } from './studioWindow';
import type { TrainingDesk } from './trainingDesk';

export type Decision = ReceivedOf<StudioContract, 'close'>['decision'];

export interface ClosingOptions {
  windows: () => StudioWindow[];
  /** Whether the window can be asked: its page has started and answers. */
  answers: (window: StudioWindow) => boolean;
  training: Pick<TrainingDesk, 'isBusy' | 'end' | 'idle'>;
  /** The window is about to go, and its unsaved changes were given up or saved. */
  onDecided: (window: StudioWindow) => void;
  /** The run goes on without a window; called again with false when it has ended. */
  onBackground: (began: boolean) => void;
  /** Ends the program; nothing is asked any more. */
  leave: () => void;
  /** Without windows the program goes on (macOS). */
  staysWithoutWindows: boolean;
}

export interface ClosingDesk {
  /** The user wants this window closed. Resolves with whether it was. */
  close: (window: StudioWindow) => Promise<boolean>;
  /** The window's answer. */
  decide: (window: StudioWindow, decision: Decision) => void;
  /** The window is gone, however it went. */
  gone: (window: StudioWindow) => void;
  /** The user wants to leave the program. */
  quit: () => Promise<void>;
}

/** How long a run may take to end cleanly. */
const patienceMilliseconds = 10_000;

export function createClosingDesk(options: ClosingOptions): ClosingDesk {
  const { windows, answers, training, onDecided, onBackground, leave, staysWithoutWindows } = options;
  const asked = new Map<StudioWindow, (decision: Decision) => void>();
  let background = false;
  let leaving = false;

  async function close(window: StudioWindow): Promise<boolean> {
    if (asked.has(window)) return false;
    if (!answers(window)) {
      // Whatever it showed is in its journal.
      window.destroy();
      return true;
    }
    const last = windows().length === 1;
    const decision = await new Promise<Decision>((resolve) => {
      asked.set(window, resolve);
      window.emit('closing', { training: last && training.isBusy() });
    });
    asked.delete(window);
    if (decision === 'cancel') return false;
    onDecided(window);
    if (decision === 'stopTraining') await training.end(patienceMilliseconds);
    if (decision === 'keepTraining' && training.isBusy()) {
      background = true;
      onBackground(true);
    }
    window.destroy();
    return true;
  }

  async function leaveCleanly(): Promise<void> {
    if (leaving) return;
    leaving = true;
    await training.end(patienceMilliseconds);
    leave();
  }

  async function waitInBackground(): Promise<void> {
    await training.idle();
    const wasBackground = background;
    background = false;
    if (wasBackground) onBackground(false);
    // A window was opened meanwhile: the program stays with it.
    if (windows().length === 0) await leaveCleanly();
  }

  return {
    close,
    decide: (window, decision) => asked.get(window)?.(decision),
    gone(window) {
      asked.get(window)?.('close');
      asked.delete(window);
      if (windows().length > 0 || leaving) return;
      if (background) void waitInBackground();
      else if (!staysWithoutWindows) void leaveCleanly();
    },
    async quit() {
      for (const window of windows()) {
        window.focus();
        if (!(await close(window))) return;
      }
      if (!background) await leaveCleanly();
    },
  };
}
