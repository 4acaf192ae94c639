/** The drawing surface: the graph library, told what the stores hold and asked for nothing but gestures. */
import { Background, BackgroundVariant, ReactFlow, SelectionMode, type ReactFlowProps } from '@xyflow/react';
import { useEffect, useMemo, useState, type MouseEvent, type ReactNode } from 'react';
import type { Design } from '../../shared/design/schema';
import { breakEdit } from '../state/drawing/wireEdits';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { useCanvasState, useCanvasStore } from './canvasState';
import { DraftLine } from './DraftLine';
import { createFlowGraph, type FlowNode, type FlowWire } from './flowGraph';
import { LayerNode } from './LayerNode';
import { SmallMap } from './SmallMap';
import { strings } from './strings';
import { farthestZoom } from './useCanvasCommands';
import { useNodeDrag } from './useNodeDrag';
import { useWireDraft } from './useWireDraft';
import { Wire } from './Wire';

// Other objects at every render would make the library mount everything anew.
const nodeTypes = { layer: LayerNode };
const edgeTypes = { wire: Wire };
const centred: [number, number] = [0.5, 0.5];
const grid: [number, number] = [8, 8];
const addKeys = ['Control', 'Meta', 'Shift'];
const zoomKeys = ['Control', 'Meta'];
const middleButton = [1];
const noAttribution = { hideAttribution: true };
const snapRadius = 36;

type FlowProps = ReactFlowProps<FlowNode, FlowWire>;

export function FlowSurface(): ReactNode {
  const words = useStrings(strings);
  const canvas = useCanvasStore();
  const [graph] = useState(createFlowGraph);
  const design = useStudioState('document', (state) => state.design);
  const selection = useStudioState('view', (state) => state.selection);
  const selectedWires = useStudioState('view', (state) => state.selectedWires);
  const settings = useStudioState('settings', (state) => state.settings);
  const moved = useCanvasState((state) => state.moved);
  const nodes = useMemo(() => graph.nodesOf(design, selection, moved), [graph, design, selection, moved]);
  const { wires, obstacles } = useMemo(() => graph.wiresOf(design, selectedWires), [graph, design, selectedWires]);
  useEffect(() => canvas.setState({ obstacles }), [canvas, obstacles]);
  useStandingSelection(design, wires);
  const scrolls = settings.wheel === 'scroll';
  return (
    <ReactFlow<FlowNode, FlowWire>
      nodes={nodes}
      edges={wires}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      nodeOrigin={centred}
      {...useNodeDrag()}
      {...useWireDraft()}
      {...usePointing()}
      connectionLineComponent={DraftLine}
      connectionRadius={snapRadius}
      reconnectRadius={12}
      edgesReconnectable
      connectOnClick={false}
      onlyRenderVisibleElements
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={addKeys}
      selectionOnDrag
      selectionMode={SelectionMode.Partial}
      panOnDrag={middleButton}
      panActivationKeyCode="Space"
      panOnScroll={scrolls}
      zoomOnScroll={!scrolls}
      zoomActivationKeyCode={zoomKeys}
      zoomOnDoubleClick={false}
      minZoom={farthestZoom}
      maxZoom={3}
      nodeDragThreshold={3}
      snapToGrid={settings.snapToGrid}
      snapGrid={grid}
      nodesFocusable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      elevateNodesOnSelect={false}
      proOptions={noAttribution}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--canvas-dots)" />
      {settings.minimap && nodes.length > 0 && <SmallMap design={design} label={words.minimap} />}
    </ReactFlow>
  );
}

/** What undo or another hand took away is not selected any more. */
function useStandingSelection({ nodes }: Pick<Design, 'nodes'>, wires: readonly FlowWire[]): void {
  const { view } = useStudio();
  useEffect(() => {
    const { selection, selectedWires, select } = view.getState();
    if (selection.size + selectedWires.size === 0) return;
    const standing = new Set([...nodes, ...wires].map(({ id }) => id));
    const kept = [selection, selectedWires].map((ids) => [...ids].filter((id) => standing.has(id)));
    const [ids = [], wireIds = []] = kept;
    if (ids.length < selection.size || wireIds.length < selectedWires.size) select(ids, wireIds);
  }, [view, nodes, wires]);
}

/** Clicks that are no drags: select a wire, break wires with Alt, say what a block is, ask for a layer on empty canvas. */
function usePointing(): Pick<
  FlowProps,
  | 'onNodeClick'
  | 'onEdgesChange'
  | 'onEdgeClick'
  | 'onPaneClick'
  | 'onNodeDoubleClick'
  | 'onNodeMouseEnter'
  | 'onNodeMouseLeave'
> {
  const { document, view } = useStudio();
  const canvas = useCanvasStore();
  const words = useStrings(strings);
  return useMemo(
    () => ({
      onNodeClick: (event: MouseEvent) => {
        const port = event.altKey ? (event.target as Element).closest<HTMLElement>('[data-port]') : null;
        const [node, name] = (port?.dataset['port'] ?? '').split(':');
        if (!port || node === undefined || name === undefined) return;
        const side = port.classList.contains('target') ? 'in' : 'out';
        document.getState().edit(words.breakWires, breakEdit(document.getState().design, node, name, side));
      },
      // Which wires are selected follows from clicks and boxes alone.
      onEdgesChange: () => undefined,
      onEdgeClick: (event: MouseEvent, wire: FlowWire) => {
        if (event.altKey && wire.data)
          document.getState().edit(words.removeWire, { edit: 'removeWire', in: 'main', wire: wire.data.wire });
        else if (event.ctrlKey || event.metaKey || event.shiftKey) {
          const { selection, selectedWires } = view.getState();
          const wires = new Set(selectedWires);
          if (!wires.delete(wire.id)) wires.add(wire.id);
          view.getState().select(selection, wires);
        } else view.getState().select([], [wire.id]);
      },
      onPaneClick: () => view.getState().select([]),
      onNodeDoubleClick: (_event: MouseEvent, { data: { node } }: FlowNode) => {
        if (node.block === undefined) return canvas.setState({ renaming: node.id });
        view.getState().notify({ kind: 'info', text: words.blockNotice(node.name ?? node.id) });
      },
      onNodeMouseEnter: (_event: MouseEvent, { id }: FlowNode) => view.getState().set({ hoveredLayer: id }),
      onNodeMouseLeave: () => view.getState().set({ hoveredLayer: null }),
    }),
    [document, view, canvas, words],
  );
}
