/** Metadata of a data set: what its fields are, how it is split, where it comes from. The samples live elsewhere. */
import type { FieldInfo } from './trainingDefinitions';
import type { ParamSchema, ParamsOf } from './params';

export type Part = 'train' | 'validation' | 'test';
export const parts: readonly Part[] = ['train', 'validation', 'test'];

/** What is known of a data set once it is prepared (or beforehand, for those that Netloom knows). */
export interface DataInfo {
  fields: readonly FieldInfo[];
  counts: Record<Part, number>;
}

/** A file of a downloadable data set; bytes and hashes as published. */
export interface DataFile {
  name: string;
  bytes: number | null;
  md5?: string;
  sha256?: string;
}

export interface DataSetDefinition<Schema extends ParamSchema = ParamSchema> {
  /** The name in files ("digits"). */
  type: string;
  title: string;
  summary: string;
  /** Who made it and where it was published; shown with the data. */
  attribution: string;
  licence: string;
  params: Schema;
  origin: 'bundled' | 'generated' | 'download' | 'file';
  /** For downloads: published base addresses (a mirror may replace them) and files. */
  addresses?: readonly string[];
  files?: readonly DataFile[];
  /** What the parameters alone tell, before preparation; null where only the user's file tells. */
  info: (params: ParamsOf<Schema>) => DataInfo | null;
}
