/** A data set as a window describes it: what it is, and how many samples of each class every part holds. */
import type { DataDescription as ToldDescription } from '../../../shared/ipc/studio/dataSchemas';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import type { DataDescription } from './describeData';

export function studioData(data: DataDescription): ToldDescription {
  const { title, summary, attribution, licence, origin, downloadBytes, prepared, info } = data;
  return {
    ...{ title, summary, attribution, licence, origin, downloadBytes },
    preparedBytes: prepared?.bytes ?? null,
    info: info && studioInfo(info),
    classCounts: classCounts(data),
  };
}

/** The same as plain lists, which schemas describe. */
export function studioInfo({ fields, counts }: DataInfo): NonNullable<ToldDescription['info']> {
  const plain = fields.map(({ name, shape, dtype, classes, range }) => ({
    ...{ name, shape: [...shape], dtype },
    ...(classes && { classes: [...classes] }),
    ...(range && { range: [range[0], range[1]] as [number, number] }),
  }));
  return { fields: plain, counts: { ...counts } };
}

/** Of the first field that holds classes. */
function classCounts({ fields }: DataDescription): ToldDescription['classCounts'] {
  const field = fields.find(({ classes, parts }) => classes !== null && parts !== null);
  if (!field?.parts) return null;
  const { train, validation, test } = field.parts;
  const counts = [train, validation, test].map((part) => part.classCounts ?? []);
  return { field: field.name, train: counts[0] ?? [], validation: counts[1] ?? [], test: counts[2] ?? [] };
}
