/** Two submissions in flight, in order; what waits behind an early end is let go, what comes after it starts afresh. */
import { describe, expect, it } from 'vitest';
import type { Submitted } from '../../../../electron/trainer/engines/engine';
import { readAhead } from '../../../../electron/trainer/engines/readAhead';
import { createSubmissionQueue } from '../../../../electron/trainer/engines/submissions';
import { createColumnWriter } from '../../../../electron/trainer/engines/columnWriter';

const columns = createColumnWriter(0, 0, [], []).finish();
const refuse = ({ reason }: Submitted): Submitted => ({ columns, stoppedAt: 7, reason });

describe('the queue of submissions', () => {
  it('begins the second only when the first is done', async () => {
    const queue = createSubmissionQueue();
    const order: string[] = [];
    const work = (name: string) => async (): Promise<Submitted> => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
      return { columns };
    };
    await Promise.all([queue.add(work('first'), refuse), queue.add(work('second'), refuse)]);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('refuses what waited behind an early end, and nothing that comes later', async () => {
    const queue = createSubmissionQueue();
    const early = queue.add(() => Promise.resolve({ columns, stoppedAt: 3, reason: 'aborted' as const }), refuse);
    let begun = false;
    const begin = (): Promise<Submitted> => {
      begun = true;
      return Promise.resolve({ columns });
    };
    const waiting = queue.add(begin, refuse);
    expect(await early).toMatchObject({ stoppedAt: 3 });
    expect(await waiting).toMatchObject({ stoppedAt: 7, reason: 'aborted' });
    expect(begun).toBe(false);
    expect(await queue.add(begin, refuse)).toEqual({ columns });
    expect(begun).toBe(true);
  });

  it('hands a failure to whoever waits behind it, and is idle afterwards', async () => {
    const queue = createSubmissionQueue();
    const failing = queue.add(() => Promise.reject(new Error('the disk is gone')), refuse);
    const waiting = queue.add(() => Promise.resolve({ columns }), refuse);
    await expect(failing).rejects.toThrow('the disk is gone');
    await expect(waiting).rejects.toThrow('the disk is gone');
    await queue.idle();
    await expect(queue.add(() => Promise.resolve({ columns }), refuse)).resolves.toEqual({ columns });
  });
});

describe('reading ahead', () => {
  it('reads each item once, a bounded number ahead of what is taken', async () => {
    const items = Array.from({ length: 100 }, (_, at) => at);
    const read: number[] = [];
    const ahead = readAhead(items, (item) => {
      read.push(item);
      return Promise.resolve(item * 2);
    });
    expect(read.length).toBeLessThan(50);
    const before = read.length;
    expect(await ahead.take(0)).toBe(0);
    expect(read.length).toBe(before + 1);
    for (let at = 1; at < 100; at++) expect(await ahead.take(at)).toBe(at * 2);
    expect([...read].sort((a, b) => a - b)).toEqual(items);
  });

  it('fails where the item is taken that could not be read', async () => {
    const ahead = readAhead(['good', 'bad'], (item) =>
      item === 'bad' ? Promise.reject(new Error('row 2')) : Promise.resolve(item),
    );
    expect(await ahead.take(0)).toBe('good');
    await expect(ahead.take(1)).rejects.toThrow('row 2');
  });
});
