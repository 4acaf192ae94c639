/** Submissions as the tests write them, and their answers read. */
import type { Answer, EngineProcess } from './engineProcess';

export interface TestStep {
  index: number;
  /** Positions of each micro-batch. */
  batches: number[][];
  rate?: number;
  clip?: number;
}

/** Steps one after the other over the first `samples` samples, `size` at a time. */
export function stepsOf(
  first: number,
  count: number,
  size = 8,
  samples = 88,
  more: Partial<TestStep> = {},
): TestStep[] {
  return Array.from({ length: count }, (_, at) => {
    const index = first + at;
    return { index, batches: [Array.from({ length: size }, (_, each) => (index * size + each) % samples)], ...more };
  });
}

export function payloadOf(steps: readonly TestStep[]): Buffer {
  const positions = Uint32Array.from(steps.flatMap(({ batches }) => batches.flat()));
  const controls = Float32Array.from(steps.flatMap(({ index, rate, clip }) => [rate ?? 0.01, clip ?? 0, index + 1]));
  return Buffer.concat([Buffer.from(positions.buffer), Buffer.from(controls.buffer)]);
}

export function headerOf({ index, batches }: TestStep): { index: number; sizes: number[] } {
  return { index, sizes: batches.map(({ length }) => length) };
}

export interface SubmitOptions {
  telemetry?: boolean;
  ratioEvery?: number;
  behind?: number | null;
}

export interface Submitted {
  done: number;
  reason?: string;
  largestBatch?: number;
  readBacks: number;
  rows: number[][];
}

export async function submit(
  engine: EngineProcess,
  steps: readonly TestStep[],
  { telemetry = true, ratioEvery = 0, behind = null }: SubmitOptions = {},
): Promise<Submitted> {
  const header = { steps: steps.map(headerOf), telemetry, ratioEvery, behind };
  return readSubmitted(await engine.must('submit', header, payloadOf(steps)));
}

export function readSubmitted({ header, payload }: Answer): Submitted {
  const { done, reason, largestBatch, readBacks } = header as unknown as Omit<Submitted, 'rows'>;
  const values = numbers(payload);
  const width = done === 0 ? 0 : values.length / done;
  const rows = Array.from({ length: done }, (_, at) => values.slice(at * width, (at + 1) * width));
  return { done, readBacks, rows, ...(reason && { reason }), ...(largestBatch && { largestBatch }) };
}

export function numbers(payload: Buffer): number[] {
  return Array.from({ length: payload.length / 8 }, (_, at) => payload.readDoubleLE(8 * at));
}

export function positions(indices: readonly number[]): Buffer {
  return Buffer.from(Uint32Array.from(indices).buffer);
}
