/**
 * `npm test`: sets everything up, then types, lint and every test; ends with one line of totals.
 * --fast leaves out types, lint and the slow tests; --long runs the torture tests at their full counts.
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

/** Types first (lint needs none of its output), lint beside formatting: two cores. */
async function checkSources() {
  const [types, format] = await Promise.all([
    run('types', 'typescript/bin/tsc', ['--build']),
    run('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  ]);
  const lint = await run('lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']);
  return [types, format, lint];
}

async function runTests(name, filters) {
  const report = join(root, '.cache', `test-${name}.json`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const env = long ? { NETLOOM_LONG: '1', NETLOOM_EXPLORE: '1' } : {};
  await run(name, 'vitest/vitest.mjs', ['run', ...reporters, ...filters], { show: true, env });
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
const ready = Date.now();
const checks = fast ? [] : await checkSources();
const tests = fast ? await runTests('fast', ['--exclude', '**/*.slow.test.ts']) : await runTests('all', []);
const passed = tests.passed + checks.filter(Boolean).length;
const failed = tests.failed + checks.filter((good) => !good).length + (tests.success || tests.failed > 0 ? 0 : 1);
const seconds = (from, to) => `${((to - from) / 1000).toFixed(0)} s`;
console.log(`\nset-up ${seconds(started, ready)}, tests ${seconds(ready, Date.now())}`);
console.log(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
