/** Looks at the processes of the app from outside: who is there, who is shut in, who dies. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import type { ElectronApplication } from 'playwright-core';
import { kill } from '../../drivers/killing';
import { until } from './waiting';

/** The id of the process that trains, that reads runs, or that prepares data; waits until there is one. */
export async function helperProcess(app: ElectronApplication, kind: 'trainer' | 'reader' | 'data'): Promise<number> {
  return until(`a ${kind} process`, async () => {
    const all = await app.evaluate((electron) => electron.app.getAppMetrics());
    return all.find(({ type, name }) => type === 'Utility' && name === `Netloom ${kind}`)?.pid ?? null;
  });
}

export async function windowProcess(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);
}

export function isRunning(id: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${id}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** `kill -9`, and waits until the process is gone. */
export async function killProcess(id: number): Promise<void> {
  kill(id);
  await until(`the end of process ${id}`, () => (isRunning(id) ? null : true));
}

interface ProcessState {
  userId: number;
  /** 2: system calls are filtered. */
  seccomp: number;
  noNewPrivileges: boolean;
  commandLine: string[];
}

export function processState(id: number): ProcessState {
  const status = readFileSync(`/proc/${id}/status`, 'utf8');
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? NaN);
  return {
    userId: field('Uid'),
    seccomp: field('Seccomp'),
    noNewPrivileges: field('NoNewPrivs') === 1,
    commandLine: readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').filter(Boolean),
  };
}

/** The process's sockets that could lead out of the machine, as the system lists them. */
export function internetSockets(id: number): string[] {
  const own = readdirSync(`/proc/${id}/fd`).flatMap((name) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${id}/fd/${name}`))?.[1] ?? [];
    } catch {
      // Closed meanwhile.
      return [];
    }
  });
  const lines = ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((kind) =>
    readFileSync(`/proc/${id}/net/${kind}`, 'utf8').split('\n'),
  );
  return lines.filter((line) => own.includes(line.trim().split(/\s+/)[9] ?? ''));
}
