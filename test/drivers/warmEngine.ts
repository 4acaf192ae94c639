/** The engine on PyTorch for tests that open it many times: its processes are copies of one that has loaded PyTorch. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPytorchEngine } from '../../electron/trainer/engines/pytorch/pytorchEngine';
import type { Engine } from '../../electron/trainer/engines/engine';
import { testPython } from './testPython';

export interface WarmEngine {
  engine: Engine;
  /** Ends the process that is copied. */
  stop: () => void;
}

/** Real starts are told elsewhere (`test/python/engine`, `samples.python.test.ts`). `settings`: as NETLOOM_PYTORCH has them. */
export async function warmEngine(settings: string): Promise<WarmEngine> {
  const home = mkdtempSync(join(tmpdir(), 'netloom-warm-'));
  const door = join(home, 'door');
  const source = spawn(testPython(), ['-E', '-B', '-u', '-X', 'utf8', join(__dirname, 'warm_engine.py'), door], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    source.stdout.once('data', () => resolve());
    source.once('error', reject);
    source.once('exit', (code) => reject(new Error(`the process to copy ended with exit code ${code}`)));
  });
  const script = join(home, 'copy_engine.py');
  writeFileSync(script, copyAt(door));
  const environment = { ...process.env, NETLOOM_PYTHON: testPython(), NETLOOM_PYTORCH: settings };
  const stop = (): void => {
    source.removeAllListeners('exit').kill('SIGKILL');
    rmSync(home, { recursive: true });
  };
  return { engine: createPytorchEngine({ home, environment, script }), stop };
}

/** Stands where the engine's script stands: hands its pipes over, and lasts as long as the copy does. */
function copyAt(door: string): string {
  return `import socket
with socket.socket(socket.AF_UNIX) as source:
    source.connect(${JSON.stringify(door)})
    socket.send_fds(source, [b"."], [0, 1, 2])
    source.recv(1)
`;
}
