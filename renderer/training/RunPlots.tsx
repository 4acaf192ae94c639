/** The four plots of a run: loss, metric, gradient of each layer, and the heat map of layers over steps. */
import { useCallback, useMemo, type ReactNode } from 'react';
import { formatNumber } from '../i18n/numbers';
import { formatTick, formatTickOf } from '../i18n/ticks';
import { plotStrings } from '../i18n/plotStrings';
import { runColour } from '../state/runColours';
import type { RunCurves } from '../state/runCurves';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { HeatMap } from '../ui/plot/HeatMap';
import { Plot } from '../ui/plot/Plot';
import type { PlotView } from '../ui/plot/plotTypes';
import { axisScaleOf } from './axisScale';
import { formatOf, measureContent, secondMeasure } from './curvePlots';
import { heatContent } from './heatMap';
import { layerContent } from './layerPlot';
import { trainingStrings } from './strings';
import classes from './TrainingPanel.module.css';

interface RunPlotsProps {
  curves: RunCurves;
  version: number;
  complete: boolean;
}

/** What all four share: the axis, the crosshair, and the words. */
function useShared({ curves, version }: RunPlotsProps) {
  const { view } = useStudio();
  const words = useStrings(trainingStrings);
  const axis = useStudioState('training', (state) => state.axis);
  const step = useStudioState('view', ({ hoveredStep }) => hoveredStep);
  const scale = useMemo(() => {
    void version;
    return axisScaleOf(curves, axis);
  }, [curves, axis, version]);
  const onHover = useCallback(
    (x: number | null) => view.getState().set({ hoveredStep: x === null ? null : Math.round(scale.step(x)) }),
    [view, scale],
  );
  const describeX = useCallback(
    (x: number) => {
      const at = String(Math.round(scale.step(x)));
      return axis === 'step' ? words.atStep(at) : words.atPlace(`${words[axis]} ${scale.format(x)}`, at);
    },
    [scale, axis, words],
  );
  return {
    words,
    scale,
    common: {
      words: useStrings(plotStrings),
      xTitle: words[axis],
      formatX: scale.format,
      hoveredX: step === null ? null : scale.place(step),
      onHover,
      describeX,
      resetKey: `${curves.run} ${axis}`,
    },
  };
}

function pickLayer(studio: ReturnType<typeof useStudio>, path: string): void {
  const id = path.split('/')[0] ?? path;
  const { document, view } = studio;
  if (!document.getState().design.nodes.some((node) => node.id === id)) return;
  const { canvas, select } = view.getState();
  if (canvas) canvas.reveal(id);
  else select([id]);
}

export function RunPlots(props: RunPlotsProps): ReactNode {
  return (
    <div className={classes.plots}>
      <MeasurePlot {...props} measure="loss" />
      <MetricPlot {...props} />
      <LayerPlot {...props} />
      <LayerMap {...props} />
    </div>
  );
}

function MetricPlot(props: RunPlotsProps): ReactNode {
  const words = useStrings(trainingStrings);
  const measure = secondMeasure(props.curves);
  if (measure !== null) return <MeasurePlot {...props} measure={measure} />;
  return <p className={classes.absent}>{props.curves.scalars.size > 0 ? words.noMetric : ''}</p>;
}

function MeasurePlot(props: RunPlotsProps & { measure: string }): ReactNode {
  const { curves, version, complete, measure } = props;
  const { words, scale, common } = useShared(props);
  const smoothing = useStudioState('settings', (state) => state.settings.smoothing);
  const logAxis = useStudioState('training', (state) => state.logAxis) && measure === 'loss';
  const colours = useStudioState('settings', (state) => state.settings.runColours);
  const colour = runColour(colours, curves.run).replace('var(--text-faint)', 'var(--run-1)');
  const content = useCallback(
    (view: PlotView) => {
      void version;
      const { trainLine: train, validationLine: validation, resumedMark: resumed, notFiniteMark: notFinite } = words;
      const said = { train, validation, resumed, notFinite };
      return measureContent(curves, { measure, scale, smoothing, complete, colour, words: said }, view);
    },
    [curves, version, measure, scale, smoothing, complete, colour, words],
  );
  const title = measure === 'loss' ? words.loss : measure === 'accuracy' ? words.accuracy : measure;
  return (
    <Plot
      {...common}
      title={title}
      yTitle={title}
      data-plot={measure === 'loss' ? 'loss' : 'metric'}
      content={content}
      logY={logAxis}
      formatY={formatOf(measure)}
      formatTick={formatTickOf(measure)}
    />
  );
}

function LayerPlot(props: RunPlotsProps): ReactNode {
  const { curves, version, complete } = props;
  const studio = useStudio();
  const { words, scale, common } = useShared(props);
  const measure = useStudioState('training', (state) => state.measure);
  const smoothing = useStudioState('settings', (state) => state.settings.smoothing);
  const selection = useStudioState('view', (state) => state.selection);
  const hovered = useStudioState('view', ({ hoveredLayer }) => hoveredLayer);
  const content = useCallback(
    (view: PlotView) => {
      void version;
      const paths = curves.groups.map(({ path }) => path);
      const selected = new Set(paths.filter((path) => selection.has(path.split('/')[0] ?? path)));
      return layerContent(curves, { measure, scale, complete, smoothing, selected, hovered, words }, view);
    },
    [curves, version, measure, scale, complete, smoothing, selection, hovered, words],
  );
  const title = words.layerLines(words[measure]);
  return (
    <Plot
      {...common}
      title={title}
      yTitle={title}
      data-plot="layers"
      content={content}
      logY
      formatY={formatNumber}
      formatTick={formatTick}
      onPick={(line) => pickLayer(studio, line)}
    />
  );
}

function LayerMap(props: RunPlotsProps): ReactNode {
  const { curves, version, complete } = props;
  const studio = useStudio();
  const { words, scale, common } = useShared(props);
  const measure = useStudioState('training', (state) => state.measure);
  const hovered = useStudioState('view', ({ hoveredLayer }) => hoveredLayer);
  const content = useCallback(
    (columns: number) => {
      void version;
      return heatContent(curves, { measure, scale, complete }, columns);
    },
    [curves, version, measure, scale, complete],
  );
  return (
    <HeatMap
      {...common}
      title={words.heatMap}
      data-plot="heatmap"
      content={content}
      formatValue={formatNumber}
      formatTick={formatTick}
      hoveredRow={hovered}
      onHover={(x, row) => {
        common.onHover(x);
        if (row !== hovered) studio.view.getState().set({ hoveredLayer: row });
      }}
      onPick={(row) => pickLayer(studio, row)}
    />
  );
}
