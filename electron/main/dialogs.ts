/** The dialogs of the system: which file, and what to do about a window that stopped working. */
import type { BrowserWindow, Dialog, OpenDialogOptions, SaveDialogOptions } from 'electron';
import type { Texts } from './texts';

export interface Dialogs {
  /** Null: cancelled. */
  openDesign: (parent: BrowserWindow | null) => Promise<string | null>;
  saveDesign: (parent: BrowserWindow | null, suggested: string) => Promise<string | null>;
  dataFile: (parent: BrowserWindow | null) => Promise<string | null>;
  exportFolder: (parent: BrowserWindow | null, suggested: string) => Promise<string | null>;
  stopped: (parent: BrowserWindow, how: 'crashed' | 'hanging') => Promise<'reload' | 'wait' | 'close'>;
}

/** `dialog` is asked by its methods' names each time; `texts` follow the settings. */
export function createDialogs(
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox'>,
  texts: () => Texts,
): Dialogs {
  async function open(parent: BrowserWindow | null, options: OpenDialogOptions): Promise<string | null> {
    const whole: OpenDialogOptions = { properties: ['openFile'], ...options };
    const { canceled, filePaths } = await (parent
      ? dialog.showOpenDialog(parent, whole)
      : dialog.showOpenDialog(whole));
    return canceled ? null : (filePaths[0] ?? null);
  }

  async function save(parent: BrowserWindow | null, options: SaveDialogOptions): Promise<string | null> {
    const { canceled, filePath } = await (parent
      ? dialog.showSaveDialog(parent, options)
      : dialog.showSaveDialog(options));
    return canceled || !filePath ? null : filePath;
  }

  const designs = (): { name: string; extensions: string[] }[] => [{ name: texts().design, extensions: ['netloom'] }];
  const anything = (): { name: string; extensions: string[] } => ({ name: texts().allFiles, extensions: ['*'] });

  return {
    openDesign: (parent) => open(parent, { title: texts().openDesign, filters: [...designs(), anything()] }),
    dataFile: (parent) =>
      open(parent, {
        title: texts().dataFile,
        filters: [{ name: 'CSV, NPZ', extensions: ['csv', 'tsv', 'npz'] }, anything()],
      }),
    saveDesign: (parent, suggested) =>
      save(parent, {
        title: texts().saveDesign,
        defaultPath: suggested,
        filters: designs(),
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      }),
    // What stands in the folder is checked by the export itself.
    exportFolder: (parent, suggested) =>
      save(parent, {
        title: texts().exportFolder,
        buttonLabel: texts().exportButton,
        defaultPath: suggested,
        properties: ['createDirectory'],
      }),
    async stopped(parent, how) {
      const { crashed, crashedDetail, hanging, hangingDetail, reload, wait, close } = texts();
      const buttons = how === 'crashed' ? [reload, close] : [reload, wait, close];
      const { response } = await dialog.showMessageBox(parent, {
        type: 'warning',
        message: how === 'crashed' ? crashed : hanging,
        detail: how === 'crashed' ? crashedDetail : hangingDetail,
        buttons,
        defaultId: 0,
        cancelId: buttons.length - 1,
        noLink: true,
      });
      const answers = how === 'crashed' ? (['reload', 'close'] as const) : (['reload', 'wait', 'close'] as const);
      return answers[response] ?? 'close';
    },
  };
}
