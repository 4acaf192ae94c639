/** `data list` and `data show`: what sets there are, what is in them, whose they are, and what they take on the disk. */
import { join } from 'node:path';
import { dataSetRegistry } from '../../../shared/datasets/registry';
import type { DataInfo, DataSetDefinition, Part } from '../../../shared/ir/dataSetDefinition';
import type { DataConfig } from '../../../shared/training/config';
import { FileProblem, withFileProblems } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import type { FileSystem } from '../../files/fileSystem';
import { preparedDataFolder } from '../../files/home';
import { isLeftover } from '../../files/atomicWrite';
import type { DataPlaces } from './dataSource';
import { locateData, sourceContext } from './locateData';
import type { PrepareOptions } from './locateData';
import { infoOf, readDescription } from './openData';
import type { Prepared, PreparedField } from './preparedFormat';

/** A prepared folder; `bytes` on the disk. */
export interface PreparedListing {
  folder: string;
  bytes: number;
  prepared: Prepared;
}

export interface DataListing {
  type: string;
  title: string;
  summary: string;
  attribution: string;
  licence: string;
  origin: DataSetDefinition['origin'];
  /** What has to be downloaded, where that is published. */
  downloadBytes: number | null;
  /** As often as it was prepared with different parameters or files. */
  prepared: PreparedListing[];
}

/** Damaged folders are left out: preparing makes them anew. */
export function listData(home: string, files: FileSystem = diskFiles): DataListing[] {
  const parent = preparedDataFolder(home);
  const names = files.facts(parent)?.isFolder ? withFileProblems(parent, 'read', () => files.listFolder(parent)) : [];
  const prepared = names
    .filter((name) => !isLeftover(name))
    .sort()
    .flatMap((name) => listingOf(join(parent, name), files) ?? []);
  return dataSetRegistry.list.map((definition) => ({
    ...definitionFacts(definition),
    prepared: prepared.filter((listing) => listing.prepared.source === definition.type),
  }));
}

/** One field in one part. `range` as the network reads it; `classCounts` in the order of the classes. */
export interface FieldSummary {
  name: string;
  shape: readonly number[];
  dtype: 'float32' | 'int32';
  classes: readonly string[] | null;
  parts: Record<Part, Pick<PreparedField['parts']['train'], 'range' | 'classCounts'>> | null;
}

export interface DataDescription extends Omit<DataListing, 'prepared'> {
  /** Null where nothing is known before preparation. */
  info: DataInfo | null;
  fields: FieldSummary[];
  /** Null where it is not prepared with these parameters. */
  prepared: PreparedListing | null;
}

/** Throws `FileProblem` for a wrong configuration or a file of the user's that cannot be read. */
export async function describeData(
  config: DataConfig,
  places: DataPlaces,
  options: PrepareOptions = {},
): Promise<DataDescription> {
  const { context, source } = sourceContext(config, places, options);
  const { folder } = await locateData(context, source);
  const prepared = listingOf(folder, context.files);
  const info = prepared ? infoOf(prepared.prepared) : context.definition.info(context.params);
  const known = prepared?.prepared.fields ?? info?.fields ?? [];
  const fields = known.map((field) => ({
    name: field.name,
    shape: field.shape,
    dtype: field.dtype,
    classes: field.classes ?? null,
    parts: 'parts' in field ? field.parts : null,
  }));
  return { ...definitionFacts(context.definition), info, fields, prepared };
}

function definitionFacts(definition: DataSetDefinition): Omit<DataListing, 'prepared'> {
  const { type, title, summary, attribution, licence, origin, files } = definition;
  const sizes = files?.map(({ bytes }) => bytes) ?? [];
  const known = sizes.length > 0 && sizes.every((bytes) => bytes !== null);
  const downloadBytes = known ? sizes.reduce((sum: number, bytes) => sum + (bytes ?? 0), 0) : null;
  return { type, title, summary, attribution, licence, origin, downloadBytes };
}

function listingOf(folder: string, files: FileSystem): PreparedListing | null {
  try {
    const prepared = readDescription(folder, files);
    const names = withFileProblems(folder, 'read', () => files.listFolder(folder));
    const bytes = names.reduce((sum, name) => sum + (files.facts(join(folder, name))?.size ?? 0), 0);
    return { folder, bytes, prepared };
  } catch (error) {
    if (error instanceof FileProblem) return null;
    throw error;
  }
}
