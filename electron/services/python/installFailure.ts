/** What an installer wrote when it failed, as one error: a full disk, no network, no build for this machine, or its own words. */
import { fill } from '../../../shared/messages/fill';
import { installFailures } from '../../../shared/messages/installSentences';
import { FileProblem } from '../../files/fileProblem';
import { ServiceProblem } from '../serviceProblem';
import { lastLine } from './askPython';
import type { EndedProgram } from './childProgram';

const fullDisk =
  /No space left on device|Errno 28\b|ENOSPC|Disk quota exceeded|Errno 122\b|WinError 112|os error 28\b/i;
const noNetwork = new RegExp(
  [
    'NewConnectionError|ConnectTimeoutError|ReadTimeoutError|ConnectionResetError|RemoteDisconnected|ProxyError',
    'Max retries exceeded|Temporary failure in name resolution|Name or service not known|getaddrinfo failed',
    'Network is unreachable|Connection refused|Connection timed out|SSLError|CERTIFICATE_VERIFY_FAILED|IncompleteRead',
    'incomplete-download|not enough bytes were received',
    'dns error|client error \\(Connect\\)|error sending request|Request failed after|Failed to fetch',
  ].join('|'),
  'i',
);
const notAllowed = /Permission denied|Errno 13\b|Access is denied|Read-only file system|Errno 30\b/i;
const noBuild = /No matching distribution found|Could not find a version|ResolutionImpossible|No solution found/i;

export interface InstallStep {
  /** What was done, as in "The installation of pip failed". */
  what: string;
  folder: string;
  /** What people run to try again. */
  command: string;
}

/** Only for a program that did not end well. */
export function installFailure(ended: EndedProgram, { what, folder, command }: InstallStep): Error {
  const text = `${ended.output}\n${ended.errors}`;
  const where = { what, folder, command };
  const why = { ...where, said: errorLine(ended) || installFailures.silent };
  const { cancelled, diskFull, noNetwork: unreachable, notAllowed: forbidden } = installFailures;
  if (ended.how === 'aborted') return new FileProblem('cancelled', folder, fill(cancelled, { command }));
  if (fullDisk.test(text)) return new FileProblem('disk-full', folder, fill(diskFull, where));
  if (noNetwork.test(text)) return new FileProblem('unreachable', folder, fill(unreachable, why));
  if (notAllowed.test(text)) return new FileProblem('not-allowed', folder, fill(forbidden, why));
  return new ServiceProblem('install-failed', otherwise(text, ended, why));
}

function otherwise(
  text: string,
  { how, cause, code, signal }: EndedProgram,
  why: { what: string; said: string; command: string },
): string {
  if (noBuild.test(text)) return fill(installFailures.noBuild, why);
  if (how === 'not-started') return fill(installFailures.notStarted, { ...why, cause });
  if (signal !== null) return fill(installFailures.signal, { ...why, signal });
  return fill(installFailures.exitCode, { ...why, code: code ?? 'unknown' });
}

/** The last line that an installer calls an error, else its last line. */
function errorLine({ output, errors }: EndedProgram): string {
  const lines = `${output}\n${errors}`.split(/\r\n|\n|\r/).filter((line) => /^\s*(ERROR\b|error\b|×)/.test(line));
  const told = lines.pop() ?? (lastLine(errors) || lastLine(output));
  return lastLine(told.replace(/^\s*(error:|×)\s*/i, ''));
}
