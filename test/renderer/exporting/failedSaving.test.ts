/** A disk that is full and a folder that may not be written: the sentence comes from the disk up to the panel, in both languages. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, describe, expect, it } from 'vitest';
import { diskFiles, type FileSystem } from '../../../electron/files/fileSystem';
import { exportHandlers } from '../../../electron/main/handlers/exportHandlers';
import type { StudioContext } from '../../../electron/main/studioContext';
import { failureOf } from '../../../electron/services/problemFailure';
import { SavedLine } from '../../../renderer/exporting/SaveBar';
import type { Language } from '../../../renderer/i18n/language';
import { createExportStore } from '../../../renderer/state/exportStore';
import { RequestFailure } from '../../../renderer/state/requestFailure';
import { StudioProvider } from '../../../renderer/state/StudioContext';
import { designSchema } from '../../../shared/design/schema';
import { connectContract } from '../../../shared/ipc/connectContract';
import type { Handlers } from '../../../shared/ipc/define';
import { serveContract } from '../../../shared/ipc/serveContract';
import { studioContract, type StudioContract } from '../../../shared/ipc/studio';
import { exporterHere } from '../../drivers/exporterHere';
import { fakeWindow } from '../../drivers/fakeWindow';
import { smallDesign } from '../../drivers/smallDesign';
import { fakeStudio, openedDocument } from '../fakeStudio';

const root = mkdtempSync(join(tmpdir(), 'netloom-failed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A disk on which whatever is written into the export fails as the system says it. */
function diskThat(code: 'ENOSPC' | 'EROFS'): FileSystem {
  const fail = (): never => {
    throw Object.assign(new Error(`${code}: as the system says it`), { code });
  };
  return code === 'ENOSPC' ? { ...diskFiles, write: fail } : { ...diskFiles, makeFolder: fail };
}

/** The window's line below the code, after the user has saved on such a disk. */
async function lineAfterSaving(disk: FileSystem, language: Language): Promise<string> {
  const home = mkdtempSync(join(root, 'home-'));
  const context = {
    ...{ home, mirror: null, exporter: exporterHere(disk) },
    documents: { shownIn: () => null },
    system: { chooseExport: () => Promise.resolve(join(home, 'net')) },
  } as unknown as StudioContext;
  let toMain: (message: unknown) => void = () => undefined;
  let toWindow: (message: unknown) => void = () => undefined;
  const handlers = exportHandlers(fakeWindow(), context) as Handlers<StudioContract>;
  const main = {
    send: (message: unknown) => toWindow(message),
    onMessage: (hear: typeof toMain) => void (toMain = hear),
  };
  serveContract(studioContract, main, handlers, { failureOf, onRefused: refused });
  const client = connectContract(
    studioContract,
    { send: (message) => toMain(message), onMessage: (hear) => void (toWindow = hear) },
    { errorOf: (failure) => new RequestFailure(failure, language), onRefused: refused },
  );
  const { studio } = fakeStudio({}, 'linux', { language });
  const design = designSchema.parse({ ...(smallDesign() as object), data: undefined });
  studio.document.getState().load(openedDocument(design, { key: 'k' }), design);
  const exporting = createExportStore(client, studio.document, studio.settings);
  await exporting.getState().save('ask', new Map());
  expect(readdirSync(home), 'nothing half done is left').toEqual([]);
  return drawn({ ...studio, exporting });
}

/** On a server, which this is to React, stores are read as they began. */
function drawn(studio: Parameters<typeof StudioProvider>[0]['studio']): string {
  for (const store of [studio.exporting, studio.settings]) {
    Object.assign(store, { getInitialState: store.getState });
  }
  const page = createElement(StudioProvider, { studio, children: createElement(SavedLine) });
  return renderToStaticMarkup(page).replace(/&#x27;/g, "'");
}

function refused({ message }: { message: string }): never {
  throw new Error(message);
}

describe('saving code', () => {
  it.each([
    [
      'ENOSPC',
      /The disk is full: .* could not be written\..* choose a folder on another one/,
      /磁盘空间不足.*释放空间/,
    ],
    [
      'EROFS',
      /could not be written: the system does not allow it \(EROFS\)\..* another folder/,
      /系统不允许.*其他文件夹/,
    ],
  ] as const)('on a disk that answers %s says so below the code, in English and in Chinese', async (code, en, zh) => {
    const english = await lineAfterSaving(diskThat(code), 'en');
    expect(english).toMatch(/role="alert"[^>]*data-kind="error"/);
    expect(english).toMatch(en);
    const chinese = await lineAfterSaving(diskThat(code), 'zh-CN');
    expect(chinese).toMatch(/role="alert"[^>]*data-kind="error"/);
    expect(chinese).toMatch(zh);
    expect(chinese, 'with the exact words').toMatch(en);
  });
});
