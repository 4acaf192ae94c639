/** Part of `lower`: the wire that somebody surely forgot, where only one value waits to be used. */
import type { Repair } from '../messages/define';
import { splitEndpoint } from '../design/endpoints';
import type { Connections } from './connectWires';
import type { PortList } from './ports';

export function suggestWire(
  node: string,
  port: string,
  ports: ReadonlyMap<string, PortList | null>,
  connections: Connections,
): Repair[] {
  const loose: string[] = [];
  const taken = connections.taken();
  for (const [source, list] of ports)
    for (const output of list?.outputs ?? [])
      if (source !== node && !taken.has(`${source}:${output}`)) loose.push(`${source}:${output}`);
  const [from] = loose;
  if (from === undefined || loose.length > 1) return [];
  const [source] = splitEndpoint(from);
  if (dependsOn(source, node, connections)) return [];
  return [{ title: `Connect ${source} here`, actions: [{ action: 'addWire', from, to: `${node}:${port}` }] }];
}

function dependsOn(node: string, target: string, connections: Connections): boolean {
  const seen = new Set<string>();
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === target) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    for (const ref of Object.values(connections.inputs.get(next) ?? {})) open.push(ref.node);
  }
  return false;
}
