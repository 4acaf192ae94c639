/** PyTorch: the module, the script that trains it, and the packages that both need. */
import type { Exported, ExportRequest, ExportTarget } from '../exportTarget';
import { linesOf } from '../sourceFile';
import { writePytorchModel } from './writePytorchModel';
import { writePytorchTrain } from './writePytorchTrain';

export const pytorchTarget: ExportTarget = {
  target: 'pytorch',
  title: 'PyTorch',
  weights: { format: 'safetensors', file: 'weights.safetensors' },
  trains: true,
  commands: ['python -m pip install -r requirements.txt', 'python train.py'],
  write: writePytorch,
};

/** Versions that go together, for Python 3.10 to 3.13. */
const requirements = ['numpy==2.2.6', 'safetensors==0.8.0', 'torch==2.14.1'];

function writePytorch({ program }: ExportRequest): Exported {
  const model = writePytorchModel(program);
  if ('obstacles' in model) return model;
  const script = writePytorchTrain(program, model);
  if ('obstacles' in script) return script;
  const packages = { path: 'requirements.txt', lines: linesOf(requirements) };
  return { folder: { ...model, files: [...model.files, script, packages] } };
}
