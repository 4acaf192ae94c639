/** Starts the program that runs exported folders of one target, and reads what it reports. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import type { Target } from '../../../shared/ir/emit/emission';
import { FileProblem } from '../../files/fileProblem';
import { lastLine } from '../python/askPython';
import { runProgram } from '../python/childProgram';
import { findPython } from '../python/findPython';
import { pythonScript } from '../python/pythonScript';
import { runPython } from '../python/runPython';
import type { PythonTarget } from '../python/pythonPackages';
import { ServiceProblem } from '../serviceProblem';
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
  /** The program for TensorFlow.js; unless told, the bundle beside this one. */
  script?: string;
}

/** Runs the folders of a target, all in one process. */
export type TargetRunner = (exports: readonly JobExport[], work: string) => Promise<RunnerReport>;

/** Loading a library takes tens of seconds on a slow disk; each export then seconds. */
const patience = { start: 180_000, each: 60_000 };

/** Throws `ServiceProblem` python-unavailable with what would install it. */
export async function runnerFor(target: Target, options: RunnerOptions): Promise<TargetRunner> {
  return target === 'tfjs' ? nodeRunner(options) : pythonRunner(target, options);
}

async function pythonRunner(target: PythonTarget, options: RunnerOptions): Promise<TargetRunner> {
  const { home, environment, signal, onProgress } = options;
  const finding = await findPython({ targets: [target], home, environment, signal });
  if (finding.kind === 'none') throw finding.problem;
  return async (exports, work) => {
    const { job, report } = writeJobFile(target, exports, work);
    await runPython({
      python: finding.python.executable,
      script: pythonScript('verify_exports.py'),
      args: [job],
      cwd: work,
      timeLimit: patience.start + patience.each * exports.length,
      signal,
      environment: quiet,
      onLine: (line) => tellProgress(line, onProgress),
    });
    return readReport(report);
  };
}

/** One device, without notes on standard error, the same numbers on every machine. */
const quiet = {
  KERAS_BACKEND: 'tensorflow',
  TF_CPP_MIN_LOG_LEVEL: '3',
  TF_ENABLE_ONEDNN_OPTS: '0',
  CUDA_VISIBLE_DEVICES: '',
};

/** With the packages that the folder's own package.json names: nothing is installed for it unasked. */
function nodeRunner({ environment = process.env, signal, onProgress, script }: RunnerOptions): TargetRunner {
  return async (exports, work) => {
    const folder = exports[0]?.folder ?? work;
    const tsx = packageOf(folder, 'tsx/cli');
    if (tsx === null || packageOf(folder, '@tensorflow/tfjs') === null) {
      const message = `The packages of ${folder} are not installed. Run "npm install" in that folder, then this command again.`;
      throw new ServiceProblem('engine-unavailable', message, [], folder);
    }
    const { job, report } = writeJobFile('tfjs', exports, work);
    // Electron's own program runs no scripts: its fuses forbid it.
    const node = process.versions.electron === undefined ? process.execPath : 'node';
    const program = script ?? join(__dirname, 'runExported.cjs').replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
    const ended = await runProgram(node, [tsx, program, job], {
      ...{ cwd: folder, environment, signal },
      timeLimit: patience.start + patience.each * exports.length,
      onLine: (line) => tellProgress(line, onProgress),
    });
    if (ended.how === 'aborted') throw new FileProblem('cancelled', folder, 'Running the exported code was cancelled.');
    if (ended.how === 'not-started') {
      throw new ServiceProblem(
        'engine-unavailable',
        `Node.js was not found (${ended.cause}). Install Node.js 20 or newer.`,
      );
    }
    if (!existsSync(report)) {
      const said =
        lastLine(ended.errors) ||
        `it ended with ${ended.how === 'ended' ? `exit code ${ended.code ?? 'unknown'}` : ended.how}`;
      throw new ServiceProblem('engine-failed', `The exported code could not be run: ${said}.`);
    }
    return readReport(report);
  };
}

/** Where Node finds it from there: in the folder's own node_modules, or in one above. */
function packageOf(folder: string, name: string): string | null {
  try {
    return createRequire(join(folder, 'package.json')).resolve(name);
  } catch {
    return null;
  }
}

function writeJobFile(target: Target, exports: readonly JobExport[], work: string): { job: string; report: string } {
  const job = join(work, 'job.json');
  const report = join(work, 'report.json');
  writeFileSync(job, JSON.stringify({ target, report, exports }));
  return { job, report };
}

function readReport(report: string): RunnerReport {
  return reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
}

function tellProgress(line: string, onProgress?: (done: number) => void): void {
  try {
    const said = progressSchema.safeParse(JSON.parse(line));
    if (said.success) onProgress?.(said.data.done);
  } catch {
    // A line of somebody else's.
  }
}
