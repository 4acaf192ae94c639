/** The Python with PyTorch, Keras and ONNX Runtime that `*.python.test.ts` run code in; without one they are not run. */

export function testPython(): string {
  const python = process.env.NETLOOM_TEST_PYTHON;
  if (python) return python;
  throw new Error(
    'NETLOOM_TEST_PYTHON must name a Python: node tools/pythonEnvironment.mjs makes one and prints its path',
  );
}
