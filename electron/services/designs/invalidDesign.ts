/** The error for a design that cannot be used: its first fault in a sentence, all of them as diagnostics. */
import type { Diagnostic } from '../../../shared/messages';
import { ServiceProblem } from '../serviceProblem';

export function invalidDesign(diagnostics: readonly Diagnostic[], file: string | null = null): ServiceProblem {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const where = file === null ? '' : ': `netloom check` lists them';
  const more = errors.length > 1 ? ` (${errors.length - 1} more${where})` : '';
  return new ServiceProblem(
    'design-invalid',
    `${errors[0]?.message ?? 'The design is not valid.'}${more}`,
    diagnostics,
    file,
  );
}
