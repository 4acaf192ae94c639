/** Errors across a process border: a problem becomes a failure on one side and the same problem again on the other. */
import type { Failure } from '../../shared/ipc/define';
import { FileProblem, type FileProblemCode } from '../files/fileProblem';
import { ServiceProblem, type ServiceProblemCode } from './serviceProblem';

export function failureOf(error: unknown): Failure {
  if (error instanceof FileProblem) return { code: error.code, message: error.message, file: error.file };
  if (error instanceof ServiceProblem) return { code: error.code, message: error.message, file: null };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, file: null };
}

export function problemOf({ code, message, file }: Failure): FileProblem | ServiceProblem {
  if (file !== null) return new FileProblem(code as FileProblemCode, file, message);
  return new ServiceProblem(code as ServiceProblemCode, message);
}
