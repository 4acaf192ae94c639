/** Samples of a prepared data set as the network reads them, field by field, for whoever draws them. */
import type { Sample } from '../../../shared/ipc/studio/runSchemas';
import type { Part } from '../../../shared/ir/dataSetDefinition';
import type { OpenedData } from './openData';
import { sampleSize } from './preparedFormat';

/** Positions that the part does not have are left out. */
export async function readSamples(data: OpenedData, part: Part, indices: readonly number[]): Promise<Sample[]> {
  const wanted = indices.filter((index) => index < data.count(part));
  const positions = Uint32Array.from(wanted);
  const samples = wanted.map((index): Sample => ({ part, index, fields: [] }));
  for (const { name, shape, classes } of data.prepared.fields.filter((field) => data.holds(field.name))) {
    const size = sampleSize(shape);
    const values = await data.read(name, part, positions);
    samples.forEach((sample, at) => {
      const own = Float32Array.from(values.subarray(at * size, (at + 1) * size));
      sample.fields.push({ name, shape: [...shape], values: own, classes });
    });
  }
  return samples;
}
