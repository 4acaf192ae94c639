/** Keeps plotly's drawing in an element: redrawn for new data, another size or theme; zoom survives; gone on unmount. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { columnsOf, frameOf, type PlotFrame } from './frame';
import { figureOf, savedFigureOf } from './figure';
import type { FigureOptions } from './figureOptions';
import { followSize } from './followSize';
import { plotTexts, type PlotText } from './plotTexts';
import type { PlotContent, PlotView } from './plotTypes';
import { asPlot, loadPlotly, plotlyConfig } from './plotly';
import { createRedraws, type Redraws } from './redraws';
import { followTheme } from './theme';
import { noZoom, zoomAfter } from './zoom';

export interface PlotlyInput extends Pick<FigureOptions, 'xTitle' | 'yTitle' | 'formatX' | 'formatTick'> {
  /** Another function: something is to be drawn anew. */
  content: (view: PlotView) => PlotContent;
  logY: boolean;
  /** Another one forgets the zoom. */
  resetKey: string;
}

export interface Drawn {
  frame: PlotFrame;
  content: PlotContent;
  /** What stands over the drawing. */
  texts: readonly PlotText[];
  options: FigureOptions;
}

export interface PlotlyOutput {
  drawn: Drawn | null;
  zoomed: boolean;
  resetZoom: () => void;
  save: (format: 'png' | 'svg', name: string) => void;
}

/** Smaller than this nothing can be read. */
const smallest = 60;

export function usePlotly(element: RefObject<HTMLDivElement | null>, input: PlotlyInput): PlotlyOutput {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [zoomed, setZoomed] = useState(false);
  const newest = useRef(input);
  const zoom = useRef(noZoom);
  const redraws = useRef<Redraws | null>(null);
  const { content, logY, resetKey, xTitle, yTitle } = input;

  const setZoom = useCallback((next: typeof noZoom) => {
    zoom.current = next;
    setZoomed(next.x !== null || next.y !== null);
    redraws.current?.now();
  }, []);
  const resetZoom = useCallback(() => setZoom(noZoom), [setZoom]);

  useEffect(() => {
    if (!element.current) return undefined;
    const host = asPlot(element.current);
    let listening = false;
    let held = false;
    let ended = false;
    const listen = (): void => {
      if (listening || !host.on) return;
      listening = true;
      host.on('plotly_relayout', (change) => setZoom(zoomAfter(zoom.current, change ?? {}, newest.current.logY)));
      host.on('plotly_doubleclick', () => setZoom(noZoom));
    };
    const draw = async (): Promise<void> => {
      const { width, height } = size.current();
      if (held || width < smallest || height < smallest) return;
      const plotly = await loadPlotly();
      if (ended || held) return;
      const { content: contentOf, logY: isLog, ...words } = newest.current;
      const found = contentOf({ range: zoom.current.x, columns: columnsOf(width) });
      const frame = frameOf(found, { width, height, logY: isLog, zoom: zoom.current });
      const options = { ...words, frame, theme: theme.current() };
      const { data, layout } = figureOf(found, options);
      await plotly.react(host, data, layout, plotlyConfig);
      listen();
      setDrawn({ frame, content: found, texts: plotTexts(found, options), options });
    };
    // A drawing made while the user drags would take the zoom out of their hand.
    const hold = (): void => void (held = true);
    const release = (): void => {
      if (!held) return;
      held = false;
      asked.ask();
    };
    const asked = createRedraws(draw);
    redraws.current = asked;
    const size = followSize(host, () => asked.now());
    const theme = followTheme(host, () => asked.now());
    host.addEventListener('mousedown', hold, true);
    window.addEventListener('mouseup', release);
    return () => {
      ended = true;
      asked.end();
      size.end();
      theme.end();
      host.removeEventListener('mousedown', hold, true);
      window.removeEventListener('mouseup', release);
      if (listening) void loadPlotly().then((plotly) => plotly.purge(host));
    };
  }, [element, setZoom]);

  useLayoutEffect(() => {
    newest.current = input;
  });
  useEffect(() => resetZoom(), [resetKey, resetZoom]);
  useEffect(() => redraws.current?.ask(), [content, logY, xTitle, yTitle]);

  const save = useCallback(
    (format: 'png' | 'svg', name: string) => drawn && void savePicture(drawn, format, name),
    [drawn],
  );
  return { drawn, zoomed, resetZoom, save };
}

/** As large as it is seen, three times as fine. */
async function savePicture({ content, options }: Drawn, format: 'png' | 'svg', filename: string): Promise<void> {
  const { width, height } = options.frame;
  const plotly = await loadPlotly();
  await plotly.downloadImage(savedFigureOf(content, options), { format, filename, width, height, scale: 3 });
}
