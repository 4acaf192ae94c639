/** The closed lists of what can fail, by the code that crosses process borders with the sentence. */

export const fileFailureCodes = [
  'disk-full',
  'not-allowed',
  'not-found',
  'disk-error',
  'damaged',
  'unsupported',
  'too-large',
  'bad-value',
  'checksum',
  'unreachable',
  'cancelled',
] as const;
export type FileFailureCode = (typeof fileFailureCodes)[number];

export type ServiceFailureCode =
  | 'design-invalid'
  | 'setting-invalid'
  | 'engine-unknown'
  | 'engine-unavailable'
  | 'engine-failed'
  | 'engine-lost'
  | 'out-of-memory'
  | 'run-unknown'
  | 'run-busy'
  | 'run-damaged'
  | 'run-complete'
  | 'checkpoint-missing'
  | 'checkpoint-mismatch'
  | 'data-changed'
  | 'sample-unknown'
  | 'trainer-lost'
  | 'python-unavailable'
  | 'python-failed'
  | 'install-failed'
  | 'export-impossible'
  | 'folder-taken'
  | 'message-invalid'
  | 'internal';
