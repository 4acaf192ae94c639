/** What a service could not do, as one error that is a plain sentence with a code; diagnostics come with it where a design is at fault. */
import type { ServiceFailureCode } from '../../shared/ipc/failureCodes';
import type { Diagnostic } from '../../shared/messages';

export type ServiceProblemCode = ServiceFailureCode;

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
