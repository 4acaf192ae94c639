/** Asks the main process as the window does, through the bridge, past what the window itself would let a user ask. */
import type { Page } from 'playwright-core';
import type { RequestName } from '../../../shared/ipc/define';
import type { StudioContract } from '../../../shared/ipc/studio';
import { inPage } from './attempts';

export interface Answer {
  value?: unknown;
  failure?: { code: string; message: string };
}

let calls = 1_000_000;

/** `name` may be one that there is not. */
export function ask(page: Page, name: RequestName<StudioContract> | (string & {}), payload: unknown): Promise<Answer> {
  calls += 1;
  return inPage(
    page,
    ({ call, name: request, payload: given }) =>
      new Promise<Answer>((resolve) => {
        const bridge = Reflect.get(window, 'netloom') as {
          send: (message: unknown) => void;
          onMessage: (listener: (message: { reply?: number }) => void) => () => void;
        };
        const stop = bridge.onMessage((message) => {
          if (message.reply !== call) return;
          stop();
          resolve(message as Answer);
        });
        bridge.send({ call, name: request, payload: given });
      }),
    { call: calls, name, payload },
  );
}
