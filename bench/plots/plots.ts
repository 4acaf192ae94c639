/** How what is drawn of a run costs as the run grows: from its curves to the figure that plotly is given. */
import { createMinMaxPyramid } from '../../renderer/state/minMaxPyramid';
import { createRunCurves, type RunCurves } from '../../renderer/state/runCurves';
import { axisScaleOf } from '../../renderer/training/axisScale';
import { measureContent, type MeasureOptions } from '../../renderer/training/curvePlots';
import { figureOf } from '../../renderer/ui/plot/figure';
import { frameOf } from '../../renderer/ui/plot/frame';
import { compareSides, report, type Side } from '../measure';

const size = { width: 900, height: 300, logY: false, zoom: { x: null, y: null } };
const columns = 762;
const words = { train: 'train', validation: 'val.', resumed: 'resumed', notFinite: 'not a number' };
const colours = { surface: '#fff', text: '#111', label: '#222', faint: '#333', grid: '#444', error: '#d00', font: '' };
const drawsInASample = 40;

function runOf(points: number): RunCurves {
  const curves = createRunCurves('run', [], 100);
  const loss = createMinMaxPyramid();
  for (let step = 0; step < points; step += 1) loss.append(step, Math.exp(-step / points) + Math.sin(step) / 10);
  curves.scalars.set('loss', loss);
  curves.end = points;
  return curves;
}

function redraw(points: number): Side {
  const curves = runOf(points);
  const scale = axisScaleOf(curves, 'step');
  const options: MeasureOptions = { measure: 'loss', scale, smoothing: 0.6, complete: false, colour: '#05c', words };
  return {
    name: `${points.toLocaleString('en')} points`,
    sample: () => {
      const start = performance.now();
      for (let draw = 0; draw < drawsInASample; draw += 1) {
        const content = measureContent(curves, options, { range: null, columns });
        const frame = frameOf(content, size);
        const theme = { ...colours, colour: (value: string) => value };
        const said = { xTitle: 'Step', yTitle: 'Loss', formatX: String, formatTick: String };
        const { data } = figureOf(content, { frame, theme, ...said });
        if (data.length !== 2) throw new Error('the bench draws something else than it means to');
      }
      return (performance.now() - start) / drawsInASample;
    },
  };
}

/** Appending to a long run, against a short one: each point costs the same. */
function append(points: number): Side {
  const scalar = createMinMaxPyramid(2 ** 18);
  for (let step = 0; step < points; step += 1) scalar.append(step, step);
  let next = points;
  return {
    name: `after ${points.toLocaleString('en')}`,
    sample: () => {
      const start = performance.now();
      for (let step = 0; step < 200_000; step += 1) scalar.append((next += 1), step);
      return performance.now() - start;
    },
  };
}

async function main(): Promise<void> {
  const drawn = await compareSides({
    what: 'plots: a redraw as the run grows',
    reference: redraw(10_000),
    candidate: redraw(1_000_000),
    bound: 1.2,
    pairs: 15,
  });
  const appended = await compareSides({
    what: 'plots: 200,000 points appended',
    reference: append(10_000),
    candidate: append(4_000_000),
  });
  report([drawn, appended]);
}

void main();
