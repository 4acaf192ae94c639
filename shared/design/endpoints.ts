/** How the ends of wires are written, and which wire comes first at a port that takes many. */
import type { Wire } from './schema';

export function splitEndpoint(text: string): [node: string, port: string | null] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** The number in "input3" of the port "input"; null for the bare name or another port. */
export function portNumber(port: string, name: string | null): number | null {
  const digits = name?.startsWith(port) ? name.slice(port.length) : '';
  return /^(0|[1-9]\d{0,5})$/.test(digits) ? Number(digits) : null;
}

export interface Numbered<Item> {
  item: Item;
  index: number;
}

/**
 * Numbers what reaches a port that takes many: those that ask for a number get it, the others follow in their order.
 * Two that ask for the same number both keep it.
 */
export function numberPorts<Item>(items: readonly Item[], wanted: (item: Item) => number | null): Numbered<Item>[] {
  const fixed = items.flatMap((item) => {
    const index = wanted(item);
    return index === null ? [] : [{ item, index }];
  });
  let next = fixed.reduce((most, { index }) => Math.max(most, index + 1), 0);
  const following = items.filter((item) => wanted(item) === null).map((item) => ({ item, index: next++ }));
  return fixed.length === 0 ? following : [...fixed, ...following].sort((a, b) => a.index - b.index);
}

/** The wire of the list that feeds `port` of `node`, where `port` is a name as diagnostics use it ("input", "input1"). */
export function findWireInto(wires: readonly Wire[], node: string, port: string): Wire | null {
  const into = wires.filter((wire) => splitEndpoint(wire.to)[0] === node);
  const exact = into.find((wire) => splitEndpoint(wire.to)[1] === port);
  const base = /^(.*?)(0|[1-9]\d*)$/.exec(port);
  if (!base) return exact ?? into.find((wire) => splitEndpoint(wire.to)[1] === null) ?? null;
  const [, name = '', digits = ''] = base;
  const many = into.filter((wire) => {
    const given = splitEndpoint(wire.to)[1];
    return given === null || given === name || portNumber(name, given) !== null;
  });
  const numbered = numberPorts(many, (wire) => portNumber(name, splitEndpoint(wire.to)[1]));
  // Numbers are closed up: "input1" is the second wire, whatever number the file gives it.
  return numbered[Number(digits)]?.item ?? exact ?? null;
}
