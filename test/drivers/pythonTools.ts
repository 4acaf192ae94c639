/** The Python with ruff and pyright that `*.pythontools.test.ts` hold written code against; without one they are not run. */

export function pythonTools(): string {
  const python = process.env.NETLOOM_TEST_PYTHON_TOOLS;
  if (python) return python;
  throw new Error('NETLOOM_TEST_PYTHON_TOOLS must name a Python in which "pip install ruff pyright" was run');
}
