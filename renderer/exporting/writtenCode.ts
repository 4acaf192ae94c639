/** A drawing as code for one target, as text alone. */
import { exportTargets } from '../../shared/codegen/exportTargets';
import type { ExportRequest } from '../../shared/codegen/exportTarget';
import type { Obstacle } from '../../shared/codegen/exportedModel';
import type { SourceFile } from '../../shared/codegen/sourceFile';
import type { Target } from '../../shared/ir/emit/emission';
import { flatten } from '../../shared/ir/flatten';

export type Written = { files: readonly SourceFile[] } | { obstacles: readonly Obstacle[] };

/** Without values: what is shown is text, and weights would only cost time. */
const noValues = new Float32Array(0);

export type Wanted = Pick<ExportRequest, 'program' | 'source' | 'opset' | 'version'>;

export function writtenCode(target: Target, wanted: Wanted): Written {
  const shapes = new Map(
    flatten(wanted.program).flatMap(({ group, layer }) =>
      Object.entries(layer.weights).map(([name, { shape }]) => [`${group}/${name}`, shape] as const),
    ),
  );
  const values: ExportRequest['values'] = (group, name) => ({
    shape: shapes.get(`${group}/${name}`) ?? [],
    data: noValues,
  });
  const found = exportTargets[target].write({ ...wanted, values, preview: true });
  return 'folder' in found ? { files: found.folder.files } : found;
}
