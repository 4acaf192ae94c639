/** The drawing as code, for every target: written anew for another program, at most once for each. */
import { exportTargets } from '../../shared/codegen/exportTargets';
import type { Obstacle } from '../../shared/codegen/exportedModel';
import type { SourceFile } from '../../shared/codegen/sourceFile';
import type { Target } from '../../shared/ir/emit/emission';
import { flatten } from '../../shared/ir/flatten';
import type { CheckedProgram } from '../../shared/ir/program';

export type Written = { files: readonly SourceFile[] } | { obstacles: readonly Obstacle[] };

/** Without values: what is shown is text, and weights would only cost time. */
const noValues = new Float32Array(0);

const written = new WeakMap<CheckedProgram, Map<Target, Written>>();

export function writtenCode(program: CheckedProgram, target: Target, file: string, version: string): Written {
  const known = written.get(program) ?? new Map<Target, Written>();
  written.set(program, known);
  const before = known.get(target);
  if (before) return before;
  const shapes = new Map(
    flatten(program).flatMap(({ group, layer }) =>
      Object.entries(layer.weights).map(([name, { shape }]) => [`${group}/${name}`, shape] as const),
    ),
  );
  const found = exportTargets[target].write({
    program,
    source: { file, hash: '' },
    values: (group, name) => ({ shape: shapes.get(`${group}/${name}`) ?? [], data: noValues }),
    preview: true,
    opset: 18,
    version,
  });
  const result: Written = 'folder' in found ? { files: found.folder.files } : found;
  known.set(target, result);
  return result;
}
