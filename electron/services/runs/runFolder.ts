/** Where the files of a run are, and how a run gets its name. */
import { join } from 'node:path';
import { runsFolder } from '../../files/home';

export function runFolder(home: string, id: string): string {
  return join(runsFolder(home), id);
}

export function recordFile(folder: string): string {
  return join(folder, 'run.json');
}

export function logFile(folder: string): string {
  return join(folder, 'metrics.log');
}

export function checkpointsFolder(folder: string): string {
  return join(folder, 'checkpoints');
}

export function checkpointFile(folder: string, kind: 'last' | 'best'): string {
  return join(checkpointsFolder(folder), `${kind}.safetensors`);
}

/** Removed runs, beside the others so that moving one is a rename. */
export function trashFolder(home: string): string {
  return join(home, 'trash');
}

/** "2026-11-21-digits-cnn-k3f9": sorts by day, says what it is; `random` in [0, 1) keeps runs of one day apart. */
export function runId(created: Date, label: string, random: number): string {
  const day = created.toISOString().slice(0, 10);
  const suffix = Math.floor(random * 36 ** 4)
    .toString(36)
    .padStart(4, '0');
  return [day, ...slug(label), suffix].join('-');
}

function slug(label: string): string[] {
  const words = label
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return words === '' ? [] : [words];
}
