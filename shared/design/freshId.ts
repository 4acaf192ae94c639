/** Ids for new nodes: short, readable, and not taken yet. */

/** `conv2D`, then `conv2D2`, `conv2D3`, ... for what starts as "Conv2D". */
export function freshId(wanted: string, taken: ReadonlySet<string>): string {
  const letters = wanted.replace(/[^A-Za-z0-9_-]/g, '').replace(/^[^A-Za-z]+/, '');
  const base = (letters === '' ? 'node' : letters.charAt(0).toLowerCase() + letters.slice(1)).slice(0, 56);
  if (!taken.has(base)) return base;
  const separator = /\d$/.test(base) ? '_' : '';
  let number = 2;
  while (taken.has(`${base}${separator}${number}`)) number++;
  return `${base}${separator}${number}`;
}
