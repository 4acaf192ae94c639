/** Any number of runs in two plots, the loss and the first metric: each run in its own colour, validation dashed. */
import { useMemo, useState, type ReactNode } from 'react';
import type { RunDetails, RunListing } from '../../shared/ipc/studio/runSchemas';
import { isLiving } from '../actions/runCommands';
import { formatNumber, formatShort } from '../i18n/numbers';
import { runColour } from '../state/runColours';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { EmptyState } from '../ui/EmptyState';
import { Plot } from '../ui/plot/Plot';
import type { PlotView } from '../ui/plot/plotTypes';
import classes from './Curves.module.css';
import { CurveControls } from './CurveControls';
import { runCode } from './measures';
import { overlayCurves, overlayMetric } from './overlay';
import { overlayContent, prepareCurve, runOfLine, type OverlaidRun } from './overlayContent';
import { compareStrings } from './strings';
import { useMeasureName } from './useMeasureName';
import { useStableList } from './useStableList';

interface CurvesProps {
  runs: readonly RunListing[];
  selected: string | null;
}

export function Curves({ runs, selected }: CurvesProps): ReactNode {
  const words = useStrings(compareStrings);
  const entries = useStudioState('runDetails', (state) => state.entries);
  const colours = useStudioState('settings', ({ settings }) => settings.runColours);
  const [hovered, setHovered] = useState<number | null>(null);
  const known = useStableList(runs.flatMap(({ id }) => entries.get(id)?.details ?? []));
  const problems = runs.flatMap(({ id }) => entries.get(id)?.problem ?? []);
  const named = useMemo(
    () =>
      new Map(
        runs.map(({ id, name }): [string, OverlaidRun] => [
          id,
          { name: `${runCode(id)} ${name}`, code: runCode(id), colour: runColour(colours, id) },
        ]),
      ),
    [runs, colours],
  );
  if (runs.length === 0) return <EmptyState title={words.pickRuns} text={words.pickRunsText} />;
  const metric = overlayMetric(known);
  const shared = {
    runs: named,
    details: known,
    complete: !runs.some(isLiving),
    selected,
    hovered,
    onHover: setHovered,
  };
  return (
    <div className={classes.panel}>
      <CurveControls />
      {problems[0] !== undefined && (
        <p className={classes.problem} role="alert">
          {words.runFailed(problems[0])}
        </p>
      )}
      <div className={classes.plots}>
        <OverlayPlot measure="loss" {...shared} />
        {metric !== null && <OverlayPlot measure={metric} {...shared} />}
      </div>
    </div>
  );
}

interface OverlayPlotProps {
  measure: string;
  runs: ReadonlyMap<string, OverlaidRun>;
  details: readonly RunDetails[];
  complete: boolean;
  selected: string | null;
  hovered: number | null;
  onHover: (x: number | null) => void;
}

function OverlayPlot({ measure, runs, details, complete, selected, hovered, onHover }: OverlayPlotProps): ReactNode {
  const { view } = useStudio();
  const words = useStrings(compareStrings);
  const measureName = useMeasureName();
  const axis = useStudioState('training', (state) => state.axis);
  const logScale = useStudioState('training', (state) => state.logAxis);
  const smoothing = useStudioState('settings', ({ settings }) => settings.smoothing);
  const key = details.map(({ listing }) => listing.id).join('\n');
  const content = useMemo(() => {
    const curves = details
      .flatMap((run) => overlayCurves(run, measure, axis))
      .map((curve) => prepareCurve(curve, smoothing));
    return (seen: PlotView) => overlayContent(curves, runs, { selected, view: seen, complete });
  }, [details, measure, axis, smoothing, runs, selected, complete]);
  const title = measureName(measure);
  const unit = axis === 'time' ? words.time : words[axis];
  return (
    <div className={classes.plot}>
      <Plot
        title={title}
        data-plot={`compare ${measure}`}
        words={{
          savePng: words.savePng,
          saveSvg: words.saveSvg,
          resetZoom: words.resetZoom,
          nothingYet: words.noCurvesText,
        }}
        content={content}
        logY={logScale && measure === 'loss'}
        resetKey={`${axis} ${key}`}
        xTitle={unit}
        yTitle={title}
        formatX={(value) => value.toLocaleString('en', { maximumSignificantDigits: 6 })}
        formatY={(value) => formatShort(measure, value)}
        hoveredX={hovered}
        onHover={onHover}
        describeX={(x) => `${unit} ${axis === 'step' ? Math.round(x) : formatNumber(x)}`}
        onPick={(line) => view.getState().set({ shownRun: runOfLine(line) })}
      />
    </div>
  );
}
