/** From the data configuration of a design to a data set with all its parameters, or what is wrong with it. */
import type { DataInfo, DataSetDefinition } from '../ir/dataSetDefinition';
import type { ParamsOf, ParamSchema } from '../ir/params';
import type { Registry } from '../ir/registry';
import { problem, show } from '../messages';
import type { Problem } from '../messages';
import type { Json } from '../messages/define';

export interface ResolvedData {
  definition: DataSetDefinition;
  /** Every parameter that the definition declares, checked. */
  params: ParamsOf<ParamSchema>;
  /** What is known before preparation. */
  info: DataInfo | null;
}

export type DataResolution = { resolved: ResolvedData } | { problems: Problem[] };

export function resolveData(
  config: { source: string; [param: string]: Json },
  registry: Registry<DataSetDefinition>,
): DataResolution {
  const { source, ...given } = config;
  const definition = registry.get(source);
  if (!definition) {
    const known = registry.list.map(({ type }) => type);
    return {
      problems: [problem('unknownDataSet', { source, near: registry.near(source), known }, { param: 'source' })],
    };
  }
  const known = Object.keys(definition.params);
  const problems = Object.keys(given)
    .filter((param) => !known.includes(param))
    .map((param) => problem('unknownDataParam', { source, param, known }, { param }));
  const params: Record<string, unknown> = {};
  for (const [name, param] of Object.entries(definition.params)) {
    const value = given[name];
    const parsed = value === undefined ? { value: param.default } : param.parse(value);
    if ('value' in parsed) params[name] = parsed.value;
    else {
      const args = { source, param: name, expected: parsed.expected, received: show(value) };
      problems.push(problem('invalidDataParam', args, { param: name }));
    }
  }
  return problems.length > 0 ? { problems } : { resolved: { definition, params, info: definition.info(params) } };
}
