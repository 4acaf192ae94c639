/** What is laid beside each other for one exported folder. */
import type { StoredTensor } from '../../files/safetensors';
import type { Exporting, JobExport } from './verifyJob';
import type { Reference, Verification } from './verifyReference';

export interface Compared {
  exporting: Exporting;
  verification: Verification;
  reference: Reference;
  job: JobExport;
  /** What the folder's runner was handed, and what it wrote. */
  ours: ReadonlyMap<string, StoredTensor>;
  theirs: ReadonlyMap<string, StoredTensor>;
}
