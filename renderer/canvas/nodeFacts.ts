/** What a node's face says that was compiled, as primitives: a face renders only when what it shows has changed. */
import { library } from '../../shared/library';
import type { DesignNode } from '../../shared/design/schema';
import { outputType, parametersOf } from '../state/drawing/outputTypes';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { countText, faceText, shapeText } from './faceText';
import { strings } from './strings';

/** The type of the first output; empty where it is not known. */
export function useShapeText({ id }: DesignNode): string {
  const { document } = useStudio();
  const words = useStrings(strings);
  return useStudioState('derived', ({ layers }) => {
    const outputs = layers.get(id)?.outputs;
    const type = (outputs && Object.values(outputs)[0]) ?? outputType(document.getState().design, layers, id, null);
    return type ? shapeText(type, words) : '';
  });
}

/** Empty where there are none. */
export function useCountText({ id }: DesignNode): string {
  return useStudioState('derived', ({ layers }) => {
    const count = parametersOf(layers, id);
    return count === 0 ? '' : countText(count);
  });
}

/** The name of the layer or block. */
export function useKindText(node: DesignNode): string {
  const words = useStrings(strings);
  const title = useStudioState('document', ({ design }) =>
    node.block === undefined ? null : design.blocks[node.block]?.title,
  );
  if (node.layer !== undefined) return library.layers.get(node.layer) ? node.layer : words.unknownLayer(node.layer);
  return title ?? node.block;
}

export function useParamsText(node: DesignNode): string {
  const words = useStrings(strings);
  if (node.layer !== undefined) return faceText(node, library.layers.get(node.layer)?.params ?? {}, words);
  return Object.entries(node.params)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' · ');
}
