/** The live display as text, as different terminals show it: wide, 60 columns, a pipe, resized, with 40 layers. */
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../electron/cli/context';
import { styleOf } from '../../../electron/cli/display/style';
import { wantsColour } from '../../../electron/cli/display/terminal';
import { liveWatcher } from '../../../electron/cli/liveWatcher';
import type { Training, TrainingEvent } from '../../../electron/services/training/training';
import type { WeightGroup } from '../../../shared/training/events';
import { recordingTerminal, type RecordingTerminal, type TerminalSettings } from '../../drivers/recordingTerminal';

const scalarNames = ['loss', 'accuracy', 'learningRate', 'gradientNorm'];
const steps = 38;

function contextOf(settings: TerminalSettings): { context: Context; terminal: RecordingTerminal } {
  const terminal = recordingTerminal(settings);
  const spawn = (): never => {
    throw new Error('nothing is spawned here');
  };
  const places = { home: '/home', folder: '/', assets: '/assets', mirror: null };
  const context: Context = {
    home: '/home',
    spawn,
    prepare: spawn,
    places,
    terminal,
    style: styleOf(terminal.colour),
    onInterrupt: () => () => undefined,
  };
  return { context, terminal };
}

function weightGroups(count: number, names: string[]): WeightGroup[] {
  return Array.from({ length: count }, (_, index) => {
    return { path: `layer${index + 1}`, name: names[index] ?? `layer${index + 1}`, layer: 'Dense', elements: 100 };
  });
}

/** A run whose loss falls and whose first layers have vanishing gradients. */
function* story(layers: number, epochs: number, names: string[] = []): Generator<TrainingEvent> {
  const groups = weightGroups(layers, names);
  yield {
    event: 'started',
    run: 'demo',
    engine: 'wasm',
    step: 0,
    epoch: 0,
    stepsPerEpoch: steps,
    epochs: 4,
    groups,
    scalarNames,
    ratioEvery: 10,
    resumed: false,
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rows = Array.from({ length: steps }, (_, row) => epoch * steps + row);
    const scalars = rows.flatMap((step) => [
      2.3 * Math.exp(-step / 40),
      1 - 0.9 * Math.exp(-step / 30),
      0.001,
      1 / (1 + step / 20),
    ]);
    const frame = {
      sequence: epoch,
      firstStep: epoch * steps,
      steps,
      rowSteps: Float64Array.from(rows),
      scalars: Float32Array.from(scalars),
      gradientNorms: Float32Array.from(groups, (_, index) => (index === 0 ? 0 : 10 ** (index - layers))),
      updateRatios: Float32Array.from(groups, (_, index) => (index === 1 ? 0.5 : 1e-3)),
      stepsPerSecond: 62.5,
    };
    yield { event: 'metrics', frame };
    const measures = { loss: 0.5 / (epoch + 1), accuracy: 0.9 + 0.02 * epoch };
    yield {
      event: 'epoch',
      summary: {
        epoch: epoch + 1,
        step: (epoch + 1) * steps,
        train: measures,
        validation: measures,
        learningRate: 0.001,
        seconds: 0.61,
        best: true,
      },
    };
  }
}

const training = { run: 'demo', folder: '/home/runs/demo' } as Training;

function watch(settings: TerminalSettings, layers = 5, epochs = 3, names: string[] = []): RecordingTerminal {
  const { context, terminal } = contextOf(settings);
  const watcher = liveWatcher(context);
  watcher.opened(training);
  for (const event of story(layers, epochs, names)) watcher.event(event);
  watcher.close();
  return terminal;
}

async function expectScreen(name: string, lines: readonly string[]): Promise<void> {
  await expect(`${lines.join('\n').trimEnd()}\n`).toMatchFileSnapshot(`snapshots/${name}.txt`);
}

describe('the live display', () => {
  it.each([
    ['wide', 120, 40],
    ['narrow', 60, 24],
    ['usual', 80, 24],
  ])('fits a %s terminal', async (name, columns, rows) => {
    const terminal = watch({ interactive: true, columns, rows });
    const screen = terminal.screen();
    for (const line of screen) expect([...line].length).toBeLessThanOrEqual(columns);
    expect(screen.length).toBeLessThanOrEqual(rows);
    await expectScreen(name, screen);
  });

  it('shows the outer layers of a net of 40 and says how many it left out', async () => {
    const terminal = watch({ interactive: true, columns: 80, rows: 24 }, 40);
    const text = terminal.screen().join('\n');
    expect(text).toContain('layer1 ');
    expect(text).toContain('layer40');
    expect(text).toMatch(/… \d+ more layers/);
    await expectScreen('forty-layers', terminal.screen());
  });

  it('prints one line an epoch on a pipe, without any escape sequence', async () => {
    const terminal = watch({ interactive: false });
    expect(terminal.output()).not.toContain('\u001b');
    await expectScreen('pipe', terminal.output().split('\n'));
  });

  it('has colour only where the terminal wants it; without, the very same text', async () => {
    const colours = /\u001b\[\d+m/;
    const colourful = watch({ interactive: true, colour: wantsColour({ TERM: 'xterm' }, true) });
    const plain = watch({ interactive: true, colour: wantsColour({ TERM: 'xterm', NO_COLOR: '1' }, true) });
    expect(colourful.output()).toMatch(colours);
    expect(plain.output()).not.toMatch(colours);
    expect(plain.screen()).toEqual(colourful.screen().map((line) => line.replaceAll(/\u001b\[\d+m/g, '')));
    await expectScreen('no-colour', plain.screen());
  });

  it('counts the cells of Chinese names, which take two each', async () => {
    const names = ['卷积层一', '批量归一化', '全连接隐藏层', 'logits', '输出'];
    const terminal = watch({ interactive: true, columns: 60 }, 5, 3, names);
    for (const name of names) expect(terminal.screen().join('\n')).toContain(`${name} `);
    const long = watch({ interactive: true, columns: 60 }, 5, 3, [
      '一个名字非常非常长的全连接隐藏层',
      ...names.slice(1),
    ]);
    for (const line of long.screen()) expect(stringWidth(line)).toBeLessThanOrEqual(60);
    for (const line of terminal.screen()) expect(stringWidth(line)).toBeLessThanOrEqual(60);
    const bars = terminal.screen().slice(-6, -1);
    const ends = bars.map((line) => stringWidth(line));
    expect(new Set(ends).size).toBe(1);
    await expectScreen('chinese', terminal.screen());
  });

  it('keeps the last ratio that was measured, and the rate calm', () => {
    const { context, terminal } = contextOf({ interactive: true, columns: 80 });
    const watcher = liveWatcher(context);
    watcher.opened(training);
    for (const event of story(2, 2)) {
      if (event.event !== 'metrics' || event.frame.sequence === 0) watcher.event(event);
      else {
        const updateRatios = Float32Array.of(NaN, NaN);
        watcher.event({ event: 'metrics', frame: { ...event.frame, updateRatios, stepsPerSecond: 6.25 } });
      }
    }
    const text = terminal.screen().join('\n');
    expect(text).toMatch(/layer1 .* 0\.001000/);
    expect(text).toContain('48 steps/s');
    watcher.close();
  });

  it('draws itself anew when the window is resized, leaving nothing of the old', async () => {
    const { context, terminal } = contextOf({ interactive: true, columns: 100, rows: 40 });
    const watcher = liveWatcher(context);
    watcher.opened(training);
    for (const event of story(5, 2)) watcher.event(event);
    terminal.resize(60);
    const screen = terminal.screen();
    expect(screen.filter((line) => line.startsWith('epoch '))).toHaveLength(1);
    for (const line of screen) expect([...line].length).toBeLessThanOrEqual(60);
    await expectScreen('resized', screen);
    watcher.close();
  });

  it('says at the end how it went, where the run is and what to do next', async () => {
    const { context, terminal } = contextOf({ interactive: true, columns: 80 });
    const watcher = liveWatcher(context);
    watcher.opened(training);
    for (const event of story(3, 4)) watcher.event(event);
    const measures = { loss: 0.1, accuracy: 0.9733 };
    watcher.event({
      event: 'done',
      result: {
        state: 'finished',
        reason: null,
        epochs: 4,
        steps: 152,
        bestEpoch: 4,
        train: measures,
        validation: measures,
        test: measures,
        notFinite: null,
        seconds: 3.2,
      },
    });
    watcher.close();
    await expectScreen('finished', terminal.screen());
  });

  it('tells of a trainer that was lost and how to go on', () => {
    const { context, terminal } = contextOf({ interactive: false });
    const watcher = liveWatcher(context);
    watcher.opened(training);
    watcher.event({ event: 'lost', reason: 'killed by SIGKILL' });
    expect(terminal.output()).toContain('killed by SIGKILL');
    expect(terminal.output()).toContain('netloom resume demo');
  });
});
