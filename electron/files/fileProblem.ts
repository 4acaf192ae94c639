/** What can go wrong with a file, as one error that is a plain sentence: which file, what happened, and the way out. */
import type { FileFailureCode } from '../../shared/ipc/failureCodes';

export type FileProblemCode = FileFailureCode;

/** The message is for the user as it is; `file` is the path or address it is about. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem';
  constructor(
    readonly code: FileProblemCode,
    readonly file: string,
    message: string,
  ) {
    super(message);
  }
}

export type FileAction = 'read' | 'write' | 'remove';

const participle: Record<FileAction, string> = { read: 'read', write: 'written', remove: 'removed' };

/** Turns whatever a file operation threw into a `FileProblem`; one that already is passes through. */
export function fileProblemFrom(error: unknown, file: string, action: FileAction): FileProblem {
  if (error instanceof FileProblem) return error;
  const code = systemCode(error);
  const done = participle[action];
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new FileProblem(
        'disk-full',
        file,
        `The disk is full: ${file} could not be ${done}. Nothing that was complete before is lost. ` +
          'Free space on that disk, or choose a folder on another one, and try again.',
      );
    case 'EFBIG':
      return new FileProblem(
        'disk-full',
        file,
        `${file} could not be ${done}: it would be larger than files may be here. Nothing that was complete before is ` +
          'lost. Raise the limit (`ulimit -f`), or choose a folder on another disk, and try again.',
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new FileProblem(
        'not-allowed',
        file,
        `${file} could not be ${done}: the system does not allow it (${code}). ` +
          'Check the permissions of the file and its folder, or choose another folder.',
      );
    case 'ENOENT':
      return new FileProblem(
        'not-found',
        file,
        `${file} could not be ${done}: it, or its folder, does not exist. Check the path.`,
      );
    case 'EISDIR':
      return new FileProblem('not-found', file, `${file} is a folder; a file was expected.`);
    case 'ENOTDIR':
      return new FileProblem('not-found', file, `${file}: a part of this path is a file where a folder was expected.`);
    default:
      return new FileProblem(
        'disk-error',
        file,
        `${file} could not be ${done}: ${describe(error, code)}. Check the disk, then try again.`,
      );
  }
}

/** Runs a file operation; what it throws becomes a `FileProblem` that names the file. */
export function withFileProblems<Result>(file: string, action: FileAction, operation: () => Result): Result {
  try {
    return operation();
  } catch (error) {
    // What the system did not report is a mistake of ours, and must not be dressed up as the disk's.
    throw systemCode(error) === undefined ? error : fileProblemFrom(error, file, action);
  }
}

export function damaged(file: string, message: string): FileProblem {
  return new FileProblem('damaged', file, `${file} ${message}`);
}

export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function describe(error: unknown, code: string | undefined): string {
  if (code !== undefined) return `the system reported ${code}`;
  return error instanceof Error ? error.message : String(error);
}
