/** What the preload script hands to the window, and nothing else. */

export interface StudioBridge {
  send: (message: unknown) => void;
  /** The function returned ends the subscription. */
  onMessage: (listener: (message: unknown) => void) => () => void;
  /** Hands files that the user dropped to the main process; the window itself never learns their paths. */
  drop: (files: readonly unknown[]) => void;
}
