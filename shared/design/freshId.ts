/** Ids for new nodes: short, readable, and not taken yet. */

/** `conv2D`, then `conv2D2`, `conv2D3`, ... for what starts as "Conv2D"; a copy of `conv2D2` counts on from it. */
export function freshId(wanted: string, taken: ReadonlySet<string>): string {
  const letters = wanted.replace(/[^A-Za-z0-9_-]/g, '').replace(/^[^A-Za-z]+/, '');
  const base = (letters === '' ? 'node' : letters.charAt(0).toLowerCase() + letters.slice(1)).slice(0, 56);
  if (!taken.has(base)) return base;
  const [, stem = '', separator = ''] = /^(.+?)(_?)\d+$/.exec(base) ?? [];
  const beginning = taken.has(stem) ? stem + separator : base + (/\d$/.test(base) ? '_' : '');
  let number = 2;
  while (taken.has(`${beginning}${number}`)) number++;
  return `${beginning}${number}`;
}
