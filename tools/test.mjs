/**
 * `npm test`: sets everything up, then types, lint, every test and the end-to-end stories; ends with one line of totals.
 * --fast leaves out types, lint, slow tests and stories; --long runs the torture tests at their full counts.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

const fast = process.argv.includes('--fast');
const long = process.argv.includes('--long');
const bin = (name) => join(root, 'node_modules', name);

/** Runs one checker; its output is shown when it fails, or as it comes. */
function run(name, script, args, options = {}) {
  const started = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin(script), ...args], {
      cwd: root,
      stdio: ['ignore', options.show ? 'inherit' : 'pipe', options.show ? 'inherit' : 'pipe'],
      env: { ...process.env, ...options.env },
    });
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('close', (code) => {
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
      resolve(code === 0);
    });
  });
}

/** Lint, which needs no output of the compiler, takes as long as types and formatting together: two cores. */
async function checkSources() {
  const lint = run('lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
  const types = await run('types', 'typescript/bin/tsc', ['--build']);
  const format = await run('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
  return [types, format, await lint];
}

function reportOf(name) {
  const report = join(root, '.cache', `test-${name}.json`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  return { report, reporters: ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] };
}

async function runTests(name, filters, environment = {}) {
  const { report, reporters } = reportOf(name);
  const env = { ...environment, ...(long && { NETLOOM_LONG: '1', NETLOOM_EXPLORE: '1' }) };
  await run(name, 'vitest/vitest.mjs', ['run', ...reporters, ...filters], { show: true, env });
  return totalsOf(report);
}

/** What `*.python.test.ts` and the stories check exported code with; without it they are not run, which is said. */
async function findPython() {
  const { pythonForTests } = await import('./pythonEnvironment.mjs');
  const { python, problem } = await pythonForTests();
  if (python) return { environment: { NETLOOM_TEST_PYTHON: python }, missed: [] };
  console.log(`NOT RUN export verification: ${problem}`);
  return { environment: {}, missed: [{ ...notRun, what: 'the tests that verify exported code' }] };
}

/** What `*.tfjs.test.ts` run exported TensorFlow.js code on; it takes its library from that Python. */
async function findTfjs({ environment, missed }) {
  const { findTfjsNode } = await import('./tfjsNode.mjs');
  const { nodeModules, problem } = await findTfjsNode({ environment: { ...process.env, ...environment } });
  if (nodeModules) return { environment: { ...environment, NETLOOM_TEST_TFJS: nodeModules }, missed };
  console.log(`NOT RUN exported TensorFlow.js: ${problem}`);
  return { environment, missed: [...missed, { ...notRun, what: 'the tests of exported TensorFlow.js' }] };
}

/** What `*.pythontools.test.ts` hold exported Python against; its types are looked up in that Python's libraries. */
async function findStyleTools({ environment, missed }) {
  if (!environment.NETLOOM_TEST_PYTHON) return { environment, missed };
  const { findPythonTools } = await import('./pythonTools.mjs');
  const { tools, problem } = await findPythonTools({ environment: { ...process.env, ...environment } });
  if (tools) return { environment: { ...environment, NETLOOM_TEST_PYTHON_TOOLS: tools }, missed };
  console.log(`NOT RUN layout and types of exported Python: ${problem}`);
  return { environment, missed: [...missed, { ...notRun, what: 'the tests of layout and types of exported Python' }] };
}

const notRun = { passed: 0, failed: 0, skipped: 0, success: true, what: 'the end-to-end stories' };

/** Quick tests of what runs in Electron's newer Node, on one of that line; this Node may be it already. */
async function runNode24({ NETLOOM_TEST_TFJS }) {
  if (process.versions.node.startsWith('24.')) return [];
  const { report, reporters } = reportOf('node24');
  const { runOnNode24 } = await import('./testNode24.mjs');
  const began = Date.now();
  const status = await runOnNode24([...reporters, '--project', '!slow'], { NETLOOM_TEST_TFJS });
  if (status === null) return [{ ...notRun, what: 'the tests on Node 24' }];
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} node24 (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  return [totalsOf(report)];
}

/**
 * The real window. Where the machine lacks what it needs (rights, libraries, network), the last line says that no story
 * ran; whatever fails in the building, the packing or a story is a failure. A story gets a second try, which is shown.
 */
async function runWindowStories({ environment }) {
  if (process.platform !== 'linux') {
    console.log('The end-to-end stories run on Linux only.');
    return notRun;
  }
  const { report, reporters } = reportOf('e2e');
  const { runStories, StoriesNeed } = await import('./e2e.mjs');
  const started = Date.now();
  try {
    Object.assign(process.env, environment);
    const status = await runStories([...reporters, '--retry=1']);
    console.log(`${status === 0 ? 'ok  ' : 'FAIL'} e2e (${((Date.now() - started) / 1000).toFixed(0)} s)`);
  } catch (error) {
    if (error instanceof StoriesNeed) {
      console.log(`NOT RUN e2e: ${error.message}`);
      return notRun;
    }
    console.log(`FAIL e2e: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0, success: false };
  }
  return totalsOf(report);
}

function totalsOf(report) {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, success = false } = readReport(report);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, success };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.log('The test runner ended without a report; what it printed is above.');
    return {};
  }
}

const started = Date.now();
await setUp();
const python = fast ? null : await findStyleTools(await findTfjs(await findPython()));
const ready = Date.now();
const checks = fast ? [] : await checkSources();
const units = python
  ? await runTests('all', [], python.environment)
  : await runTests('fast', ['--project', '!slow'], { NETLOOM_TEST_FAST: '1' });
const suites = python
  ? [units, ...python.missed, ...(await runNode24(python.environment)), await runWindowStories(python)]
  : [units];
const sum = (count) => suites.reduce((total, suite) => total + count(suite), 0);
const passed = sum((suite) => suite.passed) + checks.filter(Boolean).length;
// A suite that failed without a failed test (a file that does not load) counts as one.
const failed = sum((suite) => (suite.success ? 0 : Math.max(1, suite.failed))) + checks.filter((good) => !good).length;
const skipped = sum((suite) => suite.skipped);
const seconds = (from, to) => `${((to - from) / 1000).toFixed(0)} s`;
console.log(`\nset-up ${seconds(started, ready)}, tests ${seconds(ready, Date.now())}`);
const missed = suites.flatMap(({ what }) => what ?? []).join(' and ');
const left = missed ? `, ${missed} were not run (see above)` : '';
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}${left}`);
process.exit(failed === 0 ? 0 : 1);
