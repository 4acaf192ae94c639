/** What is known of a data set without preparing it: fields, shapes, classes and counts, for checking a design. */
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';
import type { DataConfig } from '../../../shared/training/config';
import { FileProblem } from '../../files/fileProblem';
import type { DataPlaces } from './dataSource';
import { locateData, sourceContext } from './locateData';
import type { PrepareOptions } from './locateData';
import { infoOf, readDescription } from './openData';

/** Null where only preparation tells (a user's file not prepared yet). Throws `FileProblem` for a wrong configuration. */
export async function dataInfo(
  config: DataConfig,
  places: DataPlaces,
  options: PrepareOptions = {},
): Promise<DataInfo | null> {
  const { context, source } = sourceContext(config, places, options);
  const known = context.definition.info(context.params);
  if (known) return known;
  const { folder } = await locateData(context, source);
  try {
    return infoOf(readDescription(folder, context.files));
  } catch (error) {
    if (error instanceof FileProblem && ['damaged', 'not-found'].includes(error.code)) return null;
    throw error;
  }
}
