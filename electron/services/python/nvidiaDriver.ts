/** Whether this machine has NVIDIA's driver, and which: what decides between a build for its cards and one without. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Machine } from './machine';

const linuxNote = '/proc/driver/nvidia/version';
/** Windows lends its driver to the Linux inside of it, without a note of the version. */
const lentDriver = '/usr/lib/wsl/lib/libcuda.so.1';

let onWindows: string | null | undefined;

/** Its version, "unknown" where it does not say; null where there is none. Costs one small file, on Windows one program. */
export function nvidiaDriver(machine: Machine): string | null {
  if (machine.nvidiaDriver !== undefined) return machine.nvidiaDriver;
  if (machine.platform === 'win32' && process.platform === 'win32') return (onWindows ??= askedOfWindows());
  if (machine.platform !== 'linux') return null;
  try {
    return driverIn(readFileSync(linuxNote, 'utf8'));
  } catch {
    return existsSync(lentDriver) ? 'unknown' : null;
  }
}

function askedOfWindows(): string | null {
  const words = ['--query-gpu=driver_version', '--format=csv,noheader'];
  const { status, stdout } = spawnSync('nvidia-smi', words, { encoding: 'utf8', timeout: 5000, windowsHide: true });
  return status === 0 ? (stdout.split(/\s+/)[0] ?? '') || 'unknown' : null;
}

/** "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  ..." */
export function driverIn(note: string): string {
  return /Module[^\n]*?\s(\d+(?:\.\d+)+)\s/.exec(note)?.[1] ?? 'unknown';
}

/** The number before the first point; an unknown driver is taken for a new one, which it nearly always is. */
export function driverAtLeast(driver: string | null, least: number): boolean {
  return driver !== null && !(Number.parseInt(driver, 10) < least);
}
