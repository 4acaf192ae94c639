/** Decisions drawn from a list of numbers that fast-check hands in, so that what was decided can be shrunk and repeated. */
import fc from 'fast-check';

export interface Choices {
  /** 0 .. count - 1. */
  below: (count: number) => number;
  pick: <Item>(items: readonly Item[]) => Item;
  /** True in so many of a hundred cases; false once the numbers are shrunk. */
  chance: (percent: number) => boolean;
}

export function choicesFrom(numbers: readonly number[]): Choices {
  let at = 0;
  const next = (): number => {
    // Past the end the list is read again, shifted, so that short lists still vary.
    const value = (numbers[at % numbers.length] ?? 0) + 7919 * Math.floor(at / numbers.length);
    at++;
    return value;
  };
  const below = (count: number): number => next() % count;
  return {
    below,
    pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item,
    chance: (percent) => 99 - below(100) < percent,
  };
}

/** Enough numbers for a design. */
export function numberList(): fc.Arbitrary<number[]> {
  return fc.array(fc.nat(9999), { minLength: 40, maxLength: 240, size: 'max' });
}
