/** What the stories of bad input have in common: a design and a table with a fault in them, and what a message must be. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

export interface Design {
  netloom: number;
  nodes: { id: string; layer: string; params?: Record<string, unknown> }[];
  wires: { from: string; to: string }[];
  data: Record<string, unknown>;
}

/** A net of two layers for three classes of two numbers, changed as the story wants it. */
export function designFile(home: string, change: (design: Design) => void = () => undefined): string {
  const design: Design = {
    netloom: 1,
    nodes: [
      { id: 'point', layer: 'Input', params: { shape: [2], field: 'input' } },
      { id: 'hidden', layer: 'Dense', params: { units: 8 } },
      { id: 'logits', layer: 'Dense', params: { units: 3 } },
      { id: 'output', layer: 'Output', params: { loss: 'crossEntropy', target: 'label' } },
    ],
    wires: [
      { from: 'point', to: 'hidden' },
      { from: 'hidden', to: 'logits' },
      { from: 'logits', to: 'output' },
    ],
    data: { source: 'csv', file: 'table.csv', target: 'kind' },
  };
  change(design);
  const file = join(home, 'story.netloom');
  writeFileSync(file, JSON.stringify(design, null, 1));
  return file;
}

export function tableFile(home: string, changed: Record<number, string> = {}): void {
  const rows = Array.from({ length: 60 }, (_, row) => `${row},${row / 2},${'abc'[row % 3]}`);
  const lines = ['length,width,kind', ...rows].map((line, index) => changed[index + 1] ?? line);
  writeFileSync(join(home, 'table.csv'), `${lines.join('\n')}\n`);
}

const messages = new Set<string>();
/** Every story's own words: nothing internal, no stack, and told by no other story. */
export function own(message: string, ...parts: (string | RegExp)[]): void {
  for (const part of parts) {
    if (typeof part === 'string') expect(message).toContain(part);
    else expect(message).toMatch(part);
  }
  expect(message).not.toMatch(/did not expect|undefined|\n\s+at |\[object/);
  expect(messages).not.toContain(message);
  messages.add(message);
}
