/** How PyTorch holds what each node gives, and the way back to the drawing's order of axes. */
import { placeFunction, type PlacedFunction } from '../../../../shared/codegen/layouts';
import type { Layout } from '../../../../shared/ir/emit/emission';
import { permute, reorder, undoSteps, type Values } from '../../../../shared/ir/emit/transform';
import { passPath } from '../../../../shared/ir/passPath';
import type { CheckedProgram, FunctionInstance } from '../../../../shared/ir/program';

/** By the key of the value (`path:port`, as in `flatten`). */
export function valueLayouts({ main }: CheckedProgram): Map<string, Layout> {
  const placed = new Map<string, PlacedFunction>();
  const layouts = new Map<string, Layout>();
  const visit = (instance: FunctionInstance, prefix: string): void => {
    const own = placed.get(instance.key) ?? placeFunction(instance, 'channelsFirst');
    placed.set(instance.key, own);
    for (const { node, outputs } of own.nodes) {
      if (node.kind === 'layer') {
        for (const [port, layout] of Object.entries(outputs)) layouts.set(`${prefix}${node.id}:${port}`, layout);
      } else {
        const { id, repeated, iterations } = node;
        iterations.forEach((iteration, index) => visit(iteration, prefix + passPath(id, repeated, index)));
      }
    }
  };
  visit(main, '');
  return layouts;
}

/** As drawn, from what PyTorch gave. */
export function asDrawn({ axes, order }: Layout, theirs: Values): Values {
  return undoSteps([permute(axes), ...reorder(axes.indexOf(axes.length - 1), order)], theirs);
}
