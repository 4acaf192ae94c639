/** Drawings for the tests of this folder, written shortly: "a:Conv2D b:ReLU" and "a>b". */
import { readFileSync, readdirSync } from 'node:fs';
import { applyEdit, type Edit } from '../../../../shared/design/edits';
import { parseDesign } from '../../../../shared/design/parseDesign';
import { emptyDesign, type Design, type DesignNode } from '../../../../shared/design/schema';
import { compile } from '../../../../shared/compile';
import { library } from '../../../../shared/library';
import type { LayerRows } from '../../../../renderer/state/drawing/outputTypes';

export function drawing(nodes: string, wires = '', params: Record<string, DesignNode['params']> = {}): Design {
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
  return {
    ...emptyDesign('drawing'),
    nodes: words(nodes).map((word, at): DesignNode => {
      const [id = '', layer = ''] = word.split(':');
      return { id, layer, params: params[id] ?? {}, position: [at * 240, 0] };
    }),
    wires: words(wires).map((word) => {
      const [from = '', to = ''] = word.split('>');
      return { from: from.replace('.', ':'), to: to.replace('.', ':') };
    }),
  };
}

export function rowsOf(design: Design): LayerRows {
  return new Map(compile(design, library).layers.map((row) => [row.id, row]));
}

export function after(design: Design, edit: Edit): Design {
  return applyEdit(design, edit).design;
}

export function wiresText({ wires }: Design): string {
  return wires.map(({ from, to }) => `${from}>${to}`).join(' ');
}

/** Every sample that comes with the program. */
export function sampleDesigns(): { name: string; design: Design }[] {
  const folder = new URL('../../../../assets/designs/', import.meta.url);
  return readdirSync(folder).map((name) => {
    const parsed = parseDesign(readFileSync(new URL(name, folder), 'utf8'), name);
    if (!('design' in parsed)) throw new Error(`${name} is no design`);
    return { name, design: parsed.design };
  });
}
