/**
 * Holds test files that share a process to leaving it as they found it: the clock, the environment and the folder. What
 * one file leaves behind would fail, or worse, save, a test of another. Files that cannot do so run alone (vitest.config.mts).
 */
import { afterAll, expect, vi } from 'vitest';

const environment = { ...process.env };
const folder = process.cwd();

afterAll(() => {
  const names = [...new Set([...Object.keys(environment), ...Object.keys(process.env)])];
  const left = [
    ...names.filter((name) => environment[name] !== process.env[name]).map((name) => `variable ${name}`),
    ...(process.cwd() === folder ? [] : [`folder ${process.cwd()}`]),
    ...(vi.isFakeTimers() ? ['a clock of its own'] : []),
  ];
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  expect(left, 'what this file leaves behind in its process').toEqual([]);
});
