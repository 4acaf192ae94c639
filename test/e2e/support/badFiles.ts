/** Files that are no design, or a design with a fault, as users meet them; and what the window must say of each. */
import { join } from 'node:path';
import { ownFile, ownFolder } from './stage';

interface Design {
  netloom: number;
  name: string;
  nodes: { id: string; layer: string; params?: Record<string, unknown> }[];
  wires: { from: string; to: string }[];
  data: Record<string, unknown>;
}

function design(change: (design: Design) => void = () => undefined): string {
  const made: Design = {
    netloom: 1,
    name: 'Story',
    nodes: [
      { id: 'point', layer: 'Input', params: { shape: [2], field: 'point' } },
      { id: 'hidden', layer: 'Dense', params: { units: 8 } },
      { id: 'logit', layer: 'Dense', params: { units: 1 } },
      { id: 'output', layer: 'Output', params: { loss: { type: 'binaryCrossEntropy' }, target: 'label' } },
    ],
    wires: [
      { from: 'point', to: 'hidden' },
      { from: 'hidden', to: 'logit' },
      { from: 'logit', to: 'output' },
    ],
    data: { source: 'xor' },
  };
  change(made);
  return JSON.stringify(made, null, 1);
}

/** A design that is as it should be, changed as the story wants it. */
export function designFile(folder: string, name: string, change?: (design: Design) => void): string {
  return ownFile(join(folder, `${name}.netloom`), design(change));
}

/** Cannot be drawn at all: refused with these words; what is open stays open. */
export const refusedFiles: Record<string, { content: string | Buffer; says: RegExp }> = {
  'cut off': { content: design().slice(0, 200), says: /is not JSON: line \d+, column \d+.*mend that place/ },
  'wrong bracket': {
    content: design().replace('"wires": [', '"wires": ('),
    says: /is not JSON: line \d+, column \d+: unexpected "\(" .*mend that place/,
  },
  empty: { content: '', says: /is not JSON: it is empty/ },
  'other json': { content: '[1, 2, 3]', says: /line 1, column 1: expected a design/ },
  'from the future': {
    content: design((made) => (made.netloom = 99)),
    says: /has format version 99; this Netloom reads version 1.*Update Netloom/,
  },
  picture: {
    content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
    says: /is not JSON: line 1, column 1/,
  },
  table: { content: 'length,width,kind\n1,2,a\n', says: /is not JSON/ },
  'deep nesting': { content: '['.repeat(200_000), says: /nested too deeply/ },
  'hostile keys': {
    content: design().replace('"name"', '"__proto__": {"polluted": true}, "name"'),
    says: /the name "__proto__" is not allowed/,
  },
};

/** Can be drawn, and is: with these words in the list of problems. */
export const faultyDesigns: Record<string, { change: (design: Design) => void; says: RegExp }> = {
  'unknown layer': {
    change: ({ nodes }) => Object.assign(nodes[1] ?? {}, { layer: 'Dens' }),
    says: /There is no layer "Dens"\. Did you mean Dense\?/,
  },
  cycle: {
    change({ nodes, wires }) {
      nodes.push({ id: 'sum', layer: 'Add' });
      wires.splice(0, 1, { from: 'point', to: 'sum:input0' }, { from: 'hidden', to: 'sum:input1' });
      wires.push({ from: 'sum', to: 'hidden' });
    },
    says: /run in a circle/,
  },
  'wire to nowhere': {
    change: ({ wires }) => void wires.push({ from: 'hidden', to: 'gone' }),
    says: /The wire hidden → gone leads nowhere: there is no node "gone"/,
  },
  'size of zero': {
    change: ({ nodes }) => Object.assign(nodes[1] ?? {}, { params: { units: 0 } }),
    says: /at least 1, received 0/,
  },
  'beyond memory': {
    change: ({ nodes }) => Object.assign(nodes[1] ?? {}, { params: { units: 2_000_000_000 } }),
    says: /2\^31/,
  },
};

export function writeRefused(folder: string, name: string): string {
  return ownFile(join(ownFolder(folder), `${name}.netloom`), refusedFiles[name]?.content ?? '');
}
