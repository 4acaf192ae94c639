/** A drawing as code for every target, as text alone. */
import { exportTargets } from '../../shared/codegen/exportTargets';
import type { ExportRequest } from '../../shared/codegen/exportTarget';
import type { Obstacle } from '../../shared/codegen/exportedModel';
import type { SourceFile } from '../../shared/codegen/sourceFile';
import { targets, type Target } from '../../shared/ir/emit/emission';
import { flatten } from '../../shared/ir/flatten';
import type { CheckedProgram } from '../../shared/ir/program';

export type Written = { files: readonly SourceFile[] } | { obstacles: readonly Obstacle[] };

/** Without values: what is shown is text, and weights would only cost time. */
const noValues = new Float32Array(0);

export function writtenCode(
  program: CheckedProgram,
  { source, version }: Pick<ExportRequest, 'source' | 'version'>,
): Record<Target, Written> {
  const shapes = new Map(
    flatten(program).flatMap(({ group, layer }) =>
      Object.entries(layer.weights).map(([name, { shape }]) => [`${group}/${name}`, shape] as const),
    ),
  );
  const values: ExportRequest['values'] = (group, name) => ({
    shape: shapes.get(`${group}/${name}`) ?? [],
    data: noValues,
  });
  const each = targets.map((target) => {
    const found = exportTargets[target].write({ program, source, values, preview: true, opset: 18, version });
    return [target, 'folder' in found ? { files: found.folder.files } : found] as const;
  });
  return Object.fromEntries(each) as Record<Target, Written>;
}
