/** Prepared data that stay open: opening one checks all its bytes, and a window asks for samples again and again. */
import type { DataConfig } from '../../../shared/training/config';
import { FileProblem } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import type { DataPlaces } from './dataSource';
import { locateData, sourceContext } from './locateData';
import { openData, type OpenedData } from './openData';
import { prepareHere } from './prepareHere';

export interface DataCache {
  /**
   * Bundled and generated data are prepared where they are not; others must have been, since that may take long.
   * Throws `FileProblem`.
   */
  open: (config: DataConfig, places: DataPlaces) => Promise<OpenedData>;
}

const most = 3;

export function createDataCache(): DataCache {
  const opened = new Map<string, OpenedData>();

  async function prepared(config: DataConfig, places: DataPlaces): Promise<string> {
    const { context, source } = sourceContext(config, places);
    const { folder } = await locateData(context, source);
    const { origin, title } = context.definition;
    if (opened.has(folder) || diskFiles.facts(folder) !== undefined) return folder;
    if (origin === 'bundled' || origin === 'generated') return (await prepareHere(config, places)).folder;
    throw new FileProblem('not-found', config.source, `The data set ${title} is not prepared yet. Prepare it first.`);
  }

  return {
    async open(config, places) {
      const folder = await prepared(config, places);
      const data = opened.get(folder) ?? openData(folder);
      opened.delete(folder);
      opened.set(folder, data);
      for (const [oldest, stale] of [...opened].slice(0, -most)) {
        stale.close();
        opened.delete(oldest);
      }
      return data;
    },
  };
}
