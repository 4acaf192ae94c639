/** Schemas that several parts of the studio's contract share. */
import { z } from 'zod';
import { isJson } from '../../design/isJson';
import type { Json } from '../../messages/define';
import type { Measures } from '../../training/events';

/** A drawing of a thousand nodes passes four times a second while one is dragged: checked in one quick walk. */
export const json: z.ZodType<Json> = z.custom<Json>((value) => isJson(value), 'plain JSON is expected');
export const count = z.int().min(0);
export const text = z.string().max(100_000);
/** The id of a run's folder, whole. */
export const runId = z.string().min(1).max(300);
/** Any number, NaN and infinities too: what was measured is told as it is. */
export const measured = z.custom<number>((value) => typeof value === 'number', 'a number is expected');
export const measures: z.ZodType<Measures> = z.object({ loss: measured }).catchall(measured);
export const runState = z.enum(['preparing', 'running', 'paused', 'finished', 'stopped', 'failed', 'interrupted']);
export const part = z.enum(['train', 'validation', 'test']);
export const float32 = z.custom<Float32Array>((value) => value instanceof Float32Array, 'a Float32Array is expected');
export const float64 = z.custom<Float64Array>((value) => value instanceof Float64Array, 'a Float64Array is expected');
export const nothing = z.strictObject({});
