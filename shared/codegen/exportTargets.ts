/** The targets of export, by their name: one line a target. */
import type { Target } from '../ir/emit/emission';
import type { ExportTarget } from './exportTarget';
import { kerasTarget } from './keras/kerasTarget';
import { onnxTarget } from './onnx/onnxTarget';
import { pytorchTarget } from './pytorch/pytorchTarget';
import { tfjsTarget } from './tfjs/tfjsTarget';

export const exportTargets: Readonly<Record<Target, ExportTarget>> = {
  pytorch: pytorchTarget,
  keras: kerasTarget,
  tfjs: tfjsTarget,
  onnx: onnxTarget,
};
