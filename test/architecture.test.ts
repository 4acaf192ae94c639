/** Holds the shape of the project: who imports whom, how long files and functions may be, and what each folder says. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messages } from '../shared/messages';
import { breaches, cycles, importTable, rowOf } from './architecture/importTable';
import { parseSource, quantile, readSources, readTexts, root } from './architecture/sources';

const product = readSources(['shared', 'electron', 'renderer']);
const all = [...product, ...readSources(['bench', 'tools'])];
const tests = readTexts(['test']);
const topFolders = ['shared', 'electron', 'renderer', 'assets', 'test', 'bench', 'tools', 'python', 'docs', 'changes'];

describe('imports', () => {
  it('follow the table', () => {
    expect(breaches(product)).toEqual([]);
  });

  it('run in no circle', () => {
    expect(cycles(product)).toEqual([]);
  });

  it('of a forbidden kind would be found', () => {
    const upward = parseSource('shared/ir/x.ts', "import { compile } from '../compile';");
    const heavy = parseSource('shared/layers/x.ts', "import * as tf from '@tensorflow/tfjs-core';");
    const stray = parseSource('shared/elsewhere/x.ts', '');
    const dynamic = parseSource('shared/passes/x.ts', "const fs = await import('node:fs');");
    expect(breaches([upward, heavy, stray, dynamic])).toHaveLength(4);
    const types = parseSource('shared/layers/x.ts', "import type * as tf from '@tensorflow/tfjs-core';");
    expect(breaches([types])).toEqual([]);
    const a = parseSource('shared/ir/a.ts', "import { b } from './b';");
    const b = parseSource('shared/ir/b.ts', "import { a } from './a';");
    expect(cycles([a, b])).toHaveLength(1);
  });

  it('have a row for every file, and every row has files', () => {
    const used = new Set(product.map((source) => rowOf(source.path)?.files));
    expect(importTable.filter((row) => !used.has(row.files)).map((row) => row.files)).toEqual([]);
  });

  it('re-export nothing', () => {
    const barrels = all.filter(({ text }) => /^export (\*|(type )?\{[^}]*\}) from/m.test(text)).map(({ path }) => path);
    expect(barrels).toEqual([]);
  });
});

describe('budgets', () => {
  it('of files: median at most 100 lines, 90th percentile at most 250, none above 400', () => {
    const lengths = all.map((source) => source.lines);
    expect(all.filter((source) => source.lines > 400).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
    expect(quantile(lengths, 0.5)).toBeLessThanOrEqual(100);
    expect(quantile(lengths, 0.9)).toBeLessThanOrEqual(250);
  });

  it('of functions: 90th percentile at most 40 lines, none above 80', () => {
    const functions = all.flatMap(({ path, functions: own }) => own.map((entry) => ({ ...entry, path })));
    const tooLong = functions.filter(({ lines, jsx }) => lines > (jsx ? 120 : 80));
    expect(tooLong.map(({ path, name, lines }) => `${path} ${name}: ${lines}`)).toEqual([]);
    expect(
      quantile(
        functions.map(({ lines }) => lines),
        0.9,
      ),
    ).toBeLessThanOrEqual(40);
  });

  it('of the outlines: compile at most 60 lines, the training loop at most 120', () => {
    const linesOf = (path: string): number => product.find((source) => source.path === path)?.lines ?? Infinity;
    expect(linesOf('shared/compile.ts')).toBeLessThanOrEqual(60);
    expect(linesOf('electron/trainer/loop/trainLoop.ts')).toBeLessThanOrEqual(120);
  });
});

describe('sources', () => {
  it('say in their first line why they exist', () => {
    const silent = [...all, ...tests].filter(({ text }) => !/^(#!.*\n)?\/[/*]/.test(text)).map(({ path }) => path);
    expect(silent).toEqual([]);
  });

  it('silence no checker and promise nothing', () => {
    const marks = /@ts-ignore|@ts-expect-error|@ts-nocheck|eslint-disable|\bTODO\b|\bFIXME\b/;
    const skips = /\b(it|describe|test)\.(skip|only|todo)\(/;
    const here = 'test/architecture.test.ts';
    const bad = [...all, ...tests].filter(({ path, text }) => path !== here && (marks.test(text) || skips.test(text)));
    expect(bad.map(({ path }) => path)).toEqual([]);
  });

  it('are named after what they export', () => {
    const byRole = /\/(define|registry)\.ts$/;
    const unnamed = product.filter(({ path, text }) => {
      if (byRole.test(path)) return false;
      const name = path.replace(/^.*\//, '').replace(/\.tsx?$/, '');
      const exported = [...text.matchAll(/^export (?:declare )?(?:async )?(?:abstract )?\w+\*? (\w+)/gm)].map(
        (m) => m[1] ?? '',
      );
      return exported.length === 1 && !exported[0]?.toLowerCase().includes(name.toLowerCase());
    });
    expect(unnamed.map(({ path }) => path)).toEqual([]);
  });

  it('say every message that there is', () => {
    const catalogue = product.filter(({ path }) => path.startsWith('shared/messages/'));
    const others = product.filter((source) => !catalogue.includes(source)).map(({ text }) => text);
    const unsaid = Object.keys(messages).filter((code) => !others.some((text) => text.includes(`'${code}'`)));
    expect(unsaid).toEqual([]);
  });

  it('export only what something else imports', () => {
    const sources = [...all, ...tests].map(({ path, text }) => ({ path, words: new Set(text.match(/\w+/g)) }));
    const unused = [...all, ...tests].flatMap(({ path, text }) => {
      const names = [...text.matchAll(/^export (?:async )?(?:function|const|class)\*? (\w+)/gm)].map((m) => m[1] ?? '');
      return names.filter((name) => !sources.some((other) => other.path !== path && other.words.has(name)));
    });
    expect(unused).toEqual([]);
  });

  it('brand a checked program in one place only', () => {
    const branding = product.filter(({ text }) => /brandProgram\(/.test(text)).map(({ path }) => path);
    expect(branding.sort()).toEqual(['shared/compile.ts', 'shared/ir/program.ts']);
  });
});

describe('folders', () => {
  it('each have a README of at most 20 lines', () => {
    const missing = topFolders.filter((folder) => !existsSync(join(root, folder, 'README.md')));
    expect(missing).toEqual([]);
    const long = topFolders.filter((folder) => {
      return (
        readFileSync(join(root, folder, 'README.md'), 'utf8')
          .trimEnd()
          .split('\n').length > 20
      );
    });
    expect(long).toEqual([]);
  });

  it('are the ones that the README speaks of', () => {
    const present = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .filter((name) => !['node_modules', 'dist', 'bin', 'test-results', 'coverage'].includes(name));
    expect(present.filter((name) => !topFolders.includes(name))).toEqual([]);
  });
});
