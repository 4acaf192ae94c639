/** Edits of the training and data configuration, and its fields as parameters that the form can draw. */
import type { Edit } from '../../shared/design/edits';
import type { Design } from '../../shared/design/schema';
import { entry, integer, number, optional, type Param, type ParamSchema } from '../../shared/ir/params';
import { library } from '../../shared/library';
import type { Json } from '../../shared/messages/define';
import { trainingConfigSchema } from '../../shared/training/config';
import { sameValue } from './fieldText';

/** The defaults are those of the configuration's schema, which also refuses what is out of bounds. */
const defaults = trainingConfigSchema.parse({});
const stoppingDefaults = trainingConfigSchema.parse({ earlyStopping: {} }).earlyStopping;

const whole = (fallback: number): Param<unknown> => integer({ default: fallback, min: 1, help: '' });

export const trainingParams = {
  optimizer: entry('optimizers', { default: defaults.optimizer, help: '' }),
  schedule: entry('schedules', { default: defaults.schedule, help: '' }),
  epochs: whole(defaults.epochs),
  batchSize: whole(defaults.batchSize),
  accumulate: whole(defaults.accumulate),
  clipNorm: optional(number({ default: 1, above: 0, help: '' }), { default: defaults.clipNorm, help: '' }),
  seed: integer({ default: defaults.seed, min: 0, help: '' }),
} as const satisfies Record<string, Param<never> | Param<unknown>>;

export const stoppingParams = {
  patience: whole(stoppingDefaults?.patience ?? 1),
  minimumImprovement: number({ default: stoppingDefaults?.minimumImprovement ?? 0, min: 0, help: '' }),
};

/** What stands in the file at a path such as "earlyStopping.patience"; undefined where nothing does. */
export function settingAt(settings: unknown, path: string): Json | undefined {
  let value: unknown = settings;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.prototype.hasOwnProperty.call(value, key))
      return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value as Json | undefined;
}

/** What equals the default leaves the file. */
export function trainingEdit(path: string, value: Json | undefined, param?: Param<unknown>): Edit {
  const kept = value !== undefined && !(param && sameValue(param, value, param.default));
  return { edit: 'setTraining', path, value: kept ? value : undefined };
}

export function dataParamEdit(name: string, value: Json | undefined, param: Param<unknown>): Edit {
  const kept = value !== undefined && !sameValue(param, value, param.default);
  return { edit: 'setData', path: name, value: kept ? value : undefined };
}

/** Another source; parameters that both have, and that fit, are kept. Null: no data. */
export function sourceEdit(design: Design, source: string | null): Edit {
  if (source === null) return { edit: 'setData', path: '', value: undefined };
  const schema: ParamSchema = library.dataSets.get(source)?.params ?? {};
  const kept = Object.entries(design.data ?? {}).filter(([name, value]) => {
    const param = Object.prototype.hasOwnProperty.call(schema, name) ? schema[name] : undefined;
    return name !== 'source' && param !== undefined && 'value' in param.parse(value);
  });
  return { edit: 'setData', path: '', value: { source, ...Object.fromEntries(kept) } };
}

/** The measures that can be monitored: the loss, and the metrics of every Output, by head where there are several. */
export function monitorChoices(
  heads: readonly { name: string; metrics: readonly { definition: { type: string } }[] }[],
  current: string,
): string[] {
  const found = new Set(['loss']);
  for (const { name, metrics } of heads) {
    const prefix = heads.length > 1 ? `${name}/` : '';
    if (prefix !== '') found.add(`${prefix}loss`);
    const seen = new Map<string, number>();
    for (const { definition } of metrics) {
      const count = (seen.get(definition.type) ?? 0) + 1;
      seen.set(definition.type, count);
      found.add(`${prefix}${definition.type}${count > 1 ? count : ''}`);
    }
  }
  return [...found, ...(found.has(current) ? [] : [current])];
}
