/** The colour of a node on the small map: that of its category. */
import type { DesignNode } from '../../shared/design/schema';
import { library } from '../../shared/library';
import { categoryColour } from '../ui/CategoryGlyph';

export function minimapColour(node: DesignNode): string {
  return categoryColour(node.layer === undefined ? 'block' : (library.layers.get(node.layer)?.group ?? 'block'));
}
