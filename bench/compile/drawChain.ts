/** A drawing of any length for the bench: dense layers of different sizes, activations, and a skip around every tenth. */
import { emptyDesign, type Design, type DesignNode, type Wire } from '../../shared/design/schema';

/** `layers` nodes besides Input and Output. Two in three inferences are like no other. */
export function drawChain(layers: number): Design {
  const nodes: DesignNode[] = [{ id: 'image', layer: 'Input', params: { shape: [16] } }];
  const wires: Wire[] = [];
  let before = 'image';
  for (let at = 0; at < layers; at++) {
    const id = `n${at}`;
    const layer = layerAt(at);
    nodes.push({ id, layer, params: layer === 'Dense' ? { units: unitsAt(at) } : {}, position: [at * 10, 0] });
    wires.push({ from: before, to: id });
    // The ReLU before the last Dense, which has the same size.
    if (layer === 'Add') wires.push({ from: `n${at - 2}`, to: id });
    before = id;
  }
  nodes.push({ id: 'out', layer: 'Output', params: {} });
  wires.push({ from: before, to: 'out' });
  return { ...emptyDesign('chain'), nodes, wires };
}

function layerAt(at: number): 'Dense' | 'ReLU' | 'Add' {
  if (at % 10 === 9) return 'Add';
  return at % 2 === 0 ? 'Dense' : 'ReLU';
}

/** Wide layers with a size that no other has, between narrow ones, so that the weights stay small. */
function unitsAt(at: number): number {
  return at % 10 === 0 || at % 10 === 4 ? 4 + at : 3;
}
