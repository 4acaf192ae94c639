/** Starts the program that runs exported folders of one target, and reads what it reports. */
import { readFileSync, writeFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { findPython } from '../python/findPython';
import { runPython } from '../python/runPython';
import type { PythonTarget } from '../python/pythonPackages';
import type { JobExport } from './verifyJob';

const reportSchema = z.object({
  versions: z.record(z.string(), z.string()),
  errors: z.array(z.object({ message: z.string(), place: z.string().nullable(), trace: z.string() }).nullable()),
});
export type RunnerReport = z.output<typeof reportSchema>;

const progressSchema = z.object({ done: z.number(), of: z.number() });

export interface RunnerOptions {
  home: string;
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  onProgress?: (done: number) => void;
}

/** Runs the folders of a target, all in one process. */
export type TargetRunner = (exports: readonly JobExport[], work: string) => Promise<RunnerReport>;

/** Loading a library takes tens of seconds on a slow disk; each export then seconds. */
const patience = { start: 180_000, each: 60_000 };

/** Throws `ServiceProblem` python-unavailable with what would install it. */
export async function pythonRunner(target: PythonTarget, options: RunnerOptions): Promise<TargetRunner> {
  const { home, environment, signal, onProgress } = options;
  const finding = await findPython({ targets: [target], home, environment, signal });
  if (finding.kind === 'none') throw finding.problem;
  return async (exports, work) => {
    const job = join(work, 'job.json');
    const report = join(work, 'report.json');
    writeFileSync(job, JSON.stringify({ target, report, exports }));
    await runPython({
      python: finding.python.executable,
      script: join(verifyFolder(), 'run.py'),
      args: [job],
      cwd: work,
      timeLimit: patience.start + patience.each * exports.length,
      signal,
      environment: {
        KERAS_BACKEND: 'tensorflow',
        TF_CPP_MIN_LOG_LEVEL: '3',
        TF_ENABLE_ONEDNN_OPTS: '0',
        CUDA_VISIBLE_DEVICES: '',
      },
      onLine: (line) => {
        const said = progressOf(line);
        if (said) onProgress?.(said.done);
      },
    });
    return reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  };
}

function progressOf(line: string): z.output<typeof progressSchema> | null {
  try {
    return progressSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** `python/verify` of the package: Python reads no archive, so in a packed app it lies beside it. */
export function verifyFolder(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'python', 'verify');
    if (existsSync(join(found, 'run.py'))) return found.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
    if (folder === dirname(folder)) throw new Error(`No python/verify above ${from}: install Netloom again.`);
  }
}
