/** Code is written and proved in a process of its own: the main process stays free, and outlives it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createExporterHost, type ExporterHost } from '../../../electron/services/exporter/exporterHost';
import { childTrainer } from '../../../electron/services/training/childTrainer';
import type { TrainerProcess } from '../../../electron/services/training/trainerHost';
import type { Json } from '../../../shared/messages/define';
import { buildOnce } from '../../drivers/buildOnce';
import { exporterHere } from '../../drivers/exporterHere';

const root = mkdtempSync(join(tmpdir(), 'netloom-exporter-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Layers of 512 units on each other, without data. */
function tower(layers: number): Json {
  const ids = Array.from({ length: layers }, (_, at) => `dense${at}`);
  const chain = ['in', ...ids, 'out'];
  return {
    netloom: 1,
    name: 'A tower',
    nodes: [
      { id: 'in', layer: 'Input', params: { shape: [512], field: 'x' } },
      ...ids.map((id): Json => ({ id, layer: 'Dense', params: { units: 512 } })),
      { id: 'out', layer: 'Output', params: { loss: 'meanSquaredError', target: 'y' } },
    ],
    wires: chain.slice(1).map((to, at): Json => ({ from: chain[at] as string, to })),
  };
}

function writing(host: ExporterHost, to: string, layers = 2, target: 'pytorch' | 'tfjs' = 'pytorch') {
  const session = host.session();
  const asked = { session, home: root, mirror: null, file: join(root, 'tower.netloom'), run: null, force: false };
  const answer = host.request('write', { ...asked, design: tower(layers), target, opset: 18, to: join(root, to) });
  return { session, answer };
}

/** How often this process came to what else was waiting while the work went on. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let going = true;
  const turn = (): void => {
    turns += 1;
    if (going) setImmediate(turn);
  };
  setImmediate(turn);
  await work;
  going = false;
  return turns;
}

/** A trainer that is ready at once and answers every request as told. */
function trainerThat(answer: object, asked: string[]): () => TrainerProcess {
  return () => {
    let hear: (message: unknown) => void = () => undefined;
    let tellExit: () => void = () => undefined;
    return {
      pid: 1,
      send: (message) => {
        const { call, name } = message as { call: number; name: string };
        asked.push(name);
        queueMicrotask(() => hear({ reply: call, ...answer }));
      },
      onMessage: (listener) => {
        hear = listener;
        queueMicrotask(() => hear({ event: 'ready', payload: { pid: 1 } }));
      },
      onExit: (listener) => (tellExit = () => listener({ code: null, signal: 'SIGKILL', reason: 'it was ended.' })),
      kill: () => {
        asked.push('killed');
        tellExit();
      },
    };
  };
}

describe('a large design', () => {
  it('is exported while the main process goes on with everything else', async () => {
    const host = createExporterHost(childTrainer(await buildOnce('exporter')), trainerThat({}, []));
    const there = writing(host, 'there', 12).answer;
    const free = await turnsDuring(there);
    expect((await there).bytes).toBeGreaterThan(12_000_000);
    const held = await turnsDuring(writing(exporterHere(), 'here', 12).answer);
    expect(free, `in this process it would have had ${held} turns`).toBeGreaterThan(20 * held);
  });
});

describe('the exporting process', () => {
  it('has the engine asked by the main process, and says what that could not do', async () => {
    const asked: string[] = [];
    const failure = { code: 'engine-failed', message: 'The engine is on strike.', file: null };
    const host = exporterHere(undefined, trainerThat({ failure }, asked));
    const { session, answer } = writing(host, 'proved', 2, 'tfjs');
    await answer;
    await expect(host.request('verify', { session, home: root })).rejects.toThrow('The engine is on strike.');
    expect(asked).toEqual(['reference', 'killed']);
  });

  it('that ends is said, and another one is started; what it had written is to be saved again', async () => {
    const spawn = childTrainer(await buildOnce('exporter'));
    const children: TrainerProcess[] = [];
    const keep = (): TrainerProcess => {
      const child = spawn();
      children.push(child);
      return child;
    };
    const host = createExporterHost(keep, trainerThat({}, []));
    const first = writing(host, 'first');
    await first.answer;
    const second = writing(host, 'second');
    children[0]?.kill();
    await expect(second.answer).rejects.toThrow(/The process that writes code ended: .* Save again/);
    await expect(host.request('verify', { session: first.session, home: root })).rejects.toThrow(/save it again/);
    await writing(host, 'third').answer;
    expect(readFileSync(join(root, 'third', 'model.py'), 'utf8')).toContain('class ATower');
    expect(children).toHaveLength(2);
    children[1]?.kill();
  });
});
