/** How the end-to-end stories run: one after the other, started by tools/e2e.mjs, which sets the stage. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

if (!process.env.NETLOOM_E2E) throw new Error('The end-to-end stories are started by: node tools/e2e.mjs [story]');

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/e2e/**/*.e2e.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
