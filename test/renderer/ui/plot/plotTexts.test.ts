/** The words on a plot: what they say, where they stand, and that none covers another. */
import { describe, expect, it } from 'vitest';
import { frameOf, pixelOfX, pixelOfY } from '../../../../renderer/ui/plot/frame';
import { plotTexts, type PlotText } from '../../../../renderer/ui/plot/plotTexts';
import type { PlotContent, PlotLine } from '../../../../renderer/ui/plot/plotTypes';
import { noZoom } from '../../../../renderer/ui/plot/zoom';

const colours = {
  ...{ surface: '#fff', text: '#111', label: '#222', faint: '#333', grid: '#444', error: '#d00', font: 'Inter' },
  colour: (value: string) => (value === 'var(--run-1)' ? '#0072b2' : value),
};

function line(changes: Partial<PlotLine> = {}): PlotLine {
  return { id: 'a', name: 'a', colour: 'var(--run-1)', x: [0, 10], y: [1, 3], style: 'line', ...changes };
}

function texts(content: PlotContent, { logY = false, zoom = noZoom, width = 400 } = {}): PlotText[] {
  const frame = frameOf(content, { width, height: 200, logY, zoom });
  const said = { xTitle: 'Step', yTitle: 'Loss', formatX: String, formatTick: String };
  return plotTexts(content, { frame, theme: colours, ...said });
}

const said = (found: readonly PlotText[]): string[] => found.map(({ text }) => text);

describe('the words on a plot', () => {
  it('name the axes: above the upright one, at the end of the other', () => {
    const [upright, level] = texts({ lines: [line()] }) as [PlotText, PlotText];
    expect(upright).toMatchObject({ text: 'Loss', x: 48, y: 18, anchor: 'left', vertical: 'bottom', colour: '#111' });
    expect(level).toMatchObject({ text: 'Step', x: 384, y: 183, anchor: 'right', vertical: 'top', colour: '#333' });
  });

  it('say name and last value where a line ends, in its colour', () => {
    const content = { lines: [line({ label: 'train' })], complete: true };
    const frame = frameOf(content, { width: 400, height: 200, logY: false, zoom: noZoom });
    expect(texts(content)[2]).toMatchObject({
      ...{ text: 'train 3', anchor: 'left', vertical: 'middle', colour: '#0072b2' },
      ...{ x: pixelOfX(frame, 10) + 8, y: pixelOfY(frame, 3) },
    });
  });

  it('say nothing of lines where there are more than five, or where the box is too narrow', () => {
    const many = Array.from({ length: 6 }, (_, at) => line({ id: String(at), label: `run ${at}` }));
    expect(said(texts({ lines: many }))).toEqual(['Loss', 'Step']);
    expect(said(texts({ lines: many.slice(0, 5) }))).toHaveLength(7);
    expect(said(texts({ lines: many.slice(0, 5) }, { width: 250 }))).toEqual(['Loss', 'Step']);
  });

  it('keep lines that end at one place apart, and within the box', () => {
    const lines = Array.from({ length: 5 }, (_, at) => line({ id: String(at), label: `run ${at}` }));
    const places = texts({ lines })
      .slice(2)
      .map(({ y }) => y)
      .sort((a, b) => a - b);
    for (let at = 1; at < 5; at += 1) expect((places[at] as number) - (places[at - 1] as number)).toBeCloseTo(13);
    expect(places[0]).toBeGreaterThanOrEqual(22);
    expect(places[4]).toBeLessThanOrEqual(180);
  });

  it('say the last value that an axis can show, and shorten long names by letters', () => {
    const lost = line({ label: 'validation', y: [2, NaN], x: [0, 10] });
    expect(said(texts({ lines: [lost] }))).toContain('validat… 2');
    expect(said(texts({ lines: [line({ label: '𝔸'.repeat(9), y: [5, -1] })] }, { logY: true }))).toContain(
      `${'𝔸'.repeat(7)}… 5`,
    );
  });

  it('stand beside the marks that are seen', () => {
    const marks = [
      { x: 4, text: 'resumed', kind: 'note' },
      { x: 8, text: 'not a number', kind: 'error' },
    ] as const;
    const content = { lines: [line()], marks };
    expect(said(texts(content))).toEqual(['Loss', 'Step', 'resumed', 'not a number']);
    const zoomed = texts(content, { zoom: { x: [6, 10], y: null } });
    expect(zoomed.slice(2)).toMatchObject([{ text: 'not a number', colour: '#d00', size: 10, y: 24 }]);
    expect(zoomed[2]?.x).toBeCloseTo(46 + (2 / 4) * (400 - 46 - 14) + 5);
  });
});
