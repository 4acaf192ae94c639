/** Runs the packed app as a user without rights, as Chromium's sandbox demands: root cannot be shut in. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const problems = {
  noSetpriv:
    'The stories must not run as root, and the command setpriv (package util-linux) is not there to change the user. Install it, or run the command as another user.',
  noSandbox:
    "Chromium's sandbox cannot be set up here: this system forbids user namespaces to programs without rights. Run once as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu), or sysctl -w kernel.unprivileged_userns_clone=1 (Debian).",
};

/**
 * How to start the app: `{executable, program, user}`, where `program` is what the executable starts, and where `user` is null when we have no rights ourselves; or `{problem}`.
 * `work` is a folder that everybody may enter.
 */
export function asOrdinaryUser(packed, work) {
  if (process.getuid() !== 0) {
    return canMakeNamespaces(null)
      ? { executable: packed.executable, program: packed.executable, user: null }
      : { problem: problems.noSandbox };
  }
  const user = nobody();
  if (spawnSync('setpriv', ['--version']).error) return { problem: problems.noSetpriv };
  let executable = packed.executable;
  if (!canRead(executable, user)) {
    const copy = join(work, 'app');
    cpSync(packed.folder, copy, { recursive: true, verbatimSymlinks: true });
    executable = join(copy, 'netloom');
  }
  if (!canMakeNamespaces(user)) giveHelperItsRights(executable);
  const starter = join(work, 'netloom');
  writeFileSync(starter, `#!/bin/sh\nexec ${become(user).map(quote).join(' ')} ${quote(executable)} "$@"\n`);
  chmodSync(starter, 0o755);
  return { executable: starter, program: executable, user };
}

function nobody() {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid = '65534', gid = '65534'] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

const become = ({ uid, gid }) => ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'];
const quote = (word) => `'${word.replaceAll("'", "'\\''")}'`;

/** With effect, not only by mode: a folder far above may be closed. */
function canRead(file, user) {
  const [command, ...args] = [...become(user), 'test', '-x', file];
  return spawnSync(command, args, { cwd: '/' }).status === 0;
}

/** `user`: null for ourselves. Where it cannot be tried, it is left to the app to say. */
export function canMakeNamespaces(user) {
  const [command, ...args] = [...(user ? become(user) : []), 'unshare', '--user', 'true'];
  const tried = spawnSync(command, args, { cwd: '/' });
  return tried.error !== undefined || tried.status === 0;
}

/** Without user namespaces Chromium's own helper sets the sandbox up, which must belong to root and act as root. */
function giveHelperItsRights(executable) {
  const helper = join(dirname(executable), 'chrome-sandbox');
  chownSync(helper, 0, 0);
  chmodSync(helper, 0o4755);
}
