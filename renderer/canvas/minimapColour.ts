/** The colour of a node on the small map: that of its category. */
import { library } from '../../shared/library';
import { categoryColour } from '../ui/CategoryGlyph';
import type { FlowNode } from './flowGraph';

export function minimapColour({ data: { node } }: FlowNode): string {
  return categoryColour(node.layer === undefined ? 'block' : (library.layers.get(node.layer)?.group ?? 'block'));
}
