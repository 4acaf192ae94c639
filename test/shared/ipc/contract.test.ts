/** Messages between processes: what fits goes through both ends, junk is refused with a sentence and harms nobody. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectContract } from '../../../shared/ipc/connectContract';
import type { Failure, Handlers, Port } from '../../../shared/ipc/define';
import { openAnswer, openCall } from '../../../shared/ipc/envelope';
import { serveContract } from '../../../shared/ipc/serveContract';
import { trainerContract, type TrainerContract } from '../../../shared/ipc/trainer';

/** Two ports that hand each other clones, a turn later, as processes do. */
function channel(): [Port & { deliver: (message: unknown) => void }, Port] {
  const listeners: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []];
  const end = (own: 0 | 1): Port => ({
    send: (message) => {
      const clone = structuredClone(message);
      setImmediate(() => listeners[own === 0 ? 1 : 0].forEach((listener) => listener(clone)));
    },
    onMessage: (listener) => void listeners[own].push(listener),
  });
  const deliver = (message: unknown): void => listeners[1].forEach((listener) => listener(message));
  return [{ ...end(0), deliver }, end(1)];
}

const unasked = (): never => {
  throw new Error('was not asked');
};

function pair(changes: Partial<Handlers<TrainerContract>>) {
  const [clientPort, serverPort] = channel();
  const refused: Failure[] = [];
  const handlers: Handlers<TrainerContract> = {
    ...{ probe: unasked, start: unasked, resume: unasked, pause: unasked, continue: unasked, stop: unasked },
    ...{ predict: unasked, judge: unasked, reference: unasked, engineIds: unasked, warm: unasked, measure: unasked },
    ...changes,
  };
  const failureOf = (error: unknown): Failure => ({ code: 'internal', message: String(error), file: null });
  const onRefused = (failure: Failure): void => void refused.push(failure);
  const server = serveContract(trainerContract, serverPort, handlers, { failureOf, onRefused });
  const errorOf = ({ code, message }: Failure): Error => Object.assign(new Error(message), { code });
  const client = connectContract(trainerContract, clientPort, { errorOf, onRefused });
  return { client, server, refused, deliver: clientPort.deliver };
}

describe('a contract between two processes', () => {
  it('carries requests, answers and events, arrays included', async () => {
    const { client, server } = pair({ pause: () => ({ step: 12 }) });
    expect(await client.request('pause', {})).toEqual({ step: 12 });
    const heard = new Promise((resolve) => client.onEvent(resolve));
    const frame = {
      ...{ sequence: 0, firstStep: 0, steps: 1, stepsPerSecond: 3 },
      rowSteps: Float64Array.of(0),
      scalars: Float32Array.of(NaN, 0.5),
      gradientNorms: new Float32Array(0),
      updateRatios: new Float32Array(0),
    };
    server.emit('frame', frame);
    expect(await heard).toEqual({ name: 'frame', payload: frame });
  });

  it('tells the asker what a handler threw, and of an answer that does not fit', async () => {
    const { client } = pair({ pause: unasked, continue: () => ({ step: 'x' }) as unknown as Record<string, never> });
    await expect(client.request('pause', {})).rejects.toThrow('was not asked');
    await expect(client.request('continue', {})).rejects.toMatchObject({ code: 'message-invalid' });
  });

  it('fails what was asked, and what will be, when the other side is gone', async () => {
    const { client } = pair({ pause: () => new Promise(() => undefined) });
    const asked = client.request('pause', {});
    client.disconnect({ code: 'trainer-lost', message: 'gone', file: null });
    await expect(asked).rejects.toMatchObject({ code: 'trainer-lost' });
    await expect(client.request('stop', {})).rejects.toMatchObject({ code: 'trainer-lost' });
  });

  it('refuses unknown names, those of every object included, and wrong payloads, naming the place', () => {
    const refusalOf = (message: unknown): string | undefined => {
      const opened = openCall(trainerContract, message);
      return 'refused' in opened ? opened.refused.message : undefined;
    };
    expect(refusalOf({ call: 1, name: 'format', payload: {} })).toContain('there is no request "format"');
    expect(refusalOf({ call: 1, name: 'toString', payload: {} })).toContain('there is no request "toString"');
    expect(refusalOf({ call: 1, name: 'predict', payload: { folder: 3 } })).toContain(
      '(predict) was refused at folder',
    );
    expect(refusalOf({ call: 1, name: 'stop', payload: {} })).toBeUndefined();
  });

  it('survives any junk: no exception, a named refusal or an answer', () => {
    fc.assert(
      fc.property(fc.anything({ withTypedArray: true, withNullPrototype: true, withBigInt: true }), (junk) => {
        for (const open of [openCall, openAnswer]) {
          const opened = open(trainerContract, junk);
          if ('refused' in opened) expect(opened.refused.code).toBe('message-invalid');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('survives junk in the payload of every request, and answers the caller', async () => {
    const { deliver, client } = pair({ pause: () => ({ step: 1 }) });
    const names = Object.keys(trainerContract.requests);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.anything(), fc.nat(), (name, payload, call) => {
        const opened = openCall(trainerContract, { call, name, payload });
        if ('refused' in opened) expect(opened).toMatchObject({ call, refused: { code: 'message-invalid' } });
        deliver({ call: call + 1000, name, payload: { junk: true } });
      }),
      { numRuns: 300 },
    );
    expect(await client.request('pause', {})).toEqual({ step: 1 });
  });
});
