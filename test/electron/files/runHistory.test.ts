/** A run's log read back: every step once, whatever was resumed, replaced, bucketed, or still being written. */
import { appendFileSync, mkdtempSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MetricColumns } from '../../../shared/training/events';
import { diskFiles } from '../../../electron/files/fileSystem';
import { openLogReader } from '../../../electron/files/logReader';
import { openLogWriter } from '../../../electron/files/logWriter';
import { foldRunHistory, readRunHistory } from '../../../electron/files/runHistory';
import { examples } from '../../drivers/examples';
import { columnsOf, epochEvent, groupNames, lossAt, normAt, startedEvent } from './runColumns';

const untimed = { syncEveryMs: 0, now: () => 0 };
let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'netloom-history-')), 'metrics.log');
});

async function write(
  ...parts: (MetricColumns | Parameters<ReturnType<typeof openLogWriter>['event']>[0])[]
): Promise<void> {
  const log = openLogWriter(diskFiles, file, untimed);
  for (const part of parts) {
    if ('event' in part) log.event(part);
    else log.columns(part);
  }
  await log.close();
}

describe('the history of a run', () => {
  it('has every value of every step, and every event in order', async () => {
    await write(startedEvent(0), columnsOf(0, 7), columnsOf(7, 3), epochEvent(0, 10), columnsOf(10, 4));
    const { history, reading } = readRunHistory(diskFiles, file);
    expect(reading).toEqual({ validBytes: statSync(file).size, torn: false, reason: null, cut: false });
    expect(history.events).toEqual([startedEvent(0), epochEvent(0, 10)]);
    expect(history.epochs.map(({ epoch }) => epoch)).toEqual([0]);
    expect(history.scalars.names).toEqual(['loss', 'learningRate']);
    expect(history.scalars.column('loss')).toEqual(Float32Array.from({ length: 14 }, (_, step) => lossAt(step)));
    const norms = history.layers.series('stage2/3/dense', 'gradientNorms');
    expect(norms?.mean).toEqual(Float32Array.from({ length: 14 }, (_, step) => normAt(step, 1)));
    expect(norms?.firstSteps).toEqual(Float64Array.from({ length: 14 }, (_, step) => step));
    const ratios = history.layers.series('conv1', 'updateRatios')?.mean;
    expect([0, 1, 5, 6, 10].map((step) => ratios?.[step])).toEqual(
      [0, 1, 0, 1, 0].map((no) => (no ? NaN : Math.fround(1e-3))),
    );
    expect(history.layers.series('no such layer', 'gradientNorms')).toBeUndefined();
  });

  it('keeps not-a-number and infinite values to the bit', async () => {
    const columns = { ...columnsOf(0, 3), scalars: Float32Array.of(NaN, 1, Infinity, -0, -Infinity, 1e-45) };
    await write(columns);
    const { scalars } = readRunHistory(diskFiles, file).history;
    expect(scalars.column('loss')).toEqual(Float32Array.of(NaN, Infinity, -Infinity));
    expect(Object.is(scalars.column('learningRate')?.[1], -0)).toBe(true);
  });

  it('lets a resumed run replace the steps and epochs that it did again', async () => {
    await write(
      startedEvent(0),
      columnsOf(0, 10),
      epochEvent(0, 10),
      columnsOf(10, 10),
      epochEvent(1, 20),
      columnsOf(20, 5),
    );
    await write(startedEvent(15), columnsOf(15, 5, 100), epochEvent(1, 20, 9));
    const { history } = readRunHistory(diskFiles, file);
    const expected = Float32Array.from({ length: 20 }, (_, step) => lossAt(step) + (step < 15 ? 0 : 100));
    expect(history.scalars.column('loss')).toEqual(expected);
    expect(history.layers.steps).toBe(20);
    expect(history.layers.series('conv1', 'gradientNorms')?.mean).toEqual(
      Float32Array.from({ length: 20 }, (_, step) => normAt(step, 0) + (step < 15 ? 0 : 100)),
    );
    expect(history.epochs.map(({ epoch, train }) => [epoch, train.loss])).toEqual([
      [0, lossAt(10)],
      [1, 9],
    ]);
    expect(history.events).toHaveLength(5);
  });

  it('ends where a run was resumed from, before the resumed run has done a step', async () => {
    await write(startedEvent(0), columnsOf(0, 25), startedEvent(15));
    expect(readRunHistory(diskFiles, file).history.scalars.steps).toBe(15);
  });

  it('follows columns that come and go', async () => {
    const other = { ...columnsOf(5, 2), scalarNames: ['loss', 'accuracy'] };
    await write(columnsOf(0, 5), other);
    const { scalars } = readRunHistory(diskFiles, file).history;
    expect(scalars.column('accuracy')).toEqual(Float32Array.of(NaN, NaN, NaN, NaN, NaN, 0.125, 0.125));
    expect(scalars.column('learningRate')?.[6]).toBeNaN();
  });

  it('leaves the columns of layers out where nobody wants them', async () => {
    await write(columnsOf(0, 5));
    const { history } = readRunHistory(diskFiles, file, { layers: false });
    expect(history.layers.segments).toEqual([]);
    expect(history.scalars.steps).toBe(5);
  });

  it('equals a plain table, however the run was cut into submissions and resumed', async () => {
    const submission = fc.record({ steps: fc.integer({ min: 1, max: 20 }), back: fc.integer({ min: 0, max: 30 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(submission, { maxLength: 12 }), fc.boolean(), async (submissions, bucketed) => {
        const path = `${file}-${Math.random()}`;
        const table: number[] = [];
        let log = openLogWriter(diskFiles, path, untimed);
        for (const [attempt, { steps, back }] of submissions.entries()) {
          const resumes = back > 25;
          const from = resumes ? Math.max(0, table.length - back) : table.length;
          if (resumes) {
            await log.close();
            log = openLogWriter(diskFiles, path, { ...untimed, layerBytesPerSecond: bucketed ? 1 : 1e6 });
          }
          const columns = columnsOf(from, steps, attempt);
          log.columns(columns);
          table.splice(
            from,
            table.length,
            ...Array.from({ length: steps }, (_, row) => columns.scalars[2 * row] as number),
          );
        }
        await log.close();
        const { history } = readRunHistory(diskFiles, path);
        expect(Array.from(history.scalars.column('loss') ?? [])).toEqual(table);
        expect(history.layers.steps).toBe(table.length);
        const covered = history.layers.segments.reduce((sum, segment) => sum + segment.steps, 0);
        expect(covered).toBe(table.length);
      }),
      { numRuns: examples(100) },
    );
  });
});

describe('a reader of a log that is being written', () => {
  it('sees what was flushed, goes on from there, and waits at a half record', async () => {
    const log = openLogWriter(diskFiles, file, untimed);
    const reader = openLogReader(diskFiles, file);
    const history = foldRunHistory();
    const readOn = (): ReturnType<typeof reader.read> => reader.read((record) => history.add(record));
    expect(readOn()).toMatchObject({ torn: false, validBytes: 16 });
    log.columns(columnsOf(0, 5));
    expect(readOn().validBytes).toBe(16);
    log.flush();
    readOn();
    expect(history.scalars.steps).toBe(5);
    const before = readFileSync(file);
    log.columns(columnsOf(5, 5));
    await log.close();
    const after = readFileSync(file);

    truncateSync(file, before.length + 20);
    expect(readOn()).toMatchObject({ torn: true, cut: true, validBytes: before.length });
    expect(history.scalars.steps).toBe(5);
    appendFileSync(file, after.subarray(before.length + 20));
    expect(readOn()).toMatchObject({ torn: false, validBytes: after.length });
    expect(history.scalars.steps).toBe(10);
    expect(history.layers.groupNames).toEqual(groupNames);
  });

  it('says so when the file became shorter than what it has read', async () => {
    await write(columnsOf(0, 5));
    const reader = openLogReader(diskFiles, file);
    reader.read(() => undefined);
    truncateSync(file, 40);
    expect(reader.read(() => undefined)).toMatchObject({
      torn: true,
      reason: expect.stringContaining('shorter') as unknown,
    });
  });

  it('reads records that are larger than its buffer', async () => {
    const groups = Array.from({ length: 50_000 }, (_, index) => `block${index}/dense`);
    await write(columnsOf(0, 2, 0, groups), epochEvent(0, 2));
    const { history, reading } = readRunHistory(diskFiles, file);
    expect(reading.torn).toBe(false);
    expect(statSync(file).size).toBeGreaterThan(2 ** 20);
    expect(history.layers.series('block49999/dense', 'gradientNorms')?.mean[1]).toBe(normAt(1, 49_999));
    expect(history.epochs).toHaveLength(1);
  });

  it('names a log that is not there', () => {
    expect(() => openLogReader(diskFiles, file).read(() => undefined)).toThrow(
      expect.objectContaining({ code: 'not-found', file }),
    );
  });
});
