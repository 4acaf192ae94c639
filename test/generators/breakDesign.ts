/** Takes a design that is right and damages it in one way that compile must find. */
import type { Design, DesignNode, Wire } from '../../shared/design/schema';
import type { Json } from '../../shared/messages/define';
import type { Choices } from './choices';

export interface BrokenDesign {
  design: Design;
  /** What was done, for the report of a failing test. */
  damage: string;
}

const junk: readonly Json[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e300,
  '',
  'x',
  '=',
  '=nobody',
  '=1/0',
  '=(((',
  '={}',
  [],
  [[]],
  {},
  { type: 'x' },
  { type: 3 },
  [1, 'a', null],
  { constructor: { prototype: 1 } },
  'constructor',
  'toString',
];

export function breakDesign(choices: Choices, design: Design): BrokenDesign {
  const scope = choices.pick(['main', 'main', ...Object.keys(design.blocks)]);
  const body = scope === 'main' ? design : design.blocks[scope];
  const { nodes, wires } = body ?? design;
  const change = (damage: string, changed: { nodes?: DesignNode[]; wires?: Wire[] }): BrokenDesign => {
    if (scope === 'main') return { damage, design: { ...design, ...changed } };
    const block = { params: {}, nodes, wires, ...design.blocks[scope], ...changed };
    return { damage: `in ${scope}: ${damage}`, design: { ...design, blocks: { ...design.blocks, [scope]: block } } };
  };
  const node = choices.pick(nodes);
  const other = choices.pick(nodes);
  const replaced = (changed: Partial<DesignNode>): DesignNode[] =>
    nodes.map((one) => (one === node ? ({ ...one, ...changed } as DesignNode) : one));
  const value = choices.pick(junk);
  const params = [
    ...Object.keys(node.params),
    'units',
    'filters',
    'kernelSize',
    'loss',
    'metrics',
    'constructor',
    'nonsense',
  ];
  const param = choices.pick(params);
  const damages: (() => BrokenDesign)[] = [
    () =>
      change(`${node.id}.${param} = ${JSON.stringify(value)}`, {
        nodes: replaced({ params: { ...node.params, [param]: value } }),
      }),
    () => change(`cut a wire`, { wires: wires.filter((wire) => wire !== choices.pick(wires)) }),
    () => change(`${node.id} removed`, { nodes: nodes.filter((one) => one !== node) }),
    () => change(`wire ${node.id} to ${other.id}`, { wires: [...wires, { from: node.id, to: other.id }] }),
    () => change('wire to nowhere', { wires: [...wires, { from: node.id, to: 'nowhere:constructor' }] }),
    () =>
      change('wire from a port that is not there', {
        wires: [...wires, { from: `${node.id}:toString`, to: other.id }],
      }),
    () =>
      change(`${node.id} unknown`, {
        nodes: replaced(
          node.block === undefined ? { layer: choices.pick(['Dens', 'constructor']) } : { block: 'constructor' },
        ),
      }),
    () => change(`${node.id} twice`, { nodes: [...nodes, node] }),
    () => change(`${node.id} shares`, { nodes: replaced({ weightsOf: choices.pick([other.id, 'nobody', node.id]) }) }),
    () =>
      change(`${node.id} repeated`, {
        nodes: replaced(node.block === undefined ? { layer: 'Output' } : { times: value }),
      }),
    () =>
      change('a block in itself', {
        nodes: [...nodes, { id: 'again', block: scope === 'main' ? 'missing' : scope, params: {} }],
      }),
    () => ({
      damage: 'training',
      design: { ...design, training: { [choices.pick(['optimizer', 'epochs', 'x', 'monitor'])]: value } },
    }),
    () => ({
      damage: 'data',
      design: { ...design, data: { source: choices.pick(['digits', 'xor', 'constructor']), file: value } },
    }),
  ];
  return choices.pick(damages)();
}
