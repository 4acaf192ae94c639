/** How a script that got into the page would try to leave it, by the numbers of Electron's checklist: each refused aloud. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inPage, nothingMoved, saidRefusals, startWitness, type Witness } from './support/attempts';
import { dropOn } from './support/drop';
import { launch, type Studio } from './support/launch';

let studio: Studio;
let witness: Witness;

beforeAll(async () => {
  witness = await startWitness();
  studio = await launch({ sample: 'xor-mlp' });
  await studio.page.locator('[data-start]').waitFor();
});

afterAll(async () => {
  await studio.close();
  await witness.close();
});

describe('ways out of the page', () => {
  it('13: the page goes nowhere: by its address, by a link, a form, a refresh, or a link dropped on it', async () => {
    const { page } = studio;
    const targets = [
      `http://${witness.address}/`,
      'file:///etc/passwd',
      'netloom://app/other.html',
      'netloom://other/',
    ];
    for (const target of targets) await inPage(page, (url) => location.assign(url), target);
    await saidRefusals(
      studio,
      /^main: Refused: a navigation to http:/,
      /^main: Refused: a navigation to netloom:\/\/app\/other.html/,
      /^main: Refused: a navigation to netloom:\/\/other\//,
      /Not allowed to load local resource: file/,
    );
    const elements = {
      link: { tag: 'a', attributes: { href: `http://${witness.address}/link` } },
      refresh: {
        tag: 'meta',
        attributes: { 'http-equiv': 'refresh', content: `0;url=http://${witness.address}/refresh` },
      },
      form: { tag: 'form', attributes: { action: `http://${witness.address}/form` } },
    };
    const refusals = {
      link: /^main: Refused: a navigation to http:\S+link/,
      refresh: /^main: Refused: a navigation to http:\S+refresh/,
      form: /Refused to send form data/,
    };
    for (const name of ['link', 'refresh', 'form'] as const) {
      await inPage(
        page,
        ({ tag, attributes }) => {
          const element = document.createElement(tag);
          for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
          document.head.append(element);
          if (element instanceof HTMLFormElement) element.submit();
          else element.click();
        },
        elements[name],
      );
      await saidRefusals(studio, refusals[name]);
    }
    const items = [{ mimeType: 'text/uri-list', data: `http://${witness.address}/dropped` }];
    await dropOn(studio, { items, files: [] });
    await nothingMoved(studio, witness);
  });

  it('14, 15: no window opens, inside or outside of the program, whatever the address', async () => {
    const { app, page } = studio;
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = (url) => Promise.resolve(void opened.push(url));
    });
    const windows = await inPage(
      page,
      (address) => {
        const urls = [
          `http://${address}/`,
          'about:blank',
          location.href,
          'file:///etc/passwd',
          'blob:x',
          'mailto:a@b.example',
        ];
        const opened = urls.filter((url) => window.open(url, '_blank', 'nodeIntegration=yes') !== null);
        for (const target of ['_blank', 'elsewhere']) {
          const link = Object.assign(document.createElement('a'), { href: `http://${address}/`, target });
          document.body.append(link);
          link.click();
          link.dispatchEvent(new MouseEvent('click', { ctrlKey: true, shiftKey: true, bubbles: true }));
        }
        return opened;
      },
      witness.address,
    );
    expect(windows).toEqual([]);
    for (const url of ['mailto:a@b.example', 'netloom-other:x', 'ms-settings:x']) {
      await inPage(page, (target) => location.assign(target), url);
    }
    await saidRefusals(
      studio,
      /^main: Refused: a new window for http:/,
      /^main: Refused: a new window for netloom:/,
      /^main: Refused: a (navigation to|new window for) mailto:/,
      /^main: Refused: a navigation to ms-settings:/,
      /Not allowed to load local resource|^main: Refused/,
    );
    expect(await app.evaluate(() => Reflect.get(globalThis, 'opened') as string[])).toEqual([]);
    await nothingMoved(studio, witness);
  });

  it('11, 12: no page is held within the page: no frame, no webview, no plug-in', async () => {
    const held = await inPage(
      studio.page,
      async (address) => {
        const sources = [`http://${address}/`, 'netloom://app/index.html', 'data:text/html,x', 'file:///etc/passwd'];
        for (const tag of ['iframe', 'frame', 'webview', 'embed', 'object']) {
          for (const source of sources) {
            const element = document.createElement(tag);
            for (const name of ['src', 'data']) element.setAttribute(name, source);
            for (const name of ['allowpopups', 'nodeintegration']) element.setAttribute(name, '');
            document.body.append(element);
          }
        }
        await new Promise((resolve) => setTimeout(resolve, 300));
        const bridges = [...document.querySelectorAll('iframe')].filter((frame) => {
          try {
            return frame.contentWindow !== null && 'netloom' in frame.contentWindow;
          } catch {
            return false;
          }
        });
        const isKnown = document.createElement('webview').constructor !== HTMLElement;
        for (const one of document.querySelectorAll('iframe, frame, webview, embed, object')) one.remove();
        return { bridges: bridges.length, isKnown };
      },
      witness.address,
    );
    expect(held).toEqual({ bridges: 0, isKnown: false });
    await saidRefusals(
      studio,
      /Refused to frame/,
      /Refused to load plugin data/,
      /Not allowed to load local resource/,
      /Failed to load URL: \S+ with error: ERR_BLOCKED_BY_CSP|--trace-warnings/,
    );
    await nothingMoved(studio, witness);
  });

  it('18: our own addresses lead to the files of the window, and to no other; file: leads nowhere', async () => {
    const reached = await inPage(studio.page, async () => {
      const paths = [
        '../main.cjs',
        '..%2fmain.cjs',
        '%2e%2e/main.cjs',
        '..%5cmain.cjs',
        '%2fetc%2fpasswd',
        'a%00.js',
        '.',
      ];
      const urls = [
        ...paths.map((path) => `netloom://app/assets/${path}`),
        'netloom://other/index.html',
        'file:///etc/passwd',
      ];
      const found: string[] = [];
      for (const url of urls) {
        const answer = await fetch(url).catch(() => null);
        if (answer?.ok) found.push(url);
      }
      const posted = await fetch('netloom://app/index.html', { method: 'POST' });
      return { found, posted: posted.status, own: (await fetch('netloom://app/index.html')).ok };
    });
    expect(reached).toEqual({ found: [], posted: 405, own: true });
    await saidRefusals(
      studio,
      /404/,
      /405/,
      /Refused to connect to 'file:/,
      /Refused to connect to 'netloom:\/\/other/,
    );
    await nothingMoved(studio, witness);
  });
});
