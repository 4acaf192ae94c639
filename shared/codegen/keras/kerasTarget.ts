/** Keras 3: the model of a program in `keras.Sequential` or functional form, with the training script beside it. */
import type { CheckedProgram } from '../../ir/program';
import type { Exported, ExportRequest, ExportTarget } from '../exportTarget';
import type { ExportedModel, ExportedPort, Obstacle } from '../exportedModel';
import { canonical } from '../layouts';
import { listWeights } from './listWeights';
import { planModule, type PlannedModule } from './planModule';
import { linesOf } from '../sourceFile';
import { weightsFile } from './weightsFile';
import { writeModel } from './writeModel';
import { writeKerasTrain } from './writeKerasTrain';

export const kerasTarget: ExportTarget = {
  target: 'keras',
  title: 'Keras',
  weights: { format: 'npz', file: 'weights.npz' },
  trains: true,
  commands: ['python -m pip install -r requirements.txt', 'python train.py'],
  write: writeKeras,
};

/** Versions that go together, for Python 3.10 to 3.13; Keras takes TensorFlow where nothing else is said. */
const requirements = ['keras==3.12.4', 'numpy==2.2.6', 'tensorflow==2.21.0'];

function writeKeras({ program }: Pick<ExportRequest, 'program'>): Exported {
  const model = writeKerasModel(program);
  if ('obstacles' in model) return model;
  const script = writeKerasTrain(program, model);
  if ('obstacles' in script) return script;
  const packages = { path: 'requirements.txt', lines: linesOf(requirements) };
  return { folder: { ...model, files: [...model.files, script, packages] } };
}

export function writeKerasModel(program: CheckedProgram): ExportedModel | { obstacles: readonly Obstacle[] } {
  const planned = planModule(program);
  if ('obstacles' in planned) return planned;
  const { module } = planned;
  return {
    files: [writeModel(module, program.name), weightsFile],
    weights: listWeights(module.main),
    constants: [],
    inputs: ports(module, 'Input'),
    outputs: ports(module, 'Output'),
    maker: 'make_model',
  };
}

function ports({ main }: PlannedModule, layer: 'Input' | 'Output'): ExportedPort[] {
  return main.nodes.flatMap(({ node, name }) => {
    if (node.kind !== 'layer' || node.definition.type !== layer) return [];
    const type = node.outputTypes.output!;
    return [{ path: node.id, name: name.identifier, type, layout: canonical(type) }];
  });
}
