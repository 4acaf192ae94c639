/** What a script that got into the page would try, by the numbers of Electron's checklist: each tried, each refused aloud. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inPage, nothingMoved, saidRefusals, startWitness, type Witness } from './support/attempts';
import { launch, type Studio } from './support/launch';

let studio: Studio;
let witness: Witness;

beforeAll(async () => {
  witness = await startWitness();
  // A camera that Chromium makes up: where it is refused, it is not for want of one.
  studio = await launch({ sample: 'xor-mlp', files: ['--use-fake-device-for-media-stream'] });
  await studio.page.locator('[data-start]').waitFor();
});

afterAll(async () => {
  await studio.close();
  await witness.close();
});

describe('content and code from elsewhere', () => {
  it('1, 6, 8: nothing is fetched, shown, sent or connected over the network, secure or not', async () => {
    const outcomes = await inPage(
      studio.page,
      async (address) => {
        const event = (target: EventTarget, good: string): Promise<string> =>
          new Promise((resolve) => {
            target.addEventListener(good, () => resolve('reached'));
            target.addEventListener('error', () => resolve('refused'));
          });
        const put = <Element extends HTMLElement>(element: Element, attributes: Partial<Element>): Element => {
          Object.assign(element, attributes);
          document.body.append(element);
          return element;
        };
        const tag = document.createElement.bind(document);
        const fetched = (url: string, options?: RequestInit): Promise<string> =>
          fetch(url, options).then(
            () => 'reached',
            () => 'refused',
          );
        const request = new XMLHttpRequest();
        request.open('GET', `http://${address}/xhr`);
        request.send();
        const found: Record<string, string> = {
          http: await fetched(`http://${address}/`),
          https: await fetched(`https://${address}/`),
          opaque: await fetched(`http://${address}/`, { mode: 'no-cors' }),
          xhr: await event(request, 'load'),
          image: await event(put(tag('img'), { src: `http://${address}/a.png` }), 'load'),
          style: await event(put(tag('link'), { rel: 'stylesheet', href: `http://${address}/a.css` }), 'load'),
          script: await event(put(tag('script'), { src: `http://${address}/a.js` }), 'load'),
          media: await event(put(tag('video'), { src: `http://${address}/a.mp4` }), 'loadeddata'),
          events: await event(new EventSource(`http://${address}/events`), 'open'),
          socket: await (async () => event(new WebSocket(`ws://${address}/`), 'open'))().catch(() => 'refused'),
          font: await new FontFace('stolen', `url(http://${address}/a.woff2)`).load().then(
            () => 'reached',
            () => 'refused',
          ),
          beacon: navigator.sendBeacon(`http://${address}/beacon`, 'secret') ? 'sent' : 'refused',
        };
        return found;
      },
      witness.address,
    );
    const { beacon, ...others } = outcomes;
    expect(new Set(Object.values(others))).toEqual(new Set(['refused']));
    expect(['sent', 'refused']).toContain(beacon);
    const kinds = ['image', 'stylesheet', 'script', 'font'].map(
      (kind) => new RegExp(`Refused to load the ${kind} 'http:`),
    );
    const connections = ['http', 'https', 'ws'].map((name) => new RegExp(`Refused to connect to '${name}:`));
    await saidRefusals(studio, ...kinds, ...connections, /Refused to load media from 'http:/);
    await nothingMoved(studio, witness);
  });

  it('1, 5: no session lets out a request that the policy of the page never sees, nor does one made later', async () => {
    for (const partition of ['', 'made-later']) {
      const answer = await studio.app.evaluate(
        ({ net, session }, { url, name }) =>
          new Promise<string>((resolve) => {
            const request = net.request({ url, session: session.fromPartition(name) });
            request.on('response', () => resolve('reached'));
            request.on('error', ({ message }) => resolve(message));
            request.end();
          }),
        { url: `http://${witness.address}/from-main`, name: partition },
      );
      expect(answer).toContain('ERR_BLOCKED_BY_CLIENT');
      await saidRefusals(studio, /^main: Refused: a request to http:/);
    }
    await nothingMoved(studio, witness);
  });

  it('7: no text becomes code: eval, Function, timers, inline scripts and handlers, modules made on the spot, wasm', async () => {
    const ran = await inPage(studio.page, async () => {
      const marks: string[] = [];
      Object.assign(window, { mark: (name: string) => marks.push(name) });
      const attempt = async (name: string, work: () => unknown): Promise<void> => {
        await Promise.resolve()
          .then(work)
          .then(
            (value) => value === 'ran' && marks.push(name),
            () => undefined,
          );
      };
      const make = (tag: string, attributes: Record<string, string>, text = ''): void => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.textContent = text;
        document.body.append(element);
      };
      const blob = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      await attempt('eval', () => (0, eval)("'ran'"));
      await attempt('Function', () => (Reflect.construct(Function, ["return 'ran'"]) as () => string)());
      await attempt('constructor', () =>
        (Reflect.get(() => 1, 'constructor') as (text: string) => () => string)("return 'ran'")(),
      );
      await attempt('timer', () => Reflect.apply(setTimeout, window, ["mark('timer')"]));
      await attempt('wasm', () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'ran'));
      await attempt(
        'worker',
        () =>
          new Promise((resolve, reject) => {
            const worker = new Worker(blob("postMessage('ran')"));
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = reject;
          }),
      );
      await attempt('service worker', () => navigator.serviceWorker.register('/sw.js').then(() => 'ran'));
      make('script', {}, "mark('inline script')");
      make('script', { type: 'module', src: "data:text/javascript,mark('data module')" });
      make('script', { type: 'module', src: blob("mark('blob module')") });
      make('img', { src: 'data:,', onerror: "mark('handler')" });
      make('a', { href: "javascript:mark('link')", id: 'script-link' });
      document.getElementById('script-link')?.click();
      make('base', { href: 'https://elsewhere.invalid/' });
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { marks, base: document.baseURI };
    });
    expect(ran).toEqual({ marks: [], base: 'netloom://app/index.html' });
    const said = [
      'evaluate a string',
      'execute inline script',
      'execute inline event handler',
      'run the JavaScript URL',
    ];
    await saidRefusals(
      studio,
      ...said.map((what) => new RegExp(`Refused to ${what}`)),
      /Refused to load the script 'data:/,
      /Refused to load the script 'blob:/,
      /Refused to create a worker from 'blob:/,
      /Refused to set the document's base URI/,
    );
    await nothingMoved(studio, witness);
  });

  it('7: the policy itself holds evaluation back, and is on every answer, also on refusals', async () => {
    const policies = await inPage(studio.page, () =>
      Promise.all(
        ['/index.html', '/none.js', '/%2e%2e/main.cjs'].map(async (path) => {
          const { headers } = await fetch(path);
          return headers.get('content-security-policy') ?? '';
        }),
      ),
    );
    for (const policy of policies) {
      expect(policy).toMatch(/default-src 'none'; script-src 'self';/);
      expect(policy).not.toMatch(/unsafe-eval|wasm-unsafe|script-src[^;]*unsafe|\*|https?:/);
    }
    await saidRefusals(studio, /404/);
  });
});

describe('ways to Node and to Electron', () => {
  it('2, 3, 20: the page has a bridge of three functions, and nothing else that a browser does not have', async () => {
    const found = await inPage(studio.page, () => {
      const names = [
        'require',
        'process',
        'module',
        'exports',
        'Buffer',
        'global',
        '__dirname',
        'electron',
        'ipcRenderer',
      ];
      const bridge = Reflect.get(window, 'netloom') as Record<string, () => unknown>;
      const changed = Reflect.set(bridge, 'send', () => 'replaced') || Reflect.set(bridge, 'more', 1);
      const escaped = Object.values(bridge).some((one) => one.constructor !== Function);
      return { named: names.filter((name) => name in window), bridge: Object.keys(bridge), changed, escaped };
    });
    expect(found).toEqual({ named: [], bridge: ['send', 'onMessage', 'drop'], changed: false, escaped: false });
  });

  it('3: what the page does to the built-in objects does not reach the preload script', async () => {
    const stolen = await inPage(studio.page, async () => {
      const caught: string[] = [];
      const bridge = Reflect.get(window, 'netloom') as {
        send: (message: unknown) => void;
        drop: (files: unknown) => void;
      };
      const { slice, map, filter } = Array.prototype;
      for (const name of ['slice', 'map', 'filter'] as const) {
        Array.prototype[name] = function (this: unknown[], ...words: never[]) {
          caught.push(name);
          return ({ slice, map, filter }[name] as (...given: never[]) => never).apply(this, words);
        };
      }
      Object.defineProperty(Object.prototype, 'channel', { configurable: true, set: () => caught.push('channel') });
      bridge.drop([]);
      bridge.send({ call: 700_001, name: 'activeRun', payload: {} });
      await new Promise((resolve) => setTimeout(resolve, 100));
      Object.assign(Array.prototype, { slice, map, filter });
      Reflect.deleteProperty(Object.prototype, 'channel');
      return caught;
    });
    expect(stolen).toEqual([]);
  });

  it('5: no permission is given: camera, microphone, screen, place, notices, clipboard, devices, fullscreen', async () => {
    const answers = await inPage(studio.page, async () => {
      const browser = navigator as Navigator & Record<'usb' | 'hid' | 'serial' | 'bluetooth', Record<string, unknown>>;
      const ask = async (
        device: 'usb' | 'hid' | 'serial' | 'bluetooth',
        name: string,
        filter: object,
      ): Promise<unknown> =>
        (browser[device][name] as (filter: object) => Promise<unknown>).call(browser[device], filter);
      const granted = (yes: boolean): void => {
        if (!yes) throw new Error('not granted');
      };
      const tries: Record<string, () => Promise<unknown>> = {
        camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
        microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
        screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
        place: () => new Promise((good, bad) => navigator.geolocation.getCurrentPosition(good, bad)),
        notices: () => Notification.requestPermission().then((word) => granted(word === 'granted')),
        readClipboard: () => navigator.clipboard.readText(),
        midi: () => navigator.requestMIDIAccess({ sysex: true }),
        usb: () => ask('usb', 'requestDevice', { filters: [] }),
        hid: async () => granted(((await ask('hid', 'requestDevice', { filters: [] })) as unknown[]).length > 0),
        serial: () => ask('serial', 'requestPort', {}),
        bluetooth: () => ask('bluetooth', 'requestDevice', { acceptAllDevices: true }),
        fullscreen: () => document.documentElement.requestFullscreen(),
        storage: async () => granted(await navigator.storage.persist()),
      };
      const given: string[] = [];
      for (const [name, attempt] of Object.entries(tries)) {
        const late = new Promise((_, fail) => setTimeout(fail, 1500));
        await Promise.race([attempt(), late]).then(
          () => given.push(name),
          () => undefined,
        );
      }
      return given;
    });
    expect(answers).toEqual([]);
    const names = [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'midiSysex',
      'fullscreen',
      'persistent-storage',
    ];
    await saidRefusals(studio, ...names.map((name) => new RegExp(`^main: Refused: the permission ${name}`)));
    await nothingMoved(studio, witness);
  });
});
