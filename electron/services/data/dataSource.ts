/** What a source of data has to do: say what its content is, and write it into a prepared folder. */
import type { DataSetDefinition } from '../../../shared/ir/dataSetDefinition';
import type { ParamSchema, ParamsOf } from '../../../shared/ir/params';
import type { Json } from '../../../shared/messages/define';
import { FileProblem } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import type { PreparedWriter } from './preparedWriter';
import type { Description } from './preparedFormat';

/** How a preparation goes on; `total` null where it is not known. */
export interface DataProgress {
  step: string;
  done: number;
  total: number | null;
}

/** Where things lie; plain values, so that they can be sent to another process. */
export interface DataPlaces {
  /** Netloom's home folder. */
  home: string;
  /** The folder that relative paths of the user's files count from: the design's. */
  folder: string;
  /** The folder of bundled data. */
  assets: string;
  /** Replaces the published addresses of downloads; null: do not. */
  mirror: string | null;
}

export interface SourceContext {
  places: DataPlaces;
  files: FileSystem;
  definition: DataSetDefinition;
  params: ParamsOf<ParamSchema>;
  onProgress: (progress: DataProgress) => void;
  /** Raised to give up. */
  signal: AbortSignal;
}

export interface DataSource {
  /** What the content depends on, parameters and content of files, but no place and no address. */
  identity: (context: SourceContext) => Promise<Json>;
  /** Plans the fields and appends the samples; returns where they come from: the user's file, an address. */
  prepare: (context: SourceContext, writer: PreparedWriter) => Promise<Pick<Description, 'origin'>>;
}

/** Lets messages in (a wish to cancel) and gives up when it was wished. Call it every few milliseconds of work. */
export async function breathe(context: SourceContext): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (context.signal.aborted) {
    throw new FileProblem('cancelled', context.definition.type, 'The preparation of the data was cancelled.');
  }
}

/** The parameters with the types of the schema that `resolveData` checked them against: the definition's own. */
export function paramsOf<Schema extends ParamSchema>(schema: Schema, { params }: SourceContext): ParamsOf<Schema> {
  const missing = Object.keys(schema).filter((name) => !(name in params));
  if (missing.length > 0) throw new Error(`parameters ${missing.join(', ')} were not resolved`);
  return params as unknown as ParamsOf<Schema>;
}
