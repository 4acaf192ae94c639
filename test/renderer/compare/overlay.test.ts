/** Curves of several runs on one axis: nothing is lost by thinning, and every axis tells the same story. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlayCurves, overlayMetric, placeOf, thinCurve, type OverlayCurve } from '../../../renderer/compare/overlay';
import { overlayContent, prepareCurve, runOfLine } from '../../../renderer/compare/overlayContent';
import { someDetails } from './someRun';

const wholeView = { range: null, columns: 400 };

const curveOf = (values: readonly number[], part: OverlayCurve['part'] = 'train', run = 'a'): OverlayCurve => ({
  run,
  part,
  x: Float64Array.from(values, (_, at) => at),
  y: Float64Array.from(values),
});

describe('the axis', () => {
  const { epochs, stepsPerEpoch } = someDetails();

  it('is steps, epochs, or seconds of training, which grow as the epochs took them', () => {
    expect(placeOf({ epochs, stepsPerEpoch }, 'step')(15)).toBe(15);
    expect(placeOf({ epochs, stepsPerEpoch }, 'epoch')(15)).toBe(1.5);
    const seconds = placeOf({ epochs, stepsPerEpoch }, 'time');
    expect([0, 5, 10, 15, 20, 30].map(seconds)).toEqual([0, 0.5, 1, 2, 3, 6]);
  });

  it('of time goes on at the last pace for the epoch that is not finished, and stands still before any is', () => {
    expect(placeOf({ epochs, stepsPerEpoch }, 'time')(40)).toBe(9);
    expect(placeOf({ epochs: [], stepsPerEpoch }, 'time')(7)).toBe(0);
  });

  it('never runs backwards', () => {
    const steps = fc.array(
      fc.record({ steps: fc.integer({ min: 1, max: 50 }), seconds: fc.float({ min: 0, max: 9, noNaN: true }) }),
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 300 }), (parts, step) => {
        let end = 0;
        const made = parts.map(({ steps: more, seconds }, at) => ({
          ...(epochs[0] as (typeof epochs)[number]),
          epoch: at + 1,
          step: (end += more),
          seconds,
        }));
        const place = placeOf({ epochs: made, stepsPerEpoch: 10 }, 'time');
        expect(place(step + 1)).toBeGreaterThanOrEqual(place(step));
      }),
    );
  });
});

describe('the curves of a run', () => {
  it('are training from the log and validation from the ends of epochs', () => {
    const series = [
      {
        name: 'loss',
        firstSteps: Float64Array.of(0, 10, 20),
        minimum: new Float32Array(3),
        maximum: new Float32Array(3),
        mean: Float32Array.of(1, 0.5, 0.25),
      },
    ];
    const [train, validation] = overlayCurves(someDetails({ series }), 'loss', 'step');
    expect(train).toMatchObject({ part: 'train', x: Float64Array.of(0, 10, 20), y: Float64Array.of(1, 0.5, 0.25) });
    expect(validation).toMatchObject({ part: 'validation', x: Float64Array.of(10, 20, 30) });
  });

  it('are there for a metric that is measured at the ends of epochs alone, and not for one that is not measured', () => {
    expect(overlayCurves(someDetails(), 'accuracy', 'epoch').map(({ part }) => part)).toEqual(['train', 'validation']);
    expect(overlayCurves(someDetails(), 'topK', 'epoch')).toEqual([]);
  });

  it('share the metric that most runs have', () => {
    const regression = someDetails({
      epochs: someDetails().epochs.map((epoch) => ({ ...epoch, validation: { loss: 1 }, train: { loss: 1 } })),
    });
    expect(overlayMetric([regression, someDetails()])).toBe('accuracy');
    expect(overlayMetric([regression])).toBeNull();
    expect(overlayMetric([])).toBeNull();
  });
});

describe('thinning', () => {
  const values = fc.array(fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constant(NaN)), {
    maxLength: 300,
  });

  it('keeps the least and the greatest value, the order, and at most the points asked for', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 60 }), (list, most) => {
        const thin = thinCurve(curveOf(list), most);
        const measured = list.filter((value) => !Number.isNaN(value));
        expect(thin.x.length).toBeLessThanOrEqual(Math.max(most, 2));
        expect([...thin.x]).toEqual([...thin.x].sort((a, b) => a - b));
        if (measured.length === 0) return;
        const kept = [...thin.y].filter((value) => !Number.isNaN(value));
        expect(Math.max(...kept)).toBe(Math.max(...measured));
        expect(Math.min(...kept)).toBe(Math.min(...measured));
      }),
    );
  });

  it('draws the one outlier of a long run', () => {
    const long = new Array<number>(100_000).fill(0.5);
    long[77_777] = 40;
    const content = overlayContent([prepareCurve(curveOf(long), 0)], new Map(), {
      selected: null,
      view: wholeView,
      complete: true,
    });
    expect(content.lines).toHaveLength(1);
    expect(content.lines[0]?.x.length).toBeLessThanOrEqual(800);
    expect(Array.from(content.lines[0]?.y ?? [])).toContain(40);
  });
});

describe('what is drawn', () => {
  const runs = new Map([
    ['a', { name: 'Run A', code: 'a1', colour: 'var(--run-1)' }],
    ['b', { name: 'Run B', code: 'b2', colour: 'var(--run-2)' }],
  ]);
  const curves = [
    prepareCurve(curveOf([4, 2, 1]), 0.6),
    prepareCurve(curveOf([5, 3, 2], 'validation'), 0.6),
    prepareCurve(curveOf([6, 5, 4], 'train', 'b'), 0.6),
  ];

  it('is one colour a run, dashes for validation, the raw line behind, and the selected run bold', () => {
    const { lines } = overlayContent(curves, runs, { selected: 'b', view: wholeView, complete: true });
    expect(lines.map(({ id, style, colour }) => [id, style, colour])).toEqual([
      ['a raw', 'raw', 'var(--run-1)'],
      ['b raw', 'raw', 'var(--run-2)'],
      ['a train', 'line', 'var(--run-1)'],
      ['a validation', 'dashed', 'var(--run-1)'],
      ['b train', 'strong', 'var(--run-2)'],
    ]);
    expect(lines.map(({ id }) => runOfLine(id))).toEqual(['a', 'b', 'a', 'a', 'b']);
  });

  it('names each run once, at the line that judges it, and none of more than five', () => {
    const { lines } = overlayContent(curves, runs, { selected: null, view: wholeView, complete: true });
    expect(lines.filter(({ label }) => label !== undefined).map(({ id }) => id)).toEqual(['a validation', 'b train']);
    const six = Array.from({ length: 6 }, (_, at) => prepareCurve(curveOf([1, 2], 'train', `r${at}`), 0.6));
    const many = overlayContent(six, runs, { selected: null, view: wholeView, complete: true });
    expect(many.lines.some(({ label, style }) => label !== undefined || style === 'raw')).toBe(false);
  });

  it('is read where the pointer is: smoothed and raw of training, nothing past the end', () => {
    const { lines } = overlayContent(curves, runs, { selected: null, view: wholeView, complete: true });
    const read = lines.find(({ id }) => id === 'a train')?.read;
    expect(read?.(0.2)).toEqual({ value: 4, raw: 4 });
    expect(read?.(1.9)?.raw).toBe(1);
    expect(read?.(2.5)).toBeNull();
    expect(lines.find(({ id }) => id === 'a validation')?.read?.(1)).toEqual({ value: 3 });
  });

  it('is finer where the user zooms in', () => {
    const long = prepareCurve(curveOf(Array.from({ length: 10_000 }, (_, at) => Math.sin(at))), 0);
    const zoomed = overlayContent([long], runs, {
      selected: null,
      view: { range: [500, 520], columns: 100 },
      complete: true,
    });
    expect(Array.from(zoomed.lines[0]?.x ?? [])).toEqual(Array.from({ length: 22 }, (_, at) => 499 + at).slice(0, 22));
  });
});
