/** What can stand against taking a design away as code. */
import { errorMessage } from './define';

export const exportMessages = {
  onnxTooLarge: errorMessage(
    (a: { bytes: number }) =>
      `The ONNX model would have ${gigabytes(a.bytes)}, and an ONNX file holds less than 2 GB. Make layers smaller, or export to PyTorch, Keras or tfjs.`,
  ),
};

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GB`;
}
