/** Who is heard at the door: our own page in the main frame of an open window, and nobody else. */
import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { bindIpc } from '../../../electron/main/bindIpc';

interface Sent {
  id?: number;
  parent?: unknown;
  channel?: string;
}

function door() {
  const ipc = new EventEmitter();
  const refused: string[] = [];
  const sent: unknown[] = [];
  const contents = {
    id: 7,
    isDestroyed: () => false,
    send: (channel: string, message: unknown) => void sent.push([channel, message]),
  };
  const opened = bindIpc(ipc as never, (sentence) => refused.push(sentence)).open(contents as unknown as WebContents);
  const heard: unknown[] = [];
  opened.port.onMessage((message) => heard.push(message));
  const dropped: string[][] = [];
  opened.onDrop((paths) => dropped.push(paths));
  const say = (url: string | null, message: unknown, { id = 7, parent = null, channel = 'studio' }: Sent = {}) =>
    ipc.emit(channel, { sender: { id }, senderFrame: url === null ? null : { url, parent } }, message);
  return { opened, heard, dropped, sent, refused, say };
}

const page = 'netloom://app/index.html';

describe('the door to the main process', () => {
  it('hears our page, and answers it', () => {
    const { opened, heard, sent, refused, say } = door();
    say(page, { call: 1 });
    expect(heard).toEqual([{ call: 1 }]);
    opened.port.send({ reply: 1 });
    expect(sent).toEqual([['studio', { reply: 1 }]]);
    expect(refused).toEqual([]);
  });

  it.each([
    ['another origin', 'https://example.com/', {}],
    ['a host that only begins like ours', 'netloom://app.example/index.html', {}],
    ['a file', 'file:///tmp/x.html', {}],
    ['an empty page', 'about:blank', {}],
    ['a page that has no address yet', '', {}],
    ['a frame inside of the page', page, { parent: { url: page } }],
    ['a frame that is gone', null, {}],
    ['a window that is none of ours', page, { id: 8 }],
  ])('refuses %s, and says so', (_who, url, more) => {
    const { heard, dropped, refused, say } = door();
    say(url, { call: 1 }, more);
    say(url, ['/etc/passwd'], { ...more, channel: 'studio-drop' });
    expect(heard).toEqual([]);
    expect(dropped).toEqual([]);
    expect(refused).toHaveLength(2);
  });

  it('takes lists of paths from a drop, and nothing else', () => {
    const { dropped, refused, say } = door();
    say(page, ['/a.netloom', '/b.csv'], { channel: 'studio-drop' });
    for (const odd of [null, 'x', [1], [''], { length: 1 }, new Array(101).fill('/x')]) {
      say(page, odd, { channel: 'studio-drop' });
    }
    expect(dropped).toEqual([['/a.netloom', '/b.csv']]);
    expect(refused).toHaveLength(6);
  });

  it('is shut when the window is gone; what the window said last is no reason to complain', () => {
    const { opened, heard, refused, say } = door();
    opened.close();
    say(page, { call: 1 });
    say(null, { call: 2 });
    expect([heard, refused]).toEqual([[], []]);
    say('https://example.com/', { call: 3 });
    expect([heard, refused.length]).toEqual([[], 1]);
  });
});
