/** Differences between runs in as few lines as tell them: a node that a run lacks is one line, and so are all wires. */
import type { Difference } from '../../services/runs/compareRuns';

export interface FoldedDifference {
  title: string;
  /** A text a run; "–" where it has nothing of the kind. */
  values: string[];
}

const absent = '–';
const nodePath = /^design\.nodes\.([^.]+)\.(.+)$/;
const wirePath = /^design\.(?:blocks\.[^.]+\.)?wires\./;

export function foldDifferences(differences: readonly Difference[]): FoldedDifference[] {
  const lacking = new Set(
    differences.flatMap(({ path, values }) => {
      const [, node, key] = nodePath.exec(path) ?? [];
      return node !== undefined && (key === 'layer' || key === 'block') && values.includes(undefined) ? [node] : [];
    }),
  );
  const folded: FoldedDifference[] = [];
  const wires = differences.filter(({ path }) => wirePath.test(path));
  for (const node of new Set(differences.map(({ path }) => nodePath.exec(path)?.[1] ?? path))) {
    const own = differences.filter(({ path }) => (nodePath.exec(path)?.[1] ?? path) === node);
    if (lacking.has(node)) folded.push({ title: node, values: nodeTexts(own) });
    else if (!wires.some(({ path }) => path === node)) folded.push(...own.map(single));
  }
  if (wires.length > 0) folded.push({ title: 'wires only here', values: wireCounts(wires) });
  return folded;
}

function single({ path, values }: Difference): FoldedDifference {
  return { title: path.replace(/^design\.nodes\./, '').replace(/\.params\./, '.'), values: values.map(shown) };
}

/** "Conv2D filters 32, kernelSize 3". */
function nodeTexts(own: readonly Difference[]): string[] {
  const count = own[0]?.values.length ?? 0;
  return Array.from({ length: count }, (_, run) => {
    const facts = own.flatMap(({ path, values }) => {
      const value = values[run];
      if (value === undefined) return [];
      const key = (nodePath.exec(path)?.[2] ?? path).replace(/^params\./, '');
      return [{ key, text: shown(value) }];
    });
    const kind = facts.find(({ key }) => key === 'layer' || key === 'block');
    if (!kind) return absent;
    const rest = facts.filter((fact) => fact !== kind).map(({ key, text }) => `${key} ${text}`);
    return [kind.text, rest.join(', ')].join(' ').trimEnd();
  });
}

function wireCounts(wires: readonly Difference[]): string[] {
  const count = wires[0]?.values.length ?? 0;
  return Array.from({ length: count }, (_, run) => {
    return String(wires.filter(({ values }) => values[run] !== undefined).length);
  });
}

function shown(value: Difference['values'][number]): string {
  return value === undefined ? absent : typeof value === 'string' ? value : JSON.stringify(value);
}
