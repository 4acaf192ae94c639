/** The data configuration of a design, resolved: defaults, wrong names and values, for every data set there is. */
import { describe, expect, it } from 'vitest';
import { dataSources } from '../../../electron/services/data/dataSources';
import { dataSetRegistry } from '../../../shared/datasets/registry';
import { resolveData } from '../../../shared/datasets/resolveData';

describe('resolveData', () => {
  it.each(dataSetRegistry.list)('takes $type with its own defaults, and something prepares it', (definition) => {
    const resolution = resolveData({ source: definition.type }, dataSetRegistry);
    const params = 'resolved' in resolution ? resolution.resolved.params : {};
    expect(Object.keys(params)).toEqual(Object.keys(definition.params));
    for (const [name, param] of Object.entries(definition.params)) {
      expect(param.parse(param.default), name).toEqual({ value: param.default });
      expect(param.help.length, name).toBeGreaterThan(10);
    }
    expect(dataSources[definition.type]).toBeDefined();
    expect(definition.licence.length * definition.attribution.length).toBeGreaterThan(0);
  });

  it('names every parameter that is wrong, each with what was expected', () => {
    const resolution = resolveData({ source: 'xor', style: 'round', noise: -1, size: 3 }, dataSetRegistry);
    const problems = 'problems' in resolution ? resolution.problems : [];
    expect(problems.map(({ code, param }) => [code, param])).toEqual([
      ['unknownDataParam', 'size'],
      ['invalidDataParam', 'style'],
      ['invalidDataParam', 'noise'],
    ]);
    expect(problems[1]?.message).toBe('data.style (of xor): expected one of noisy, corners, received "round".');
  });

  it('knows what its parameters tell before anything is prepared', () => {
    const info = (config: { source: string; validation?: number; points?: number }) => {
      const resolution = resolveData(JSON.parse(JSON.stringify(config)) as { source: string }, dataSetRegistry);
      return 'resolved' in resolution ? (resolution.resolved.info?.counts ?? null) : null;
    };
    expect(info({ source: 'fashionMnist', validation: 100 })).toEqual({ train: 59_900, validation: 100, test: 10_000 });
    expect(info({ source: 'spirals', points: 10 })).toEqual({ train: 6, validation: 2, test: 2 });
    expect(info({ source: 'csv' })).toBeNull();
  });
});
