/** ONNX: the model with its weights inside, its list in text, and the script that evaluates it. */
import { isProblem } from '../../messages';
import type { Obstacle } from '../exportedModel';
import type { Exported, ExportRequest, ExportTarget } from '../exportTarget';
import { linesOf } from '../sourceFile';
import { describeModel } from './describeModel';
import { encodeModel } from './encodeModel';
import { graphOfProgram, type OnnxProgram } from './graphOfProgram';
import { writeEvaluation } from './writeEvaluation';

export const onnxTarget: ExportTarget = {
  target: 'onnx',
  title: 'ONNX',
  weights: { format: 'inside' },
  trains: false,
  commands: ['python -m pip install -r requirements.txt', 'python evaluate.py'],
  write: writeOnnx,
};

/** Versions that go together, for Python 3.10 to 3.13. */
const requirements = ['numpy==2.2.6', 'onnxruntime==1.23.2'];

function writeOnnx(request: ExportRequest): Exported {
  const written = graphOfProgram(request);
  if ('obstacles' in written) return written;
  const { model, weights, inputs, outputs } = written;
  const { program, source, preview = false } = request;
  const bytes = preview ? null : encodeModel(model);
  if (bytes && isProblem(bytes)) return { obstacles: [tooLarge(written, bytes.message)] };
  return {
    folder: {
      files: [
        { path: 'model.txt', lines: describeModel(model) },
        writeEvaluation({ program, inputs, outputs, source }),
        { path: 'requirements.txt', lines: linesOf(requirements) },
      ],
      ...(bytes ? { binaries: new Map([['model.onnx', bytes]]) } : {}),
      weights,
      constants: [],
      inputs,
      outputs,
      maker: 'model.onnx',
    },
  };
}

/** Named after the node with the most weights. */
function tooLarge({ model }: OnnxProgram, why: string): Obstacle {
  const sorted = [...model.initialisers].sort((a, b) => b.data.length - a.data.length);
  const { path = '', name = '' } = sorted[0]?.origin ?? {};
  return { path, name, why, instead: 'This node has the most weights; make it smaller.' };
}
