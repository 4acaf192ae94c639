/** Writes a design as text that diffs well: entries in a fixed order, one node, wire or setting a line. */
import type { Block, Design, DesignNode } from './schema';

/** `parseDesign` of this text gives an equal design. What is empty or a default of the format is left out. */
export function serialiseDesign(design: Design): string {
  const { netloom, name, notes, nodes, wires, blocks, canvasNotes, training, data } = design;
  const entries: [string, string | null][] = [
    ['netloom', inline(netloom)],
    ['name', inline(name)],
    ['notes', notes === '' ? null : inline(notes)],
    ['nodes', list(nodes.map(orderedNode), 1)],
    [
      'wires',
      list(
        wires.map(({ from, to }) => ({ from, to })),
        1,
      ),
    ],
    ['blocks', blocksText(blocks)],
    [
      'canvasNotes',
      canvasNotes.length === 0
        ? null
        : list(
            canvasNotes.map(({ id, text, position, size }) => ({ id, text, position, size })),
            1,
          ),
    ],
    [
      'training',
      object(
        Object.entries(training).map(([key, value]) => [key, value === undefined ? null : inline(value)]),
        1,
      ),
    ],
    ['data', data ? inline(data) : null],
  ];
  return `${object(entries, 0) ?? '{}'}\n`;
}

/** Keys in the order in which people read a node. */
function orderedNode(node: DesignNode): Record<string, unknown> {
  const { id, layer, block, times, name, params, weightsOf, note, position } = node;
  const shown = Object.keys(params).length > 0 ? params : undefined;
  return { id, layer, block, times, name, params: shown, weightsOf, note, position };
}

function blocksText(blocks: Readonly<Record<string, Block>>): string | null {
  const entries = Object.entries(blocks).map(([id, block]): [string, string | null] => {
    const { title, params, nodes, wires } = block;
    const inner: [string, string | null][] = [
      ['title', title === undefined ? null : inline(title)],
      ['params', Object.keys(params).length > 0 ? inline(params) : null],
      ['nodes', list(nodes.map(orderedNode), 3)],
      [
        'wires',
        list(
          wires.map(({ from, to }) => ({ from, to })),
          3,
        ),
      ],
    ];
    return [id, object(inner, 2)];
  });
  return object(entries, 1);
}

/** One entry a line; null where there is none. */
function object(entries: readonly (readonly [string, string | null])[], depth: number): string | null {
  const lines = entries.flatMap(([key, text]) => (text === null ? [] : [`${JSON.stringify(key)}: ${text}`]));
  return lines.length === 0 ? null : wrap('{', lines, '}', depth);
}

function list(items: readonly unknown[], depth: number): string {
  return items.length === 0 ? '[]' : wrap('[', items.map(inline), ']', depth);
}

function wrap(open: string, lines: readonly string[], close: string, depth: number): string {
  const indent = '  '.repeat(depth);
  return `${open}\n${lines.map((line) => `${indent}  ${line}`).join(',\n')}\n${indent}${close}`;
}

/** JSON on one line, with spaces where people put them. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined);
    const parts = entries.map(([key, part]) => `${JSON.stringify(key)}: ${inline(part)}`);
    return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
  }
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}
