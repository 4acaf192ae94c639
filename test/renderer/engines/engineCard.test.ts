/** A card as it is drawn: what it says of an engine in each state, what it offers, and that in both languages. */
import { Tooltip } from 'radix-ui';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { EngineCard } from '../../../renderer/engines/EngineCard';
import { engineStrings } from '../../../renderer/engines/strings';
import { StudioProvider } from '../../../renderer/state/StudioContext';
import type { EngineState, EngineStatus } from '../../../shared/ipc/studio/engineSchemas';
import type { Settings } from '../../../shared/ipc/studio/settingsSchema';
import { answered, fakeStudio, type FakeStudio } from '../fakeStudio';
import { h200, missingPytorch, someEngine, someEnvironment, someProbe } from './someEngine';

function drawn(status: EngineStatus, fake: FakeStudio = fakeStudio()): string {
  // On a server, which this is to React, stores are read as they began.
  for (const store of [fake.studio.engines, fake.studio.settings]) {
    Object.assign(store, { getInitialState: store.getState });
  }
  const card = createElement(EngineCard, { status });
  const children = createElement(Tooltip.Provider, null, card);
  const page = createElement(StudioProvider, { studio: fake.studio, children });
  return renderToStaticMarkup(page)
    .replace(/&#x27;/g, "'")
    .replace(/&quot;/g, '"');
}

const speaking = (language: Settings['language'], engine = 'wasm'): FakeStudio =>
  fakeStudio({}, 'linux', { language, engine });
const textOf = (markup: string): string => markup.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const actionsOf = (markup: string): string[] =>
  [...markup.matchAll(/data-action="([^"]+)"/g)].map((found) => found[1] ?? '');
const pytorch = (changes: Partial<EngineStatus>): EngineStatus =>
  someEngine({ name: 'pytorch', environment: someEnvironment, ...changes });

describe('a card', () => {
  it('of an engine that works names device and product, and says that it trains', () => {
    const markup = drawn(someEngine());
    expect(textOf(markup)).toMatch(/wasm Ready .*Used for training/);
    expect(textOf(markup)).toContain('Matrix product 256 × 256 in 3.1 ms, checked');
    expect(markup).toContain('data-state="ready"');
    // Nothing was installed for it, so nothing can be mended.
    expect(actionsOf(markup)).toEqual([]);
  });

  it('of a card shows what decides whether a library can use it', () => {
    const text = textOf(drawn(pytorch({ probe: h200 })));
    for (const fact of [
      'Device NVIDIA H200',
      'Driver 580.65.06',
      'CUDA 13.0',
      'Compute capability 9.0 · built for sm_80 sm_90',
      'Memory 131 GiB of 140 GiB free',
      'Versions torch 2.14.1+cu130',
    ])
      expect(text).toContain(fact);
    expect(actionsOf(drawn(pytorch({ probe: h200 })))).toEqual(['engines.use']);
  });

  it('leaves out what was not found', () => {
    const text = textOf(drawn(someEngine()));
    for (const title of ['Driver', 'CUDA', 'Compute capability', 'Memory']) expect(text).not.toContain(title);
  });

  it('warns where the GPU is not used although it could be, and only there', () => {
    const whyNotAccelerated = 'This PyTorch was built without CUDA. Repair it.';
    const markup = drawn(pytorch({ probe: { ...someProbe, whyNotAccelerated } }));
    expect(markup).toContain('data-warning="cuda"');
    expect(textOf(markup)).toContain(`Computes without the GPU ${whyNotAccelerated}`);
    expect(drawn(pytorch({ probe: h200 }))).not.toContain('data-warning');
    expect(drawn(someEngine())).not.toContain('data-warning');
  });

  it('of a machine without a card says so among its facts, and warns of nothing', () => {
    const markup = drawn(pytorch({}));
    expect(textOf(markup)).toContain('GPU no NVIDIA card');
    expect(markup).not.toContain('data-warning');
    for (const other of [someEngine(), pytorch({ probe: h200 }), missingPytorch])
      expect(textOf(drawn(other))).not.toContain('no NVIDIA card');
  });

  it.each([
    ['missing', 'Not installed', ['engines.install'], 'Install…'],
    ['unfinished', 'Not installed to the end', ['engines.install'], 'Go on installing…'],
    ['outdated', 'Of another version of Netloom', ['engines.repair'], 'Install anew…'],
    ['broken', 'Does not work', ['engines.repair'], 'Repair…'],
  ] satisfies [EngineState, string, string[], string][])(
    'that is %s says why, and offers one way on',
    (state, word, offered, title) => {
      const markup = drawn({ ...missingPytorch, state, reason: 'So it is.' });
      expect(textOf(markup)).toContain(`pytorch ${word}`);
      expect(textOf(markup)).toContain('So it is.');
      expect(actionsOf(markup)).toEqual(offered);
      expect(textOf(markup)).toContain(title);
    },
  );

  it('of an engine for which nothing can be installed says what would help', () => {
    const status = someEngine({ state: 'broken', reason: 'A file is missing.', remedy: 'Install Netloom again.' });
    expect(textOf(drawn(status))).toContain('A file is missing. Install Netloom again.');
    expect(actionsOf(drawn(status))).toEqual([]);
  });

  it('of what was installed offers a repair even while it works', () => {
    const environment = { ...someEnvironment, python: '3.12.3', bytes: 5.8e9 };
    const markup = drawn(pytorch({ probe: h200, environment }));
    expect(actionsOf(markup)).toEqual(['engines.use', 'engines.repair']);
    expect(textOf(markup)).toContain('Environment Python 3.12.3 · 5.40 GiB · /home/me/engines/pytorch');
  });

  it('that is being installed here shows how far, and can be cancelled; elsewhere, it says so', () => {
    const installation = { step: 'downloading torch 2.14.1', done: 400, total: 800 };
    const here = drawn(pytorch({ state: 'installing', installation }));
    expect(textOf(here)).toContain('downloading torch 2.14.1 · 50.0 %');
    expect(here).toContain('value="0.5"');
    expect(actionsOf(here)).toEqual(['engines.cancel']);
    const elsewhere = drawn(pytorch({ state: 'installing' }));
    expect(textOf(elsewhere)).toContain('Another program installs it just now.');
    expect(actionsOf(elsewhere)).toEqual([]);
  });

  it('with a plan shows size, place and command, and one primary button', async () => {
    const size = { download: 3e8, disk: 1.1e9, needed: 2e9 };
    const fake = fakeStudio({
      installPlan: () => ({
        ...{
          folder: '/home/me/engines/pytorch',
          python: 'Python 3.12.3 (/usr/bin/python3)',
          packages: ['torch==2.14.1'],
        },
        ...{ size, otherwise: null, free: 8e10, install: someEnvironment.install, repair: someEnvironment.repair },
      }),
    });
    await fake.studio.engines.getState().plan('pytorch', false);
    const markup = drawn(missingPytorch, fake);
    expect(textOf(markup)).toContain('286 MiB to download, 1.02 GiB on the disk; 1.86 GiB are needed meanwhile');
    expect(textOf(markup)).toContain('npx netloom engines install pytorch --yes');
    expect(actionsOf(markup)).toEqual(['engines.begin']);
    await fake.studio.engines.getState().plan('pytorch', true);
    expect(textOf(drawn(missingPytorch, fake))).toContain('npx netloom engines repair pytorch --yes');
  });

  it('says how the last installation ended', async () => {
    const fake = fakeStudio();
    const end = { kind: 'ended', name: 'pytorch' } as const;
    const message = 'The disk is full.';
    fake.emit('installation', { ...end, outcome: 'failed', code: 'disk-full', message });
    await answered();
    expect(drawn(missingPytorch, fake)).toMatch(/role="alert">The disk is full\./);
    const chinese = speaking('zh-CN');
    chinese.emit('installation', { ...end, outcome: 'failed', code: 'disk-full', message });
    expect(textOf(drawn(missingPytorch, chinese))).toMatch(/[\u4e00-\u9fff].*The disk is full\./);
    fake.emit('installation', { ...end, outcome: 'cancelled', code: 'cancelled', message: null });
    expect(textOf(drawn(missingPytorch, fake))).toContain('Cancelled. What was downloaded is kept.');
  });

  it('speaks Chinese', () => {
    const text = textOf(drawn(missingPytorch, speaking('zh-CN')));
    expect(text).toContain('未安装');
    expect(text).toContain('安装…');
    expect(textOf(drawn(someEngine(), speaking('zh-CN')))).toContain('设备 CPU（WebAssembly，单线程）');
    expect(Object.keys(engineStrings.en)).toEqual(Object.keys(engineStrings['zh-CN']));
  });

  it('says in Chinese why an engine cannot be used, what would help, and what is being done', () => {
    const chinese = speaking('zh-CN');
    const reason =
      'It was not installed to the end: The installation was cancelled. What was downloaded is kept: "x" goes on.';
    const unfinished = textOf(drawn({ ...missingPytorch, state: 'unfinished', reason }, chinese));
    expect(unfinished).toContain('它安装未完成：安装已取消。已下载的内容会保留：“x”可继续安装。');
    const broken = someEngine({ state: 'broken', reason: 'The device broke.', remedy: 'Install Netloom again.' });
    expect(textOf(drawn(broken, chinese))).toContain('The device broke.请重新安装 Netloom。');
    const whyNotAccelerated =
      "This machine has NVIDIA's driver 580.1, but PyTorch 2.14.1+cpu in /usr/bin/python3 was built without CUDA. Install " +
      'the build that fits with "npx netloom engines install pytorch --yes".';
    expect(textOf(drawn(pytorch({ probe: { ...someProbe, whyNotAccelerated } }), chinese))).toContain(
      '本机有 NVIDIA 驱动程序 580.1，但 /usr/bin/python3 中的 PyTorch 2.14.1+cpu 在构建时未启用 CUDA。请运行“npx netloom',
    );
    const installation = { step: 'downloading torch 2.14.1 (554.6 MB)', done: 400, total: 800 };
    expect(textOf(drawn(pytorch({ state: 'installing', installation }), chinese))).toContain(
      '正在下载 torch 2.14.1（554.6 MB） · 50.0',
    );
    expect(textOf(drawn(missingPytorch, chinese))).toContain('Python 环境（用于引擎 pytorch）：PyTorch。');
    const end = { kind: 'ended', name: 'pytorch', outcome: 'failed', code: 'disk-full' } as const;
    const message =
      'There is too little room for /home/me: the installation needs 12.0 GB on that disk, 1.0 GB are free. Free space there, ' +
      'or move Netloom\'s home to another disk with NETLOOM_HOME, then run "x" again.';
    chinese.emit('installation', { ...end, message });
    expect(textOf(drawn(missingPytorch, chinese))).toContain(
      '/home/me 的空间不足：安装需要该磁盘上有 12.0 GB，目前可用 1.0 GB。',
    );
  });

  it('knows which engine is chosen', () => {
    expect(drawn(pytorch({ probe: h200 }), speaking('en', 'pytorch'))).toContain('data-used="pytorch"');
    expect(drawn(someEngine(), speaking('en', 'pytorch'))).toContain('data-action="engines.use"');
  });
});
