/** Reads what the next steps need while earlier ones compute, a bounded number ahead so that memory stays bounded too. */

export interface ReadAhead<Result> {
  /** The result at a position; positions are taken in order, each once. */
  take: (position: number) => Promise<Result>;
}

const ahead = 32;

/** Starts at once. A read that fails does so where its result is taken. */
export function readAhead<Item, Result>(
  items: readonly Item[],
  read: (item: Item) => Promise<Result>,
): ReadAhead<Result> {
  const begun = new Map<number, Promise<Result>>();
  const begin = (position: number): void => {
    const item = items[position];
    if (item === undefined || begun.has(position)) return;
    const result = read(item);
    result.catch(() => undefined);
    begun.set(position, result);
  };
  for (let position = 0; position < ahead; position++) begin(position);
  return {
    take(position) {
      begin(position);
      begin(position + ahead);
      const result = begun.get(position) as Promise<Result>;
      begun.delete(position);
      return result;
    },
  };
}
