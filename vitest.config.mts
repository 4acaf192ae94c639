/** How the tests run: one project, in worker processes, so that a tensor library never lives twice in one process. */
import { configDefaults, defineConfig } from 'vitest/config';

/** What needs a Python with PyTorch, Keras and ONNX Runtime: `node tools/pythonEnvironment.mjs` makes and names one. */
const withPython = process.env.NETLOOM_TEST_PYTHON ? [] : ['test/**/*.python.test.ts'];
/** What holds written Python against ruff and pyright, and the libraries of that Python: `node tools/pythonTools.mjs`. */
const withTools =
  process.env.NETLOOM_TEST_PYTHON_TOOLS && process.env.NETLOOM_TEST_PYTHON ? [] : ['test/**/*.pythontools.test.ts'];
/** What runs exported TensorFlow.js code: `node tools/tfjsNode.mjs` makes and names the packages for it. */
const withTfjs = process.env.NETLOOM_TEST_TFJS ? [] : ['test/**/*.tfjs.test.ts'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, ...withPython, ...withTools, ...withTfjs],
    setupFiles: ['test/drivers/propertySeed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
