/** 17: forged messages. What the page sends is held to the contract, and who sends it to being our page in our window. */
import { afterEach, describe, expect, it } from 'vitest';
import { inPage, saidRefusals } from './support/attempts';
import { ask } from './support/bridge';
import { endAll, launch, type Studio } from './support/launch';
import { windowProcess } from './support/processes';
import { until } from './support/waiting';

afterEach(endAll);

async function opened(): Promise<Studio> {
  const studio = await launch({ sample: 'xor-mlp' });
  await studio.page.locator('[data-start]').waitFor();
  return studio;
}

describe('a message from the page', () => {
  it('of an unknown name or a wrong shape is refused with a sentence, and the program goes on', async () => {
    const studio = await opened();
    const { page } = studio;
    const forged: [string, unknown][] = [
      ['readFile', { path: '/etc/passwd' }],
      ['constructor', {}],
      ['__proto__', {}],
      ['toString', {}],
      ['open', { recent: null, path: '/etc/passwd' }],
      ['open', {}],
      ['runDetails', { run: 'x', buckets: 1e9 }],
      ['save', { key: 'x', design: {}, as: false, overwrite: 1 }],
      ['dataSamples', { key: 'x', data: {}, part: 'all', indices: [1] }],
      ['setTitle', { title: 'x'.repeat(301), unsaved: false }],
      ['train', { key: 'x', design: null, engine: 'e'.repeat(61) }],
      ['setSettings', { theme: 'purple' }],
    ];
    for (const [name, payload] of forged) {
      const { failure, value } = await ask(page, name, payload);
      expect([name, value, failure?.code]).toEqual([name, undefined, 'message-invalid']);
      expect(failure?.message).toMatch(/^A message of "studio" .*was refused.*\.$/);
    }
    // Well formed, and belonging to nobody: neither files nor runs are found by a path.
    for (const run of ['../../..', '/etc', '..', '.', 'x/../../home']) {
      for (const name of ['removeRun', 'restoreRun', 'showRunFolder', 'resume', 'openRunDesign']) {
        const payload = name === 'resume' ? { run, engine: null } : { run };
        expect((await ask(page, name, payload)).failure?.code).toMatch(/^(run-unknown|message-invalid)$/);
      }
    }
    const unknown = await ask(page, 'open', { recent: '/etc/passwd' });
    expect(unknown.failure?.message).toMatch(/not in the list of recent files/);
    for (const junk of [null, 7, 'text', [], {}, { call: -1, name: 'start', payload: {} }, { reply: 1, value: 2 }]) {
      await inPage(
        page,
        (message) => (Reflect.get(window, 'netloom') as { send: (m: unknown) => void }).send(message),
        junk,
      );
    }
    await until('all seven refusals', () => studio.errors.length >= 7);
    await saidRefusals(studio, /^main: A message of "studio" \(message\) was refused/);
    expect(await ask(page, 'activeRun', {})).toMatchObject({ value: { active: null } });
    await studio.close();
  });

  it('of 64 MB is refused where it does not belong, and does not end the program', async () => {
    const studio = await opened();
    const asked = await inPage(
      studio.page,
      () =>
        new Promise<string>((resolve) => {
          const bridge = Reflect.get(window, 'netloom') as {
            send: (message: unknown) => void;
            onMessage: (listener: (message: { reply?: number; failure?: { message: string } }) => void) => void;
          };
          bridge.onMessage(({ reply, failure }) => {
            if (reply === 77) resolve(failure?.message ?? 'taken');
          });
          bridge.send({ call: 77, name: 'setTitle', payload: { title: 'x'.repeat(64 * 2 ** 20), unsaved: false } });
        }),
    );
    expect(asked).toMatch(/setTitle\) was refused at title/);
    await inPage(studio.page, () => {
      const bridge = Reflect.get(window, 'netloom') as { send: (message: unknown) => void };
      bridge.send({ call: 78, name: 'journal', payload: { key: 'k', design: 'x'.repeat(64 * 2 ** 20) } });
      bridge.send('x'.repeat(64 * 2 ** 20));
    });
    await saidRefusals(studio, /^main: A message of "studio" \(message\) was refused/);
    expect(await ask(studio.page, 'activeRun', {})).toMatchObject({ value: { active: null } });
    await studio.close();
  });

  it('cannot name a path: an object that looks like a dropped file has none', async () => {
    const studio = await opened();
    const heard = await inPage(studio.page, async () => {
      const events: unknown[] = [];
      const bridge = Reflect.get(window, 'netloom') as {
        drop: (files: unknown[]) => void;
        onMessage: (listener: (message: object) => void) => void;
      };
      bridge.onMessage((message) => void ('event' in message && events.push(message)));
      const named = Object.defineProperty(new File(['{}'], 'a.netloom'), 'path', { value: '/etc/passwd' });
      for (const forged of [{ path: '/etc/passwd' }, named, '/etc/passwd', null]) {
        try {
          bridge.drop([forged]);
        } catch {
          // Refused on the spot is refused too.
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      return events;
    });
    expect(heard).toEqual([]);
    await studio.close();
  });
});

describe('a message from elsewhere', () => {
  it('is not heard: neither from a window that is none of ours, though it has the bridge, nor from a frame', async () => {
    const studio = await opened();
    const { app, page } = studio;
    const preload = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const { session } = window?.webContents ?? {};
      return session ? process.mainModule?.filename.replace(/main\.cjs$/, 'preload.cjs') : undefined;
    });
    expect(preload).toMatch(/preload\.cjs$/);
    const foreign = app.waitForEvent('window');
    await app.evaluate(({ BrowserWindow }, path) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload: path ?? '', sandbox: true } });
      void window.loadURL('netloom://app/none.html').catch(() => undefined);
    }, preload);
    const stranger = await foreign;
    await stranger.waitForFunction(() => 'netloom' in window);
    const answered = await inPage(stranger, async () => {
      let heard = 0;
      const bridge = Reflect.get(window, 'netloom') as {
        send: (message: unknown) => void;
        onMessage: (listener: () => void) => void;
      };
      bridge.onMessage(() => (heard += 1));
      bridge.send({ call: 1, name: 'start', payload: {} });
      await new Promise((resolve) => setTimeout(resolve, 300));
      return heard;
    });
    expect(answered).toBe(0);
    await saidRefusals(
      studio,
      /^main: A message from netloom:\S+ was refused: it is no window of Netloom's/,
      /404|net::ERR/,
    );
    const inFrame = await inPage(page, () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>x</p>';
      document.body.append(frame);
      return frame.contentWindow !== null && 'netloom' in frame.contentWindow;
    });
    expect(inFrame).toBe(false);
    expect(await windowProcess(app)).toBeGreaterThan(0);
    await studio.close();
  });
});
