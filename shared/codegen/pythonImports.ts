/** The import block of a Python module, as isort and ruff order it: the standard library, then packages. */

const standard = ['__future__', 'json', 'math', 'pathlib', 'typing', 'collections', 'copy', 'random', 'argparse'];

interface Section {
  readonly plain: Set<string>;
  readonly from: Map<string, Set<string>>;
}

/** Lines such as `import math` or `from keras import ops`, in any order and number; gives the block without its gaps. */
export function pythonImports(lines: Iterable<string>): string[] {
  const sections = { standard: section(), packages: section() };
  for (const line of lines) {
    const found = /^(?:from (\S+) )?import (.+)$/.exec(line);
    if (!found) throw new Error(`no import: ${line}`);
    const [, from, names = ''] = found;
    const module = from ?? names;
    const place = standard.includes(module.split(/[. ]/)[0] ?? '') ? sections.standard : sections.packages;
    if (from === undefined) place.plain.add(names);
    else for (const name of names.split(', ')) (place.from.get(from) ?? fresh(place.from, from)).add(name);
  }
  const blocks = [sections.standard, sections.packages].map(write).filter((block) => block.length > 0);
  return blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block]));
}

function section(): Section {
  return { plain: new Set(), from: new Map() };
}

function fresh(from: Map<string, Set<string>>, module: string): Set<string> {
  const names = new Set<string>();
  from.set(module, names);
  return names;
}

function write({ plain, from }: Section): string[] {
  const ordered = [...from].sort(([a], [b]) => compare(a, b));
  return [
    ...[...plain].sort(compare).map((name) => `import ${name}`),
    ...ordered.map(([module, names]) => `from ${module} import ${[...names].sort(byKind).join(', ')}`),
  ];
}

/** Constants, then classes, then the rest. */
function byKind(a: string, b: string): number {
  const kind = (name: string): number => (name === name.toUpperCase() ? 0 : /^[A-Z]/.test(name) ? 1 : 2);
  return kind(a) - kind(b) || compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
