/** The door through which a data set enters the library. */
import type { DataSetDefinition } from '../ir/dataSetDefinition';
import type { ParamSchema } from '../ir/params';

export function defineDataSet<Schema extends ParamSchema>(definition: DataSetDefinition<Schema>): DataSetDefinition {
  // The registry cannot name each schema; `resolveData` guarantees that what reaches a definition fits its own.
  return definition as unknown as DataSetDefinition;
}
