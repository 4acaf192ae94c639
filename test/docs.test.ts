/** The generated pages say what the definitions say, and every choice of theirs that frameworks differ in is written down. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layerRegistry } from '../shared/layers/registry';
import { lossRegistry } from '../shared/losses/registry';
import { optimizerRegistry } from '../shared/optimizers/registry';
import { scheduleRegistry } from '../shared/schedules/registry';
import { layerPages } from '../tools/layerPages';

const docs = join(__dirname, '..', 'docs');
const folder = join(docs, 'layers');
const pages = layerPages(layerRegistry.list);

describe('docs/layers', () => {
  it('has a page for every layer and an index, and no others', () => {
    const found = existsSync(folder) ? readdirSync(folder).sort() : [];
    expect(found, 'run npm run docs').toEqual([...pages.keys()].sort());
    expect(pages.size).toBe(layerRegistry.list.length + 1);
  });

  it.each([...pages])('%s is fresh', (name, text) => {
    expect(readFileSync(join(folder, name), 'utf8'), 'run npm run docs').toBe(text);
  });

  it('names every parameter of every layer with its help', () => {
    for (const { type, params } of layerRegistry.list)
      for (const name of Object.keys(params)) expect(pages.get(`${type}.md`)).toContain(`| \`${name}\` |`);
  });
});

describe('docs/conventions.md', () => {
  const text = readFileSync(join(docs, 'conventions.md'), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));

  it('gives our choice, PyTorch, Keras, TensorFlow.js and what bounds the difference in every row', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const cells = row.split(/(?<!\\)\|/).slice(1, -1);
      expect(cells, row).toHaveLength(6);
      for (const cell of cells) expect(cell.trim(), row).not.toBe('');
    }
  });

  it.each([
    ['BatchNorm', 'momentum', '0.9'],
    ['BatchNorm', 'epsilon', '0.001'],
    ['LayerNorm', 'epsilon', '0.001'],
    ['Conv2D', 'padding', '"valid"'],
    ['AveragePool2D', 'countPadding', 'false'],
    ['Dropout', 'rate', '0.5'],
    ['LeakyReLU', 'slope', '0.01'],
    ['GELU', 'form', '"exact"'],
    ['Softmax', 'axis', '-1'],
    ['Concatenate', 'axis', '-1'],
  ])('states the default of %s %s as it is: %s', (layer, param, value) => {
    const shown = JSON.stringify(layerRegistry.get(layer)?.params[param]?.default);
    expect(shown).toBe(value);
    const row = rows.find((line) => line.includes(layer) && line.includes(param));
    expect(row, `${layer} ${param}`).toContain(value.replace(/"/g, ''));
  });

  it.each([
    [lossRegistry, 'crossEntropy', 'from', '"logits"'],
    [lossRegistry, 'binaryCrossEntropy', 'from', '"logits"'],
    [optimizerRegistry, 'sgd', 'learningRate', '0.01'],
    [optimizerRegistry, 'adam', 'epsilon', '1e-8'],
    [optimizerRegistry, 'adamw', 'weightDecay', '0.01'],
    [scheduleRegistry, 'plateau', 'factor', '0.5'],
    [scheduleRegistry, 'plateau', 'patience', '5'],
  ])('states the default of training settings as it is: %#', (registry, name, param, value) => {
    expect(JSON.stringify(registry.get(name)?.params[param]?.default)).toBe(value);
    const row = rows.find((line) => line.includes(`\`${name}\``) && line.includes(`\`${param}\``));
    expect(row, `${name} ${param}`).toContain(value.replace(/"/g, ''));
  });
});
