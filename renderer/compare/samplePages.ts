/** Samples are fetched page by page, so that walking through them asks rarely. */

export const pageSize = 40;

/** The page that holds a sample; `count` null: not known yet, then only the sample itself is surely there. */
export function pageOf(index: number, count: number | null): { indices: number[]; key: string } {
  if (count === null) return { indices: [], key: 'count' };
  const start = Math.floor(index / pageSize) * pageSize;
  const length = Math.max(0, Math.min(pageSize, count - start));
  return { indices: Array.from({ length }, (_, at) => start + at), key: String(start) };
}

/** A number as it was typed; null where it is no sample. */
export function sampleIndex(text: string, count: number): number | null {
  const index = Number(text.trim());
  return /^\d+$/.test(text.trim()) && index < count ? index : null;
}
