/** The figure that plotly gets: colours of the theme, text that is never markup, ranges that a zoom decides. */
import { describe, expect, it } from 'vitest';
import { figureOf, savedFigureOf } from '../../../../renderer/ui/plot/figure';
import type { FigureOptions } from '../../../../renderer/ui/plot/figureOptions';
import { frameOf, pixelOfX, pixelOfY, valueAtPixel } from '../../../../renderer/ui/plot/frame';
import { crosshairPixel, hoverRows, lineAt } from '../../../../renderer/ui/plot/hoverRows';
import { plotTexts } from '../../../../renderer/ui/plot/plotTexts';
import { noZoom, zoomAfter } from '../../../../renderer/ui/plot/zoom';
import type { PlotContent, PlotLine } from '../../../../renderer/ui/plot/plotTypes';

function line(changes: Partial<PlotLine> = {}): PlotLine {
  return { id: 'a', name: 'a', colour: 'var(--run-1)', x: [0, 10], y: [1, 3], style: 'line', ...changes };
}

function optionsOf(content: PlotContent, { logY = false, zoom = noZoom } = {}): FigureOptions {
  const frame = frameOf(content, { width: 400, height: 200, logY, zoom });
  const plain = {
    surface: '#fff',
    text: '#111',
    label: '#222',
    faint: '#333',
    grid: '#444',
    error: '#d00',
    font: 'Inter',
  };
  return {
    ...{ frame, theme: { ...plain, colour: (value) => (value === 'var(--run-1)' ? '#0072b2' : value) } },
    ...{ xTitle: 'Step', yTitle: 'Loss', formatX: String, formatTick: String },
  };
}

function figure(content: PlotContent, how = {}): ReturnType<typeof figureOf> {
  return figureOf(content, optionsOf(content, how));
}

describe('a figure', () => {
  it('draws in the colours of the theme', () => {
    const [trace] = figure({ lines: [line()] }).data;
    expect(trace).toMatchObject({ line: { color: '#0072b2', width: 2 } });
  });

  it('marks where something happened', () => {
    const { layout } = figure({ lines: [line()], marks: [{ x: 4, text: 'resumed', kind: 'note' }] });
    expect(layout.shapes).toMatchObject([{ x0: 4, x1: 4, yref: 'paper' }]);
  });

  it('on a log axis leaves out of its range what no log axis can show', () => {
    const { layout } = figure({ lines: [line({ y: [0, 0.1] }), line({ y: [-1, 10] })] }, { logY: true });
    expect(layout).toMatchObject({ yaxis: { type: 'log', range: [-1, 1] } });
  });
});

describe('a saved figure', () => {
  const content = { lines: [line({ label: '<b>&' })], marks: [{ x: 4, text: 'resumed', kind: 'note' }] } as const;

  it('has the words that the window lays over the drawing, which itself has none', () => {
    const { layout } = savedFigureOf(content, optionsOf(content));
    expect(layout.annotations.map(({ text }) => text)).toEqual(['Loss', 'Step', '&lt;b&gt;&amp; 3', 'resumed']);
    expect(figure(content).layout.annotations).toEqual([]);
    expect({ ...layout, annotations: [] }).toEqual(figure(content).layout);
  });

  it('has them at the same pixels', () => {
    const options = optionsOf(content);
    const { left, right, top, bottom, width, height } = options.frame;
    const found = savedFigureOf(content, options).layout.annotations.map(({ x, y }) => [
      left + Number(x) * (width - left - right),
      top + (1 - Number(y)) * (height - top - bottom),
    ]);
    plotTexts(content, options).forEach(({ x, y }, at) => {
      expect(found[at]?.[0]).toBeCloseTo(x);
      expect(found[at]?.[1]).toBeCloseTo(y);
    });
  });
});

describe('a zoom', () => {
  it('is told by plotly in two ways, and in powers of ten on a log axis', () => {
    const dragged = { 'xaxis.range[0]': 2, 'xaxis.range[1]': 5, 'yaxis.range[0]': -2, 'yaxis.range[1]': 0 };
    expect(zoomAfter(noZoom, dragged, true)).toEqual({ x: [2, 5], y: [0.01, 1] });
    expect(zoomAfter(noZoom, { 'xaxis.range': [2, 5] }, false)).toEqual({ x: [2, 5], y: null });
  });

  it('survives what changes nothing of it, and new data', () => {
    const zoom = { x: [2, 5], y: null } as const;
    expect(zoomAfter(zoom, { width: 300 }, false)).toEqual(zoom);
    expect(figure({ lines: [line({ x: [0, 9000] })] }, { zoom }).layout).toMatchObject({ xaxis: { range: [2, 5] } });
  });
});

describe('the crosshair', () => {
  const content: PlotContent = {
    lines: [
      line({ id: 'low', read: () => ({ value: 1 }) }),
      line({ id: 'high', read: () => ({ value: 3, raw: 4 }) }),
      line({ id: 'lost', read: () => ({ value: NaN }) }),
      line({ id: 'silent' }),
    ],
  };
  const frame = frameOf(content, { width: 400, height: 200, logY: false, zoom: noZoom });

  it('says the greatest value first, and before it what is no number', () => {
    expect(hoverRows(content, 5).map(({ id }) => id)).toEqual(['lost', 'high', 'low']);
    expect(hoverRows(content, 5)[1]).toMatchObject({ value: 3, raw: 4 });
  });

  it('stands where the values are, and nowhere outside of what is seen', () => {
    const pixel = crosshairPixel(frame, 7) as number;
    expect(valueAtPixel(frame, pixel)).toBeCloseTo(7);
    expect(pixelOfX(frame, frame.x[0])).toBe(frame.left);
    expect(crosshairPixel(frame, 99)).toBeNull();
    expect(crosshairPixel(frame, null)).toBeNull();
  });

  it('finds the line under the pointer', () => {
    const at = (value: number): string | undefined =>
      lineAt(content, frame, [200, pixelOfY(frame, value) + 4], (pixel) => valueAtPixel(frame, pixel))?.id;
    expect([at(3), at(1), at(2)]).toEqual(['high', 'low', undefined]);
  });
});
