/** Whatever is done on the canvas, in whatever order, the drawing stays one, and undo leads back to the start. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../shared/compile';
import type { Edit } from '../../../../shared/design/edits';
import { splitEndpoint } from '../../../../shared/design/endpoints';
import { designSchema, type Design } from '../../../../shared/design/schema';
import { library } from '../../../../shared/library';
import { isProblem } from '../../../../shared/messages';
import { copiedText, duplicateEdit, pasteAt } from '../../../../renderer/state/drawing/clipboardEdits';
import { drawingPorts, resolveWires } from '../../../../renderer/state/drawing/drawingPorts';
import { layeredPositions } from '../../../../renderer/state/drawing/layeredPositions';
import {
  compound,
  moveEdit,
  removeAndReconnectEdit,
  removeEdit,
  renameEdit,
} from '../../../../renderer/state/drawing/nodeEdits';
import {
  addLayerAt,
  appendLayer,
  breakEdit,
  connectEdit,
  insertInWire,
  threadEdits,
} from '../../../../renderer/state/drawing/wireEdits';
import { createWireJudge } from '../../../../renderer/state/drawing/wireJudge';
import { createDocumentStore } from '../../../../renderer/state/documentStore';
import { examples } from '../../../drivers/examples';
import { rowsOf, sampleDesigns } from './drawings';

const types = library.layers.list.map(({ type }) => type);
const any = fc.nat(1000);
const operation = fc.record({
  kind: fc.constantFrom(
    'add',
    'append',
    'insert',
    'connect',
    'connect',
    'remove',
    'reconnect',
    'duplicate',
    'paste',
    'move',
    'rename',
    'break',
    'thread',
    'arrange',
  ),
  a: any,
  b: any,
  layer: fc.constantFrom(...types),
});
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

const nothing: Edit = { edit: 'compound', edits: [] };

function editOf(design: Design, { kind, a, b, layer }: Operation): Edit {
  const nodes = design.nodes;
  const first = nodes[a % Math.max(1, nodes.length)]?.id ?? '';
  const second = nodes[b % Math.max(1, nodes.length)]?.id ?? '';
  const wires = resolveWires(design);
  const wire = wires[a % Math.max(1, wires.length)];
  const some = new Set([first, second]);
  switch (kind) {
    case 'add':
      return addLayerAt(design, layer, [a, b]).edit;
    case 'append':
      return appendLayer(design, layer, first, [a, b]).edit;
    case 'insert':
      return (wire && insertInWire(design, wire, layer)?.edit) ?? nothing;
    case 'connect': {
      const verdict = createWireJudge(design, rowsOf(design)).judge(
        { node: first, port: null },
        { node: second, port: null },
      );
      return verdict.fits ? connectEdit(design, verdict.wire, [verdict.replaces]) : nothing;
    }
    case 'remove':
      return removeEdit(design, new Set([first]), new Set(wire ? [wire.id] : []));
    case 'reconnect':
      return removeAndReconnectEdit(design, rowsOf(design), some, new Set(wire ? [wire.id] : []));
    case 'duplicate': {
      const copies = duplicateEdit(design, some, [20, 20]);
      return isProblem(copies) ? nothing : copies.edit;
    }
    case 'paste': {
      const pasted = pasteAt(design, copiedText(design, some), [a, b]);
      return isProblem(pasted) ? nothing : pasted.edit;
    }
    case 'move':
      return moveEdit(design, new Map([[first, [a / 3, b / 7]]]));
    case 'rename':
      return renameEdit(design, first, layer) ?? nothing;
    case 'break':
      return breakEdit(design, first, null, 'both');
    case 'thread': {
      const loose = nodes.find(
        ({ id, layer: type }) => type === 'ReLU' && !wires.some(({ from, to }) => from === id || to === id),
      );
      return wire && loose ? compound(threadEdits(design, wire.wire, loose.id)) : nothing;
    }
    case 'arrange':
      return moveEdit(design, layeredPositions(design));
  }
}

/** What must hold of every drawing that came about by the canvas alone. */
function faults(design: Design): string[] {
  const ids = design.nodes.map(({ id }) => id);
  const found = new Set(ids).size === ids.length ? [] : ['two nodes have one id'];
  const parsed = designSchema.safeParse(JSON.parse(JSON.stringify(design)));
  if (!parsed.success) found.push(parsed.error.message);
  for (const { from, to } of design.wires) {
    const source = design.nodes.find(({ id }) => id === splitEndpoint(from)[0]);
    const target = design.nodes.find(({ id }) => id === splitEndpoint(to)[0]);
    if (!source || !target) found.push(`${from} > ${to} leads nowhere`);
    else if (drawingPorts(source, {}).outputs.length === 0 || drawingPorts(target, {}).inputs.length === 0)
      found.push(`${from} > ${to} hangs on no port`);
  }
  const graphFaults = ['cycle', 'portTaken', 'wireToNowhere', 'unknownInputPort', 'unknownOutputPort', 'duplicateId'];
  const said = compile(design, library).diagnostics.filter(({ code }) => graphFaults.includes(code));
  return [...found, ...said.map(({ message }) => message)];
}

const samples = sampleDesigns().filter(({ name }) => /cnn|resnet|attention/.test(name));

describe('what is done on the canvas', () => {
  it('keeps the drawing whole, and is undone step by step', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(operation, { maxLength: 25 }), ({ design }, operations) => {
        const store = createDocumentStore();
        const opened = { key: 'k', design: {}, file: null, origin: 'sample' as const, unsaved: false, recovered: null };
        store.getState().load(opened, design);
        for (const one of operations) {
          store.getState().edit(one.kind, editOf(store.getState().design, one));
          expect(faults(store.getState().design), one.kind).toEqual([]);
        }
        const end = store.getState().design;
        const steps = store.getState().past.length;
        for (let step = 0; step < steps; step++) store.getState().undo();
        expect(store.getState().design).toEqual(design);
        for (let step = 0; step < steps; step++) store.getState().redo();
        expect(store.getState().design).toEqual(end);
      }),
      { numRuns: examples(60) },
    );
  });
});
