/**
 * `npm run bench [name ...] [-- --save FILE]`: runs the side-by-side measurements one after the other; each folder of
 * bench/ is one. --save keeps their figures in bench/results, with the machine and versions they were taken on.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { giveUp, root, setUp } from './setup.mjs';

/** Runs one bench, its output as it comes; answers with its exit code and the JSON lines that it printed. */
function run(name) {
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const script = join(root, 'bench', name, `${name}.ts`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [tsx, script], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('close', (code) => resolve({ code, figures: output.split('\n').flatMap(jsonOf) }));
  });
}

function jsonOf(line) {
  if (!/^[[{]/.test(line)) return [];
  try {
    return [JSON.parse(line)].flat();
  } catch {
    return [];
  }
}

function machine() {
  const version = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0].model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    tfjs: version('@tensorflow/tfjs-core'),
  };
}

const { values: flags, positionals } = parseArgs({ options: { save: { type: 'string' } }, allowPositionals: true });
await setUp();
const folder = join(root, 'bench');
const known = readdirSync(folder).filter((name) => existsSync(join(folder, name, `${name}.ts`)));
const wanted = positionals.length > 0 ? positionals : known;
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) giveUp(`There is no bench ${unknown.join(', ')}; known are ${known.join(', ')}.`);
const failed = [];
const results = {};
for (const name of wanted) {
  console.log(`\n== ${name}`);
  const { code, figures } = await run(name);
  results[name] = figures;
  if (code !== 0) failed.push(name);
}
if (flags.save) {
  mkdirSync(join(folder, 'results'), { recursive: true });
  const file = join(folder, 'results', `${flags.save}.json`);
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).benches : {};
  const text = JSON.stringify({ machine: machine(), benches: { ...kept, ...results } }, null, 1);
  writeFileSync(file, `${text}\n`);
}
console.log(
  failed.length === 0 ? '\nEvery bound held.' : `\nNot within bounds, or inconclusive: ${failed.join(', ')}.`,
);
process.exit(failed.length === 0 ? 0 : 1);
