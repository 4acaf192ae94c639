/** The pages of `docs/layers` as text, made from the definitions alone: nothing about a layer is written twice. */
import type { WeightSpec } from '../shared/ir/initialiser';
import type { LayerDefinition, LayerExample, Port, Types } from '../shared/ir/layerDefinition';
import { defaultsOf } from '../shared/ir/params';
import { formatType } from '../shared/ir/tensorType';

/** File names and contents; `README.md` is the index. */
export function layerPages(layers: readonly LayerDefinition[]): Map<string, string> {
  const pages = layers.map((layer) => [`${layer.type}.md`, pageOf(layer)] as const);
  return new Map([['README.md', indexOf(layers)], ...pages]);
}

const generated = '<!-- Written by `npm run docs` from shared/layers; changes here are lost. -->';

function indexOf(layers: readonly LayerDefinition[]): string {
  const groups = [...new Set(layers.map(({ group }) => group))];
  const sections = groups.flatMap((group) => {
    const rows = layers.filter((layer) => layer.group === group);
    const title = `## ${group.charAt(0).toUpperCase()}${group.slice(1)}`;
    const lines = rows.map(({ type, summary }) => [`[${type}](${type}.md)`, plain(summary)]);
    return [title, table(['layer', 'what it does'], lines)];
  });
  return paragraphs([generated, '# Layers', ...sections]);
}

function pageOf(layer: LayerDefinition): string {
  const { type, title, group, summary, aliases } = layer;
  const found = aliases.length > 0 ? ` Also found as ${aliases.join(', ')}.` : '';
  return paragraphs([
    generated,
    `# ${type}`,
    `${title}. ${plain(summary)}`,
    `Group: ${group}.${found}`,
    '## Ports',
    portTable(layer),
    '## Parameters',
    paramTable(layer),
    '## Weights',
    weightTable(layer),
    '## Examples',
    'The contract test builds each of them, and compares its numbers and gradients with PyTorch.',
    exampleTable(layer),
  ]);
}

function portTable({ inputs, outputs }: LayerDefinition): string {
  const row = (direction: string, port: Port): string[] => {
    const number = port.many ? `any number, at least ${port.minimum ?? 1}` : port.minimum === 0 ? 'optional' : 'one';
    return [`\`${port.name}\``, direction, direction === 'input' ? number : '', plain(port.help ?? '')];
  };
  const rows = [...inputs.map((port) => row('input', port)), ...outputs.map((port) => row('output', port))];
  return table(['port', 'direction', 'wires', 'what it carries'], rows);
}

function paramTable({ params }: LayerDefinition): string {
  const rows = Object.entries(params).map(([name, param]) => [
    `\`${name}\``,
    plain(param.accepts),
    code(param.default),
    plain(param.help),
  ]);
  return rows.length === 0 ? 'None.' : table(['parameter', 'accepts', 'default', 'what it does'], rows);
}

/** Shapes depend on parameters and inputs, so they are shown for the example that has the most weights. */
function weightTable(layer: LayerDefinition): string {
  const candidates = layer.examples.map((example) => ({ example, specs: weightsOf(layer, example) }));
  const fullest = candidates.reduce((most, one) => (countOf(one.specs) > countOf(most.specs) ? one : most));
  const entries = Object.entries(fullest.specs);
  if (entries.length === 0) return 'None.';
  const rows = entries.map(([name, spec]) => [
    `\`${name}\``,
    spec.shape.join('×'),
    `${spec.initialiser.type}${spec.initialiser.value === undefined ? '' : ` ${spec.initialiser.value}`}`,
    spec.trainable ? 'yes' : 'no',
    spec.decayed ? 'yes' : 'no',
  ]);
  const header = ['weight', 'shape', 'first values', 'trained', 'decayed'];
  return `In the example "${plain(fullest.example.name)}":\n\n${table(header, rows)}`;
}

function weightsOf(layer: LayerDefinition, example: LayerExample): Record<string, WeightSpec> {
  const params: Record<string, unknown> = { ...defaultsOf(layer.params) };
  for (const [name, value] of Object.entries(example.params)) {
    const parsed = layer.params[name]?.parse(value);
    if (parsed && 'value' in parsed) params[name] = parsed.value;
  }
  return layer.weights(params, example.inputs);
}

function countOf(specs: Record<string, WeightSpec>): number {
  return Object.keys(specs).length;
}

function exampleTable({ examples }: LayerDefinition): string {
  const types = (of: Types): string => Object.values(of).map(formatType).join(', ');
  const rows = examples.map((example) => [
    plain(example.name),
    Object.keys(example.params).length === 0 ? 'defaults' : code(example.params),
    types(example.inputs),
    types(example.outputs),
    String(example.trainable),
    String(example.nonTrainable),
    String(example.macs ?? 0),
  ]);
  return table(['example', 'parameters', 'inputs', 'outputs', 'trainable', 'non-trainable', 'MACs'], rows);
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value).replace(/\|/g, '\\|')}\``;
}

/** Text as it is: what Markdown would take for a mark is escaped. */
function plain(text: string): string {
  return text.replace(/([*_|<])/g, '\\$1');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function paragraphs(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
