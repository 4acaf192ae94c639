/** The exported folder of a program, without its weights. */
import type { ExportFolder } from '../../../../shared/codegen/exportTarget';
import { kerasTarget } from '../../../../shared/codegen/keras/kerasTarget';
import type { CheckedProgram } from '../../../../shared/ir/program';

export function kerasFolder(program: CheckedProgram): ExportFolder {
  const source = { file: 'design.netloom', hash: '0'.repeat(64) };
  const written = kerasTarget.write({ program, source, values: noValues, opset: 18, version: '0' });
  if ('obstacles' in written) throw new Error(JSON.stringify(written.obstacles));
  return written.folder;
}

function noValues(): never {
  throw new Error('Keras keeps its weights in a file of their own');
}
