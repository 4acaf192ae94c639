/** Keras 3: the model of a program in `keras.Sequential` or functional form, with the training script beside it. */
import type { CheckedProgram } from '../../ir/program';
import type { ExportedModel, ExportedPort, Obstacle } from '../exportedModel';
import { canonical } from '../layouts';
import { listWeights } from './listWeights';
import { planModule, type PlannedModule } from './planModule';
import { writeModel } from './writeModel';

export function writeKeras(program: CheckedProgram): { model: ExportedModel } | { obstacles: readonly Obstacle[] } {
  const planned = planModule(program);
  if ('obstacles' in planned) return planned;
  const { module } = planned;
  const model: ExportedModel = {
    files: [writeModel(module, program.name)],
    weights: listWeights(module.main),
    constants: [],
    inputs: ports(module, 'Input'),
    outputs: ports(module, 'Output'),
    maker: 'make_model',
  };
  return { model };
}

function ports({ main }: PlannedModule, layer: 'Input' | 'Output'): ExportedPort[] {
  return main.nodes.flatMap(({ node, name }) => {
    if (node.kind !== 'layer' || node.definition.type !== layer) return [];
    const type = node.outputTypes.output!;
    return [{ path: node.id, name: name.identifier, type, layout: canonical(type) }];
  });
}
