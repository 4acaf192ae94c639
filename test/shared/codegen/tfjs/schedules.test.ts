/** Schedules as exported scripts write them, evaluated, against our own definitions. */
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { printStatement } from '../../../../shared/codegen/printCode';
import { scriptNames } from '../../../../shared/codegen/tfjs/trainingParts';
import { typescript } from '../../../../shared/codegen/typescript';
import type { ParamsOf, ParamSchema } from '../../../../shared/ir/params';
import { defaultsOf } from '../../../../shared/ir/params';
import { scheduleRegistry } from '../../../../shared/schedules/registry';
import { randomStream } from '../../../../shared/training/random';

type Factor = (update: number, updatesPerEpoch: number, totalUpdates: number, history: readonly number[]) => number;

function exported(type: string, params: ParamsOf<ParamSchema>): Factor {
  const written = scheduleRegistry.get(type)!.emit!.tfjs!({ params, direction: 'down', names: scriptNames });
  if ('unsupported' in written) throw new Error(written.unsupported);
  const factor = printStatement(typescript, written.expression).join('\n');
  const body = [...(written.helpers ?? []).map(({ source }) => source), `return ${factor};`].join('\n');
  const whole = `function factor(update, updatesPerEpoch, totalUpdates, history) {\n${body}\n}\nexport = factor;`;
  const { code } = transformSync(whole, { loader: 'ts', format: 'cjs' });
  const module = { exports: null as unknown as Factor };
  // Run as code, because that is what it is for whoever exports it.
  Reflect.construct(Function, ['module', 'exports', code]).call(null, module, module.exports);
  return module.exports;
}

const settings: readonly [string, Record<string, unknown>][] = [
  ['constant', {}],
  ['step', { everyEpochs: 2, factor: 0.3 }],
  ['cosine', {}],
  ['cosine', { warmupEpochs: 1.4, finalFactor: 0.1 }],
  ['cosine', { warmupEpochs: 30 }],
  ['plateau', {}],
  ['plateau', { patience: 1, factor: 0.4, minimum: 0.05, threshold: 0.01 }],
];

describe('the factor on the learning rate', () => {
  it.each(settings)('of %s %j is ours at every update', (type, given) => {
    const definition = scheduleRegistry.get(type)!;
    const params = { ...defaultsOf(definition.params), ...given };
    const [updatesPerEpoch, epochs] = [7, 12];
    const totalUpdates = updatesPerEpoch * epochs;
    const values = [...randomStream(5, type).uniform(epochs)].map((value, at) =>
      at === 3 ? NaN : 1 + value / (at + 1),
    );
    const factor = exported(type, params);
    for (let update = 0; update < totalUpdates; update += 1) {
      const history = values.slice(0, Math.floor(update / updatesPerEpoch));
      const expected = definition.factor(params, { update, updatesPerEpoch, totalUpdates, history });
      expect(factor(update, updatesPerEpoch, totalUpdates, history), `update ${update}`).toBeCloseTo(expected, 12);
    }
  });
});
