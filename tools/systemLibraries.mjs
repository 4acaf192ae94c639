/** What the window needs of a Linux system: found, installed (as root, on Debian or Ubuntu), or named in one command. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Newer Ubuntu calls some packages by the second name. */
const packagesOf = {
  libraries: [['libgtk-3-0', 'libgtk-3-0t64'], ['libnss3'], ['libasound2', 'libasound2t64'], ['libgbm1']],
  display: [['xvfb']],
  fonts: [['fonts-noto-cjk']],
};

/** Null when everything is there or could be installed; else one sentence. `run` starts a command and waits for it. */
export function ensureSystemLibraries(executable, run = runCommand, debian = isDebian()) {
  const missing = missingPackages(executable, run);
  if (missing.length === 0) return null;
  if (!debian) {
    return `The end-to-end stories need what Debian calls ${missing.map(([name]) => name).join(', ')}: install your distribution's packages for them, then run the command again.`;
  }
  const root = process.getuid() === 0;
  if (root && !available(missing, run)) run('apt-get', ['update', '-qq']);
  const names = missing.map((alternatives) => alternatives.findLast((name) => exists(name, run)) ?? alternatives[0]);
  const install = ['install', '-y', '-q', '--no-install-recommends', ...names];
  if (!root) {
    return `The end-to-end stories need packages of the system that are missing. Run once: sudo apt-get ${install.join(' ')}`;
  }
  console.log(`Installing ${names.join(', ')} ...`);
  const result = run('apt-get', install);
  const left = missingPackages(executable, run);
  if (left.length === 0) return null;
  const why = result.output.trim().split('\n').at(-1);
  return `The system's packages ${names.join(', ')} could not be installed (${why}). Run by hand: apt-get ${install.join(' ')}`;
}

/** For those who only want a window: null, or one sentence that names the command. Installs nothing. */
export function namedLibraries(executable, run = runCommand, debian = isDebian()) {
  const lines = run('ldd', [executable]).output.split('\n');
  const missing = lines.filter((line) => line.includes('not found')).map((line) => line.trim().split(' ')[0]);
  if (missing.length === 0) return null;
  const names = packagesOf.libraries.map((alternatives) => alternatives.findLast((name) => exists(name, run)));
  const install = `sudo apt-get install -y ${names.map((name, index) => name ?? packagesOf.libraries[index][0]).join(' ')}`;
  const way = debian ? `Run once: ${install}` : "Install your distribution's packages of them (GTK 3, NSS, ALSA, GBM).";
  return `libraries of the system are missing (${missing.join(', ')}). ${way}`;
}

function missingPackages(executable, run) {
  const libraries = run('ldd', [executable]).output;
  const chinese = run('fc-list', [':lang=zh-cn']);
  return [
    ...(/not found/.test(libraries) ? packagesOf.libraries : []),
    ...(run('Xvfb', ['-help']).found ? [] : packagesOf.display),
    ...(chinese.found && chinese.output.trim() !== '' ? [] : packagesOf.fonts),
  ];
}

function isDebian() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

const exists = (name, run) => /Candidate: (?!\(none\))/.test(run('apt-cache', ['policy', name]).output);
const available = (packages, run) => packages.every((names) => names.some((name) => exists(name, run)));

function runCommand(command, args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const result = spawnSync(command, args, { encoding: 'utf8', env: environment, timeout: 10 * 60_000 });
  const found = result.error?.code !== 'ENOENT';
  return { found, output: `${result.stdout ?? ''}${result.stderr ?? ''}` };
}
