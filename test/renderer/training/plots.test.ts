/** What the plots of a run are given: two points a pixel column whatever its length, and no spike lost. */
import { describe, expect, it } from 'vitest';
import { createRunCurves, type RunCurves } from '../../../renderer/state/runCurves';
import { createMinMaxPyramid } from '../../../renderer/state/minMaxPyramid';
import { axisScaleOf } from '../../../renderer/training/axisScale';
import { measureContent, secondMeasure, type MeasureOptions } from '../../../renderer/training/curvePlots';
import { heatContent, robustRange } from '../../../renderer/training/heatMap';
import { layerContent, mostLines, namedGroups } from '../../../renderer/training/layerPlot';
import { hasLabels } from '../../../renderer/ui/plot/frame';
import type { EpochSummary } from '../../../shared/training/events';

function curvesWith(steps: number, valueOf: (step: number) => number, layers = 3): RunCurves {
  const groups = Array.from({ length: layers }, (_, at) => ({
    ...{ path: `n${at}/w`, name: `layer ${at}`, layer: 'Dense', elements: 4 },
  }));
  const curves = createRunCurves('run-1', groups, 100);
  const loss = createMinMaxPyramid();
  for (let step = 0; step < steps; step += 1) loss.append(step, valueOf(step));
  curves.scalars.set('loss', loss);
  curves.end = steps;
  return curves;
}

function epoch(number: number, best: boolean): EpochSummary {
  const measures = { loss: 1 / number };
  return {
    epoch: number,
    step: number * 100,
    train: measures,
    validation: measures,
    learningRate: 1,
    seconds: 4,
    best,
  };
}

function options(curves: RunCurves, changes: Partial<MeasureOptions> = {}): MeasureOptions {
  return {
    ...{ measure: 'loss', scale: axisScaleOf(curves, 'step'), smoothing: 0.6, complete: true, colour: 'red' },
    words: { train: 'train', validation: 'val.', resumed: 'resumed', notFinite: 'not a number' },
    ...changes,
  };
}

const whole = { range: null, columns: 280 };

describe('the plot of a measure', () => {
  it('gets at most two points a column, of ten steps as of a million, zoomed or not', () => {
    for (const steps of [10, 10_000, 1_000_000]) {
      const curves = curvesWith(steps, (step) => Math.sin(step));
      for (const range of [null, [steps * 0.2, steps * 0.6]] as const) {
        const { lines } = measureContent(curves, options(curves), { range, columns: 280 });
        const [low, high] = range ?? [-Infinity, Infinity];
        for (const { x } of lines) {
          const seen = Array.from(x).filter((place) => place >= low && place <= high);
          expect(seen.length).toBeLessThanOrEqual(2 * 280);
        }
      }
    }
  });

  it('draws one outlier in a million', () => {
    const curves = curvesWith(1_000_000, (step) => (step === 654_321 ? 50 : 1));
    const raw = measureContent(curves, options(curves), whole).lines.find(({ style }) => style === 'raw');
    expect(Array.from(raw?.y ?? [])).toContain(50);
  });

  it('has the smoothed line before the raw one, and reads both', () => {
    const curves = curvesWith(100, (step) => (step % 2 === 0 ? 0 : 1));
    const { lines } = measureContent(curves, options(curves, { smoothing: 0.9 }), whole);
    expect(lines.map(({ style }) => style)).toEqual(['raw', 'line']);
    const reading = lines[1]?.read?.(99);
    expect(reading?.raw).toBe(1);
    expect(reading?.value).toBeCloseTo(0.5, 1);
    expect(lines[1]?.read?.(-1)).toBeNull();
  });

  it('without smoothing is one line of what was measured', () => {
    const curves = curvesWith(4, (step) => step);
    const { lines } = measureContent(curves, options(curves, { smoothing: 0 }), whole);
    expect(lines.map(({ y }) => Array.from(y))).toEqual([[0, 1, 2, 3]]);
  });

  it('shows validation dashed at the ends of epochs, and rings the newest best', () => {
    const curves = curvesWith(300, () => 1);
    curves.epochs = [epoch(1, true), epoch(2, true), epoch(3, false)];
    const { lines, rings } = measureContent(curves, options(curves), whole);
    const validation = lines.find(({ style }) => style === 'dashed');
    expect([validation?.x, validation?.y].map((values) => Array.from(values ?? []))).toEqual([
      [100, 200, 300],
      [1, 0.5, 1 / 3],
    ]);
    expect(rings).toEqual([{ x: 200, y: 0.5, colour: 'red' }]);
  });

  it('marks where the run was resumed and where it stopped being a number', () => {
    const curves = curvesWith(10, () => 1);
    curves.marks = [
      { step: 3, kind: 'resumed' },
      { step: 9, kind: 'notFinite' },
    ];
    expect(measureContent(curves, options(curves), whole).marks).toEqual([
      { x: 3, text: 'resumed', kind: 'note' },
      { x: 9, text: 'not a number', kind: 'error' },
    ]);
  });

  it('beside the loss is of accuracy where there is one', () => {
    const curves = curvesWith(1, () => 1);
    expect(secondMeasure(curves)).toBeNull();
    for (const name of ['learningRate', 'gradientNorm', 'meanAbsoluteError', 'accuracy']) {
      curves.scalars.set(name, createMinMaxPyramid());
    }
    expect(secondMeasure(curves)).toBe('accuracy');
  });
});

describe('the x axis', () => {
  it('says steps as epochs or as seconds, and back', () => {
    const curves = curvesWith(250, () => 1);
    curves.epochs = [epoch(1, true), epoch(2, true)];
    curves.stepsPerSecond = 10;
    const epochs = axisScaleOf(curves, 'epoch');
    expect([epochs.place(150), epochs.step(1.5)]).toEqual([1.5, 150]);
    const time = axisScaleOf(curves, 'time');
    expect([0, 100, 150, 200, 250].map(time.place)).toEqual([0, 4, 6, 8, 13]);
    for (const step of [0, 30, 199, 240]) expect(time.step(time.place(step))).toBeCloseTo(step);
  });

  it('of a run without a finished epoch counts by its rate', () => {
    const curves = curvesWith(50, () => 1);
    curves.stepsPerSecond = 5;
    expect(axisScaleOf(curves, 'time').place(50)).toBe(10);
  });
});

describe('the lines of layers', () => {
  const view = { range: null, columns: 100 };

  function trained(layers: number, rows: number): RunCurves {
    const curves = curvesWith(10, () => 1, layers);
    for (let row = 0; row < rows; row += 1) {
      curves.layers.append(
        row,
        curves.groups.map((_, at) => 10 ** -at),
        curves.groups.map(() => 0.01),
      );
    }
    return curves;
  }

  function linesOf(curves: RunCurves, selected: readonly string[] = []): ReturnType<typeof layerContent>['lines'] {
    const scale = axisScaleOf(curves, 'step');
    const others = {
      measure: 'rms',
      complete: false,
      smoothing: 0,
      hovered: null,
      words: { others: 'others' },
    } as const;
    return layerContent(curves, { ...others, scale, selected: new Set(selected) }, view).lines;
  }

  it('are eight by name at most, the rest a band from the least to the greatest', () => {
    const lines = linesOf(trained(20, 5));
    expect(lines.filter(({ style }) => style !== 'band')).toHaveLength(mostLines);
    const band = lines.find(({ style }) => style === 'band');
    expect(Math.max(...Array.from(band?.y ?? []))).toBeCloseTo(0.5, 6);
    expect(Math.min(...Array.from(band?.y ?? []))).toBeCloseTo(10 ** -19 / 2, 24);
    expect(hasLabels({ lines })).toBe(true);
  });

  it('have no band where all are named', () => {
    expect(linesOf(trained(8, 5)).map(({ style }) => style)).toEqual(new Array(8).fill('line'));
  });

  it('never leave out what is selected', () => {
    const named = linesOf(trained(20, 5), ['n9/w']).filter(({ style }) => style === 'strong');
    expect(named.map(({ name }) => name)).toEqual(['layer 9']);
  });

  it('name the first, the last and the extremes, in the order of the flow', () => {
    const values = Array.from({ length: 20 }, (_, at) => (at === 7 ? 100 : at === 12 ? 1e-9 : 1 + at / 100));
    const chosen = namedGroups(values.map(String), (at) => values[at] as number, new Set());
    expect(chosen).toEqual([...chosen].sort((a, b) => a - b));
    for (const group of [0, 7, 12, 19]) expect(chosen).toContain(group);
  });

  it('have a point a column at most', () => {
    for (const { x, style } of linesOf(trained(20, 1900))) {
      expect(x.length).toBeLessThanOrEqual(style === 'band' ? 200 : 100);
    }
  });
});

describe('the heat map', () => {
  it('has a row a layer in the order of the flow, and a column of pixels at most once', () => {
    const curves = curvesWith(10, () => 1, 4);
    for (let row = 0; row < 1000; row += 1) curves.layers.append(row, [1, 2, 3, row === 500 ? 80 : 4], [0, 0, 0, 0]);
    curves.end = 1000;
    const { rows, starts, values, end } = heatContent(
      curves,
      { measure: 'norm', scale: axisScaleOf(curves, 'step'), complete: false },
      150,
    );
    expect(rows.map(({ name }) => name)).toEqual(['layer 0', 'layer 1', 'layer 2', 'layer 3']);
    expect(starts.length).toBeLessThanOrEqual(150);
    expect(end).toBe(1000);
    expect(Math.max(...values)).toBe(80);
  });

  it('has a scale that one spike leaves alone', () => {
    const usual = Array.from({ length: 1000 }, (_, at) => 10 ** (-4 + (3 * at) / 1000));
    const [low, high] = robustRange([...usual, 1e9]);
    expect(low).toBeGreaterThan(1e-4);
    expect(high).toBeLessThan(0.2);
  });

  it('spans a decade at least, so that noise is no contrast', () => {
    const [low, high] = robustRange([1, 1.01, 1.02]);
    expect(high / low).toBeCloseTo(10);
    expect(robustRange([])).toEqual([1e-4, 1]);
  });
});
