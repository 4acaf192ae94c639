/** Asks ONNX's own checker and ONNX Runtime about models, in one Python process for any number of them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Numbers } from '../../../contract/harness/exampleCase';
import { testPython } from '../../../drivers/testPython';

export interface OnnxJob {
  model: Uint8Array;
  /** The model in text, which ONNX's parser should read as the same nodes. */
  listing: string;
  feeds: Record<string, Numbers>[];
}

export interface OnnxVerdict {
  error: string | null;
  shapes: Record<string, (number | string)[]>;
  outputs: Record<string, Numbers>[];
  nodes: string[];
  listed: string[];
}

export interface OperatorForm {
  inputs: [number, number];
  attributes: Record<string, string>;
}

export interface OnnxAnswer {
  jobs: OnnxVerdict[];
  operators: Record<string, Record<string, OperatorForm>>;
  /** By message and field: number, type, whether repeated. */
  schema: Record<string, Record<string, [number, number, boolean]>>;
}

interface Request {
  jobs?: OnnxJob[];
  operators?: string[];
  opsets?: number[];
}

interface Encoded {
  dtype: string;
  shape: number[];
  data: string;
}

export async function askOnnx(request: Request): Promise<OnnxAnswer> {
  const jobs = (request.jobs ?? []).map(({ model, listing, feeds }) => ({
    model: Buffer.from(model).toString('base64'),
    listing,
    feeds: feeds.map((feed) => encodeAll(feed)),
  }));
  const text = await runPython('check_models.py', { ...request, jobs });
  const answer = JSON.parse(text) as OnnxAnswer & { jobs: { outputs?: Record<string, Encoded>[] }[] };
  return { ...answer, jobs: answer.jobs.map((job) => ({ ...job, outputs: (job.outputs ?? []).map(decodeAll) })) };
}

export interface ScriptAnswer {
  means: Record<string, number>[];
  /** Of each script, a hash of its syntax tree without names and strings. */
  shapes: string[];
}

export async function runEvaluations(request: { folders?: string[]; scripts?: string[] }): Promise<ScriptAnswer> {
  return JSON.parse(await runPython('run_evaluations.py', request)) as ScriptAnswer;
}

function runPython(script: string, request: unknown): Promise<string> {
  const python = testPython();
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 2 ** 30, timeout: 240_000 };
    const child = execFile(python, [join(__dirname, script)], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${python} could not run ${script}: ${stderr || error.message}`));
      else resolve(stdout);
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(JSON.stringify(request));
  });
}

function encodeAll(feed: Record<string, Numbers>): Record<string, Encoded> {
  return Object.fromEntries(
    Object.entries(feed).map(([name, { shape, dtype, values }]) => {
      const array = dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values);
      return [name, { dtype, shape, data: Buffer.from(array.buffer).toString('base64') }];
    }),
  );
}

function decodeAll(outputs: Record<string, Encoded> | Record<string, Numbers>): Record<string, Numbers> {
  return Object.fromEntries(
    Object.entries(outputs as Record<string, Encoded>).map(([name, { shape, dtype, data }]) => {
      const bytes = new Uint8Array(Buffer.from(data, 'base64')).buffer;
      const values = dtype === 'int32' ? new Int32Array(bytes) : new Float32Array(bytes);
      return [name, { shape, dtype: dtype as Numbers['dtype'], values: [...values] }];
    }),
  );
}
