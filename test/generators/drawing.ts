/** Short notation for the designs of tests: `drawing(['image: Input', { shape: [8, 8, 1] }], ...)`. */
import { designSchema, type Design } from '../../shared/design/schema';
import type { Json } from '../../shared/messages/define';

type Params = Record<string, Json>;
export type Line = string | [node: string, params: Params];

/** "id: Layer" or "id: @block" or "id: @block * 3"; wires are "from > to". */
export function bodyOf(lines: readonly Line[]): { nodes: unknown[]; wires: unknown[] } {
  const nodes: unknown[] = [];
  const wires: unknown[] = [];
  for (const line of lines) {
    const [text, params = {}] = typeof line === 'string' ? [line] : line;
    if (text.includes('>')) {
      const ends = text.split('>').map((end) => end.trim());
      for (let at = 1; at < ends.length; at++) wires.push({ from: ends[at - 1], to: ends[at] });
      continue;
    }
    const [id = '', kind = ''] = text.split(/:\s*/);
    const [block = '', times] = kind.replace('@', '').split(/\s*\*\s*/);
    const call = { block, ...(times === undefined ? {} : { times: /^\d+$/.test(times) ? Number(times) : times }) };
    const { weightsOf, ...rest } = params;
    const shared = weightsOf === undefined ? {} : { weightsOf };
    nodes.push({ id, ...(kind.startsWith('@') ? call : { layer: kind }), params: rest, ...shared });
  }
  return { nodes, wires };
}

export function drawing(lines: readonly Line[], more: Record<string, unknown> = {}): Design {
  return designSchema.parse({ netloom: 1, ...bodyOf(lines), ...more });
}
