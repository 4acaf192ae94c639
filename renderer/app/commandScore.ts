/** How well what is typed into the command palette fits an entry: every word has to be in it, the beginning of a word counts most. */

/** 0: not at all; 1: as well as can be. */
export function commandScore(entry: string, typed: string): number {
  const text = plain(entry);
  let score = 1;
  for (const word of plain(typed).split(/\s+/).filter(Boolean)) {
    const at = text.indexOf(word);
    if (at < 0) return 0;
    const starts = new RegExp(`(^|[^\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'u');
    score *= at === 0 ? 1 : starts.test(text) ? 0.8 : 0.4;
  }
  return score;
}

/** Without accents and capitals. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
