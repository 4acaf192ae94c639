/** What a service could not do, as one error that is a plain sentence with a code; diagnostics come with it where a design is at fault. */
import type { Diagnostic } from '../../shared/messages';

export type ServiceProblemCode =
  | 'design-invalid'
  | 'setting-invalid'
  | 'engine-unknown'
  | 'engine-unavailable'
  | 'engine-failed'
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
  | 'message-invalid'
  | 'internal';

/** The message is for the user as it is. `diagnostics` is filled for `design-invalid`, `file` where that is one. */
export class ServiceProblem extends Error {
  override readonly name = 'ServiceProblem';
  constructor(
    readonly code: ServiceProblemCode,
    message: string,
    readonly diagnostics: readonly Diagnostic[] = [],
    readonly file: string | null = null,
  ) {
    super(message);
  }
}
