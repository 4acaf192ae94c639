/** The targets of export, by their name: one line a target. */
import type { Target } from '../ir/emit/emission';
import type { ExportTarget } from './exportTarget';
import { pytorchTarget } from './pytorch/pytorchTarget';
import { onnxTarget } from './onnx/writeOnnx';
import { tfjsTarget } from './tfjs/tfjsTarget';

export const exportTargets: Partial<Record<Target, ExportTarget>> = {
  pytorch: pytorchTarget,
  onnx: onnxTarget,
  tfjs: tfjsTarget,
};
