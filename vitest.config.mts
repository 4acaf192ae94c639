/** How the tests run: one project, in worker processes, so that a tensor library never lives twice in one process. */
import { configDefaults, defineConfig } from 'vitest/config';

/** What needs a Python with PyTorch, Keras and ONNX Runtime: `node tools/pythonEnvironment.mjs` makes and names one. */
const withPython = process.env.NETLOOM_TEST_PYTHON ? [] : ['test/**/*.python.test.ts'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, ...withPython],
    setupFiles: ['test/drivers/propertySeed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
