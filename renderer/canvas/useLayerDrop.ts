/** A layer dragged here from the palette: it comes to where it is let go, or into the wire under the pointer. */
import { useReactFlow } from '@xyflow/react';
import type { DragEvent } from 'react';
import { library } from '../../shared/library';
import { canStandInWire } from '../state/drawing/wireEdits';
import { useStudio } from '../state/StudioContext';
import { addAt, insertAt } from './addLayer';
import { useCanvasStore } from './canvasState';
import { wireUnder } from './wireUnder';

/** What the palette puts into the drag: the type of the layer. */
const format = 'application/x-netloom-layer';

interface LayerDrop {
  onDragOver: (event: DragEvent) => void;
  onDragLeave: () => void;
  onDrop: (event: DragEvent) => void;
}

export function useLayerDrop(): LayerDrop {
  const studio = useStudio();
  const canvas = useCanvasStore();
  const { screenToFlowPosition } = useReactFlow();
  return {
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes(format)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      const dropWire = wireUnder([event.clientX, event.clientY]);
      if (dropWire !== canvas.getState().dropWire) canvas.setState({ dropWire });
    },
    onDragLeave: () => canvas.setState({ dropWire: null }),
    onDrop: (event) => {
      const type = event.dataTransfer.getData(format);
      if (!library.layers.get(type)) return;
      event.preventDefault();
      event.stopPropagation();
      const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const { dropWire } = canvas.getState();
      canvas.setState({ dropWire: null });
      const { blocks } = studio.document.getState().design;
      const fits = canStandInWire({ id: 'new', layer: type, params: {} }, blocks);
      if (dropWire !== null && fits) insertAt(studio, type, dropWire, [x, y]);
      else addAt(studio, type, [x, y]);
      studio.view.getState().canvas?.focus();
    },
  };
}
