/** The exported folder of a program, without its weights. */
import type { ExportFolder } from '../../../../shared/codegen/exportTarget';
import { pytorchTarget } from '../../../../shared/codegen/pytorch/pytorchTarget';
import type { CheckedProgram } from '../../../../shared/ir/program';

export function pytorchFolder(program: CheckedProgram): ExportFolder {
  const source = { file: 'design.netloom', hash: '0'.repeat(64) };
  const written = pytorchTarget.write({ program, source, values: noValues, opset: 18, version: '0' });
  if ('obstacles' in written) throw new Error(JSON.stringify(written.obstacles));
  return written.folder;
}

function noValues(): never {
  throw new Error('PyTorch keeps its weights in a file of their own');
}
