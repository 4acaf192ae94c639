/** What an installer wrote when it failed, as one error: a full disk, no network, no build for this machine, or its own words. */
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
  const again = `then run "${command}" again.`;
  const told = errorLine(ended);
  const said = told === '' ? '' : ` (${told})`;
  if (ended.how === 'aborted') {
    const message = `The installation was cancelled. What was downloaded is kept: "${command}" goes on.`;
    return new FileProblem('cancelled', folder, message);
  }
  if (fullDisk.test(text)) {
    const way = `Free space on that disk, or move Netloom's home to another one with NETLOOM_HOME, ${again}`;
    return new FileProblem('disk-full', folder, `The disk is full: ${what} could not be put into ${folder}. ${way}`);
  }
  if (noNetwork.test(text)) {
    const way = `Check the network and pip's settings for proxy and package index, ${again}`;
    return new FileProblem('unreachable', folder, `${what} could not be downloaded${said}. ${way}`);
  }
  if (notAllowed.test(text)) {
    const way = `Check the permissions of that folder, or move Netloom's home with NETLOOM_HOME, ${again}`;
    return new FileProblem('not-allowed', folder, `${what} could not be put into ${folder}${said}. ${way}`);
  }
  return new ServiceProblem('install-failed', otherwise(text, said, ended, { what, folder, command }));
}

function otherwise(text: string, said: string, ended: EndedProgram, { what, command }: InstallStep): string {
  if (noBuild.test(text)) {
    const way = `Check that your package index has them for this system and this Python, or use another Python`;
    return `The package index has no fitting build of ${what}${said}. ${way} (NETLOOM_PYTHON), then run "${command}" again.`;
  }
  if (ended.how === 'not-started')
    return `${what} could not be installed: the installer did not start (${ended.cause}).`;
  const how = ended.signal === null ? `exit code ${ended.code ?? 'unknown'}` : ended.signal;
  return `${what} could not be installed: the installer ended with ${how}${said}. Run "${command}" again to repair it.`;
}

/** The last line that an installer calls an error, else its last line. */
function errorLine({ output, errors }: EndedProgram): string {
  const lines = `${output}\n${errors}`.split(/\r\n|\n|\r/).filter((line) => /^\s*(ERROR\b|error\b|×)/.test(line));
  const told = lines.pop() ?? (lastLine(errors) || lastLine(output));
  return lastLine(told.replace(/^\s*(error:|×)\s*/i, ''));
}
