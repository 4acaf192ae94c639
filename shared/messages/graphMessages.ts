/** What can be wrong with the drawing as a graph: nodes, wires, blocks, parameters. */
import { errorMessage, warningMessage } from './define';
import { didYouMean } from './nearNames';

export const graphMessages = {
  unknownLayer: errorMessage(
    (a: { layer: string; near: string[] }) => `There is no layer "${a.layer}".${didYouMean(a.near)}`,
  ),
  unknownBlock: errorMessage(
    (a: { block: string; near: string[] }) => `The design has no block "${a.block}".${didYouMean(a.near)}`,
  ),
  duplicateId: errorMessage(
    (a: { id: string }) => `Two nodes have the id "${a.id}"; give one of them another id and mend its wires.`,
  ),
  recursiveBlocks: errorMessage(
    (a: { blocks: string }) => `A block cannot contain itself: ${a.blocks}. Remove one of these calls.`,
  ),
  portHasParams: warningMessage(
    (a: { params: string[] }) =>
      `In a block, Input and Output are its ports and take no parameters; ${a.params.join(', ')} has no effect.`,
  ),
  wireToNowhere: errorMessage(
    (a: { wire: string; missing: string }) =>
      `The wire ${a.wire} leads nowhere: there is no node "${a.missing}". Remove the wire or add the node.`,
  ),
  unknownOutputPort: errorMessage(
    (a: { wire: string; port: string; known: string }) =>
      `The wire ${a.wire} starts at the output "${a.port}", which this node does not have. Its outputs: ${a.known}.`,
  ),
  wireFromOutput: errorMessage(
    (a: { wire: string }) =>
      `The wire ${a.wire} starts at an Output, where values leave. Start it at the node that leads to the Output.`,
  ),
  unknownInputPort: errorMessage(
    (a: { wire: string; port: string; known: string }) =>
      `The wire ${a.wire} ends at the input "${a.port}", which this node does not have. Its inputs: ${a.known}.`,
  ),
  portTaken: errorMessage(
    (a: { wire: string; port: string }) =>
      `The input ${a.port} takes one wire; ${a.wire} is one too many. Remove it, or join the values by an Add or Concatenate.`,
  ),
  unconnectedInput: errorMessage(
    (a: { port: string }) => `Nothing is wired into its ${a.port}. Connect a value to it.`,
  ),
  tooFewInputs: errorMessage(
    (a: { port: string; needed: number; found: number }) =>
      `Expected at least ${a.needed} wires at ${a.port}, received ${a.found}. Connect more values to it.`,
  ),
  weightsOfUnknown: errorMessage(
    (a: { owner: string; near: string[] }) =>
      `It uses the weights of "${a.owner}", but there is no such node beside it.${didYouMean(a.near)}`,
  ),
  weightsOfCycle: errorMessage(
    (a: { nodes: string }) =>
      `These nodes use each other's weights in a circle: ${a.nodes}. One of them must own them.`,
  ),
  weightsOfOtherKind: errorMessage(
    (a: { owner: string; theirs: string; ours: string }) =>
      `It uses the weights of ${a.owner}, which is ${a.theirs}; expected ${a.ours}, the same as this node.`,
  ),
  weightsDiffer: errorMessage(
    (a: { owner: string; what: string; expected: string; received: string }) =>
      `It uses the weights of ${a.owner}, but its ${a.what} differs: expected ${a.expected}, received ${a.received}.`,
  ),
  cycle: errorMessage(
    (a: { nodes: string }) => `The wires run in a circle: ${a.nodes}. Remove one of them; values flow one way.`,
  ),
  unusedNode: warningMessage(
    (a: { before: number }) =>
      `Nothing uses the output of this node${a.before > 0 ? `, nor of the ${a.before} before it that only lead here` : ''}, so it is left out of training. Connect it to an Output, or remove it.`,
  ),
  invalidParam: errorMessage(
    (a: { param: string; expected: string; received: string }) =>
      `${a.param}: expected ${a.expected}, received ${a.received}.`,
  ),
  unknownParam: errorMessage(
    (a: { param: string; known: string[]; near?: string[] }) =>
      `There is no parameter "${a.param}" here; known are ${a.known.join(', ') || 'none'}.${didYouMean(a.near ?? [])}`,
  ),
  unknownEntry: errorMessage(
    (a: { param: string; kind: string; name: string; near: string[]; known: string[] }) =>
      `${a.param}: there is no ${a.kind} "${a.name}"; known are ${a.known.join(', ')}.${didYouMean(a.near)}`,
  ),
  invalidExpression: errorMessage(
    (a: { param: string; expression: string; detail: string }) =>
      `${a.param}: the expression ${a.expression} cannot be computed: ${a.detail}.`,
  ),
  repeatPorts: errorMessage(
    (a: { block: string; inputs: number; outputs: number }) =>
      `A block in a row passes its outputs on to the next, so "${a.block}" needs as many outputs as inputs, and at least one; it has ${a.inputs} inputs and ${a.outputs} outputs.`,
  ),
  tooManyLayers: errorMessage(
    (a: { most: number }) =>
      `The design comes to more than ${a.most} layers once its blocks are written out. Reduce the repeats.`,
  ),
};
