/**
 * How the tests run, in worker processes: most together, so that a worker reads each module once and not once a file;
 * those that change or count what a whole process shares (its tensor library), or start a Python, in one of their own.
 */
import { configDefaults, defineConfig } from 'vitest/config';

/** What needs a Python with PyTorch, Keras and ONNX Runtime: `node tools/pythonEnvironment.mjs` makes and names one. */
const withPython = process.env.NETLOOM_TEST_PYTHON ? [] : ['test/**/*.python.test.ts'];
/** What holds written Python against ruff and pyright, and the libraries of that Python: `node tools/pythonTools.mjs`. */
const withTools =
  process.env.NETLOOM_TEST_PYTHON_TOOLS && process.env.NETLOOM_TEST_PYTHON ? [] : ['test/**/*.pythontools.test.ts'];
/** What runs exported TensorFlow.js code: `node tools/tfjsNode.mjs` makes and names the packages for it. */
const withTfjs = process.env.NETLOOM_TEST_TFJS ? [] : ['test/**/*.tfjs.test.ts'];

/** What moves runs between all engines. */
const withEngines =
  process.env.NETLOOM_TEST_PYTHON && process.env.NETLOOM_TEST_TFJS ? [] : ['test/**/*.engines.test.ts'];

const absent = [...configDefaults.exclude, ...withPython, ...withTools, ...withTfjs, ...withEngines];
const slow = ['test/**/*.slow.test.ts', 'test/**/*.slow.tfjs.test.ts'];
const alone = [
  'test/contract/{everyRunner,everyLayerMemory,memoryEstimate}.test.ts',
  'test/electron/trainer/engines/tfjs/{gradientsOf,outOfMemory,probe}.test.ts',
  'test/electron/trainer/engines/tfjs/{gradients,kernels}/*.test.ts',
  'test/**/*.{python,pythontools,tfjs,engines}.test.ts',
];

const common = {
  setupFiles: ['test/drivers/propertySeed.ts'],
  pool: 'forks' as const,
  testTimeout: 300_000,
  hookTimeout: 300_000,
};
const together = {
  ...common,
  setupFiles: [...common.setupFiles, 'test/drivers/leavesNothing.ts'],
  include: ['test/**/*.test.{ts,tsx}'],
  exclude: [...absent, ...slow, ...alone],
  isolate: false,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    // What a source becomes is kept from run to run, by what stands in it; "npx vitest --clearCache" forgets it.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.cache/vitest' },
    projects: [
      { test: { ...common, name: 'slow', include: slow, exclude: absent } },
      { test: { ...common, name: 'alone', include: alone, exclude: [...absent, ...slow] } },
      { test: { ...together, name: 'together' } },
    ],
  },
});
