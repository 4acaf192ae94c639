/** Part of `checkTraining`: which field of the data set feeds each Input, and which is each Output's target. */
import type { DataInfo } from '../ir/dataSetDefinition';
import type { Feed, LayerInstance } from '../ir/program';
import { describeShape } from '../ir/targets';
import { sameSizes, sampleSizes, type TensorType } from '../ir/tensorType';
import type { FieldInfo } from '../ir/trainingDefinitions';
import type { Json } from '../messages/define';
import { problem, type Problem } from '../messages';
import { nearNames } from '../messages/nearNames';

export interface Pairing {
  feeds: Feed[];
  /** By the id of the Output; null where the data set is not known. */
  targets: ReadonlyMap<string, FieldInfo | null>;
}

/**
 * Names given by Inputs and Outputs come first. An Input without one takes the first field that no Output names; an
 * Output without one takes the first field that feeds no Input.
 */
export function pairFields(
  inputs: readonly LayerInstance[],
  outputs: readonly LayerInstance[],
  data: DataInfo | null,
  report: (node: string, problem: Problem) => void,
): Pairing {
  const fields = data?.fields ?? [];
  const nameOf = (node: LayerInstance, param: 'field' | 'target'): string => {
    const name = node.params[param];
    return typeof name === 'string' ? name : '';
  };
  const choose = (
    node: LayerInstance,
    param: 'field' | 'target',
    fallback: () => FieldInfo | undefined,
  ): FieldInfo | null => {
    const name = nameOf(node, param);
    const found = name === '' ? fallback() : fields.find((field) => field.name === name);
    if (!found && data) report(node.id, missingField(param, name, fields));
    return found ?? null;
  };
  const aims = new Set(outputs.map((node) => nameOf(node, 'target')));
  const feeds = inputs.map((node): Feed => {
    const field = choose(node, 'field', () => fields.find(({ name }) => !aims.has(name)));
    const wrong = field ? misfit(node, field) : null;
    if (wrong) report(node.id, wrong);
    return { path: node.id, name: node.name, field: field?.name ?? nameOf(node, 'field') };
  });
  const fed = new Set(feeds.map(({ field }) => field));
  const targets = new Map(
    outputs.map((node) => [node.id, choose(node, 'target', () => fields.find(({ name }) => !fed.has(name)))]),
  );
  return { feeds, targets };
}

function missingField(param: string, field: string, fields: readonly FieldInfo[]): Problem {
  const known = fields.map(({ name }) => name);
  if (field === '') return problem('noFieldLeft', { param, known }, { param });
  const near = nearNames(
    field,
    fields.map(({ name }) => ({ name })),
  );
  const choices = near.length > 0 ? near : known;
  const repairs = choices.slice(0, 5).map((value) => ({
    title: `Use the field ${value}`,
    actions: [{ action: 'setParam' as const, param, value }],
  }));
  return problem('unknownField', { param, field, known, near }, { param, repairs });
}

function misfit(node: LayerInstance, field: FieldInfo): Problem | null {
  const type = Object.values(node.outputTypes)[0] as TensorType;
  const sizes = sampleSizes(type);
  if (sameSizes(sizes, field.shape) && type.dtype === field.dtype) return null;
  const set = (param: string, value: Json) => ({ action: 'setParam' as const, param, value });
  const repairs = [
    {
      title: `Set the shape to ${describeShape(field.shape)} ${field.dtype}`,
      actions: [set('shape', [...field.shape]), set('dtype', field.dtype)],
    },
  ];
  const expected = `${describeShape(sizes)} ${type.dtype}`;
  const received = `${describeShape(field.shape)} ${field.dtype}`;
  return problem('inputUnfit', { field: field.name, expected, received }, { param: 'shape', repairs });
}
