/** Prepares a data set in this process: finds it in the cache, or fills a folder aside and gives it its name. */
import type { Json } from '../../../shared/messages/define';
import type { DataConfig } from '../../../shared/training/config';
import { removeLeftovers } from '../../files/atomicWrite';
import { FileProblem, withFileProblems } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import type { DataPlaces } from './dataSource';
import { locateData, sourceContext } from './locateData';
import type { PrepareOptions } from './locateData';
import { openData } from './openData';
import { preparedVersion } from './preparedFormat';
import { beginPreparedFolder, refuseEmptyParts } from './preparedWriter';

export interface PreparedData {
  folder: string;
  hash: string;
  /** What a user should know: that a damaged cache was replaced. */
  notes: string[];
}

/** Throws `FileProblem`: what is wrong with the configuration, a file, the network or the disk, or "cancelled". */
export async function prepareHere(
  config: DataConfig,
  places: DataPlaces,
  options: PrepareOptions = {},
): Promise<PreparedData> {
  const { context, source } = sourceContext(config, places, options);
  const { files, definition } = context;
  const { hash, parent, folder } = await locateData(context, source);
  const damage = damageOf(folder, files);
  if (damage === null) return { folder, hash, notes: [] };
  withFileProblems(parent, 'write', () => files.makeFolder(parent));
  removeLeftovers(files, parent);
  const writer = beginPreparedFolder(files, folder);
  try {
    const { origin } = await source.prepare(context, writer);
    const { type, title, attribution, licence } = definition;
    writer.commit(
      {
        ...{ netloomData: preparedVersion, source: type, title, attribution, licence, hash, origin },
        config: { ...context.params } as Json,
      },
      (found) => damageOf(found, files) === null,
      (counts) => refuseEmptyParts(origin ?? type, counts),
    );
  } finally {
    writer.abandon();
  }
  return { folder, hash, notes: damage === 'missing' ? [] : [`${damage} The data was prepared anew.`] };
}

/** Null: the folder is whole. "missing", or what is wrong with it. Other troubles (no permission) are thrown. */
function damageOf(folder: string, files: FileSystem): string | null {
  if (withFileProblems(folder, 'read', () => files.facts(folder)) === undefined) return 'missing';
  try {
    openData(folder, files).close();
    return null;
  } catch (error) {
    if (error instanceof FileProblem && ['damaged', 'not-found'].includes(error.code)) return error.message;
    throw error;
  }
}
