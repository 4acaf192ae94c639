/** Finds where a data set is prepared, or would be: from its configuration to a folder named by its content. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { dataSetRegistry } from '../../../shared/datasets/registry';
import { resolveData } from '../../../shared/datasets/resolveData';
import type { DataSetDefinition } from '../../../shared/ir/dataSetDefinition';
import type { Registry } from '../../../shared/ir/registry';
import type { Json } from '../../../shared/messages/define';
import type { DataConfig } from '../../../shared/training/config';
import { FileProblem } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import type { FileSystem } from '../../files/fileSystem';
import { preparedDataFolder } from '../../files/home';
import { dataSources } from './dataSources';
import type { DataPlaces, DataProgress, DataSource, SourceContext } from './dataSource';
import { preparedVersion } from './preparedFormat';

export interface PrepareOptions {
  files?: FileSystem;
  /** What there is to prepare; tests put definitions of small files here. */
  registry?: Registry<DataSetDefinition>;
  onProgress?: (progress: DataProgress) => void;
  signal?: AbortSignal;
}

/** The set and everything its source works with; throws a `FileProblem` that says what is wrong with the configuration. */
export function sourceContext(
  config: DataConfig,
  places: DataPlaces,
  { files = diskFiles, registry = dataSetRegistry, onProgress, signal }: PrepareOptions = {},
): { context: SourceContext; source: DataSource } {
  const resolution = resolveData(config, registry);
  if ('problems' in resolution) {
    throw new FileProblem('bad-value', config.source, resolution.problems.map(({ message }) => message).join('\n'));
  }
  const { definition, params } = resolution.resolved;
  const source = dataSources[definition.type];
  if (!source) throw new Error(`nothing prepares ${definition.type}`);
  const context = {
    places,
    files,
    definition,
    params,
    onProgress: onProgress ?? (() => undefined),
    signal: signal ?? new AbortController().signal,
  };
  return { context, source };
}

/** Reads the user's file once to name its content; downloads are named by their published checksums. */
export async function locateData(
  context: SourceContext,
  source: DataSource,
): Promise<{ hash: string; parent: string; folder: string }> {
  const { type } = context.definition;
  const hash = dataHash(type, await source.identity(context));
  const parent = preparedDataFolder(context.places.home);
  return { hash, parent, folder: join(parent, `${type}-${hash.slice(0, 16)}`) };
}

/** What was prepared from the same things by the same version has the same hash. */
function dataHash(source: string, identity: Json): string {
  return createHash('sha256')
    .update(canonical([preparedVersion, source, identity]))
    .digest('hex');
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_, part: Json) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
