/** Files of designs on the disk, and what the window says of the one it shows. */
import { existsSync, readFileSync } from 'node:fs';
import type { ElectronApplication } from 'playwright-core';
import type { Studio } from './launch';

export function titleOf(app: ElectronApplication): Promise<string> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? '');
}

interface DesignInFile {
  name: string;
  nodes: { id: string }[];
}

/** Null where there is no such file. */
export function readDesign(file: string): DesignInFile | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DesignInFile) : null;
}

/** The dialog of the system that asks where to save cannot be pressed here: it answers with this. */
export async function answerSaving({ app }: Studio, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

export async function saveAs(studio: Studio, file: string): Promise<void> {
  await answerSaving(studio, file);
  await studio.page.keyboard.press('Control+Shift+S');
}
