/** Suggests the names that somebody probably meant. */

/** Names close to a wrong one, nearest first, at most three; an alias speaks for its name. */
export function nearNames(wanted: string, known: readonly { name: string; aliases?: readonly string[] }[]): string[] {
  const lower = wanted.toLowerCase();
  const scored = known.map(({ name, aliases = [] }) => {
    const spellings = [name, ...aliases].map((spelling) => spelling.toLowerCase());
    return { name, distance: Math.min(...spellings.map((spelling) => editDistance(lower, spelling))) };
  });
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return scored
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** " Did you mean a or b?", or nothing where no name is near. */
export function didYouMean(near: readonly string[]): string {
  return near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
}
