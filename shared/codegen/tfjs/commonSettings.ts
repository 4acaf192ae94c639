/** Settings that many layers of a TensorFlow.js function have in common stand once, before its layers, as by hand. */
import { text, type Call, type Hole, type Name } from '../../ir/emit/code';
import type { CodeEmission } from '../../ir/emit/emission';
import type { LayerInstance } from '../../ir/program';
import { flatWidth, printStatement } from '../printCode';
import { linesOf, type SourceLine } from '../sourceFile';
import { typescript } from '../typescript';
import type { ModelFunction } from './modelParts';

/** A layer, its settings by how they are written, and its width. */
interface Layer {
  readonly node: LayerInstance;
  readonly call: Call;
  readonly maker: string;
  readonly settings: ReadonlyMap<string, readonly [string, Hole]>;
  readonly width: number;
}

/** How many lines a layer takes, by its width and the number of its settings. */
export type LineCount = (node: LayerInstance, width: number, settings: number) => number;

/** Names are reckoned with as long as they mostly are: code has the same shape whatever they are. */
export const typicalName = 'a'.repeat(7);

/** More kinds of a layer than this are not compared with each other: drawings have a handful. */
const mostKinds = 24;

/** The function with shorter layers, and the lines that stand before them: as long as lines are saved. */
export function withCommonSettings(
  own: ModelFunction,
  lineCount: LineCount,
): { own: ModelFunction; lines: SourceLine[] } {
  const emissions = new Map(own.emissions);
  const lines: SourceLine[] = [];
  const left = new Set(own.instance.nodes.flatMap((node) => layerOf(own, node as LayerInstance)));
  for (;;) {
    const best = mostSaving([...left], lineCount);
    if (!best) return { own: { ...own, emissions }, lines };
    const name = own.scope.allocate(wordsFor(best.members[0] as Layer, best.keys), 'settings');
    lines.push(...declaration(name, best));
    for (const layer of best.members) {
      const emission = emissions.get(layer.node.id) as CodeEmission;
      emissions.set(layer.node.id, { ...emission, member: shortened(layer, best.keys, name) });
      left.delete(layer);
    }
  }
}

/** Nothing for what is no layer of the library, and for uses of another's: the owner is written. */
function layerOf({ emissions }: ModelFunction, node: LayerInstance): Layer[] {
  if (node.kind !== 'layer' || node.weightsOf !== null || node.definition.inputs.length === 0) return [];
  const call = emissions.get(node.id)?.member;
  if (typeof call !== 'object' || call?.kind !== 'call' || call.positional.length > 0) return [];
  const maker = written(call.callee);
  if (!maker.startsWith('tf.layers.')) return [];
  const named: Call = { ...call, keywords: [...call.keywords, ['name', text(typicalName)]] };
  const settings = new Map(call.keywords.filter(([, value]) => isPlain(value)).map((one) => [settingOf(one), one]));
  return [{ node, call, maker, settings, width: flatWidth(typescript, named) }];
}

/** Lists could be changed by who is handed them, and would be typed as unchangeable: they stay where they are. */
function isPlain(value: Hole): boolean {
  return value === null || typeof value !== 'object' || value.kind === 'text';
}

function settingOf([name, value]: readonly [string, Hole]): string {
  return `${name}: ${written(value)}`;
}

function written(hole: Hole): string {
  return printStatement(typescript, hole).join('\n');
}

interface Common {
  readonly keys: readonly string[];
  readonly members: readonly Layer[];
  readonly saved: number;
}

/** What two layers of a kind have in common, and every other that has all of it; null where nothing saves lines. */
function mostSaving(layers: readonly Layer[], lineCount: LineCount): Common | null {
  const kinds = new Map<string, Layer[]>();
  for (const layer of layers) {
    const kind = [layer.maker, ...layer.settings.keys()].join('\n');
    kinds.set(kind, [...(kinds.get(kind) ?? []), layer]);
  }
  const compared = [...kinds.values()].sort((a, b) => b.length - a.length).slice(0, mostKinds);
  const found = compared.flatMap(([one], at) =>
    compared.slice(at).flatMap(([other]) => common(one as Layer, other as Layer, compared.flat(), lineCount)),
  );
  return found.reduce<Common | null>((best, each) => (best && best.saved >= each.saved ? best : each), null);
}

function common(one: Layer, other: Layer, layers: readonly Layer[], lineCount: LineCount): Common[] {
  if (one.maker !== other.maker) return [];
  const keys = [...one.settings.keys()].filter((key) => other.settings.has(key));
  const members = layers.filter(({ maker, settings }) => maker === one.maker && keys.every((key) => settings.has(key)));
  if (keys.length === 0 || members.length < 2) return [];
  const name = wordsFor(one, keys).replace(' ', '');
  const gone = keys.reduce((sum, key) => sum + key.length + ', '.length, 0) - `...${name}, `.length;
  const lines = members.map(({ node, call, width }) => {
    const count = call.keywords.length + 1;
    return lineCount(node, width, count) - lineCount(node, width - gone, count - keys.length + 1);
  });
  const saved = lines.reduce((sum, count) => sum + count, 0) - declarationLines(name, keys).length;
  return saved > 0 ? [{ keys, members, saved }] : [];
}

function declaration({ identifier }: Name, { keys, members }: Common): SourceLine[] {
  return linesOf(
    declarationLines(identifier, keys),
    members.map(({ node }) => node.id),
  );
}

function declarationLines(name: string, keys: readonly string[]): string[] {
  const whole = `  const ${name} = { ${keys.join(', ')} } as const;`;
  if (whole.length <= typescript.width) return [whole];
  return [`  const ${name} = {`, ...keys.map((key) => `    ${key},`), '  } as const;'];
}

function shortened({ call }: Layer, keys: readonly string[], name: Name): Call {
  const rest = call.keywords.filter((one) => !keys.includes(settingOf(one)));
  return { ...call, keywords: [['...', name], ...rest] };
}

/** "conv3x3", or else "dense settings". */
function wordsFor({ maker }: Layer, keys: readonly string[]): string {
  const kind = maker.replace('tf.layers.', '').replace(/2d$/, '');
  const size = keys.map((key) => /^kernelSize: (\d+)$/.exec(key)?.[1]).find((found) => found !== undefined);
  return size === undefined ? `${kind} settings` : `${kind}${size}x${size}`;
}
