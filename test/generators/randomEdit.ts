/** Random edits of a design: sensible ones, and ones that speak of what is not there. */
import type { Edit } from '../../shared/design/edits';
import type { Design, DesignNode, Wire } from '../../shared/design/schema';
import type { Json } from '../../shared/messages/define';
import type { Choices } from './choices';

export function randomEdit(choices: Choices, design: Design): Edit {
  const scopes = ['main', ...Object.keys(design.blocks), 'nowhere'];
  const scope = choices.pick(scopes);
  const body = scope === 'main' ? design : design.blocks[scope];
  const nodes: readonly DesignNode[] = body?.nodes ?? [];
  const wires: readonly Wire[] = body?.wires ?? [];
  const node = nodes.length > 0 ? choices.pick(nodes) : null;
  const id = node && choices.chance(90) ? node.id : 'nobody';
  const at = choices.chance(50) ? choices.below(nodes.length + 2) : undefined;
  const fresh: DesignNode = { id: `new${choices.below(50)}`, layer: 'ReLU', params: { any: choices.below(9) } };
  const value = choices.pick<Json | undefined>([undefined, 3, 'sgd', null, { type: 'adam', beta1: 0.5 }]);
  const block = choices.pick(['block0', 'block1', 'other']);
  const edits: (() => Edit)[] = [
    () => ({ edit: 'addNode', in: scope, node: fresh, at }),
    () => ({ edit: 'removeNode', in: scope, id }),
    () => ({ edit: 'updateNode', in: scope, id, node: { ...(node ?? fresh), name: 'Renamed', params: {} } }),
    () => ({ edit: 'updateNode', in: scope, id, node: fresh }),
    () => ({ edit: 'addWire', in: scope, wire: { from: id, to: fresh.id }, at }),
    () => ({ edit: 'removeWire', in: scope, wire: wires.length > 0 ? choices.pick(wires) : { from: 'a', to: 'b' } }),
    () => ({ edit: 'setBlock', id: block, block: choices.pick([null, { params: {}, nodes: [fresh], wires: [] }]), at }),
    () => ({
      edit: 'setTraining',
      path: choices.pick(['epochs', 'optimizer', 'optimizer.learningRate', '']),
      value: value ?? {},
    }),
    () => ({ edit: 'setTraining', path: choices.pick(['epochs', 'optimizer.beta1', 'earlyStopping.patience']), value }),
    () => ({ edit: 'setData', path: choices.pick(['source', 'file', 'noise']), value }),
    () => ({ edit: 'setName', name: `name ${choices.below(5)}` }),
    () => ({ edit: 'setNotes', notes: `notes ${choices.below(5)}` }),
    () => ({ edit: 'setCanvasNotes', canvasNotes: [{ id: 'note', text: 'Look', position: [1, 2], size: [3, 4] }] }),
    () => ({ edit: 'compound', edits: [randomEdit(choices, design), randomEdit(choices, design)] }),
  ];
  return choices.pick(edits)();
}
