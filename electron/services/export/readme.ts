/** The README of an exported folder: what it is, from what it was made, how to run it. */
import type { ExportFolder, ExportTarget } from '../../../shared/codegen/exportTarget';
import type { CheckedProgram } from '../../../shared/ir/program';
import { formatType, type Dim } from '../../../shared/ir/tensorType';
import type { DataArray } from './exportData';
import type { ValuesOrigin } from './exportValues';

export interface ReadmeFacts {
  program: CheckedProgram;
  target: ExportTarget;
  model: ExportFolder;
  source: { file: string; hash: string };
  origin: ValuesOrigin['origin'];
  /** What the script reads; `included` false: too large to lie beside it. */
  data: { arrays: readonly DataArray[]; included: boolean; title: string; attribution: string; licence: string } | null;
  version: string;
}

export function readmeText(facts: ReadmeFacts): string {
  const { program, target, model, source, version } = facts;
  const ports = (list: ExportFolder['inputs']): string =>
    list
      .map(({ name, type, layout }) => {
        // As the model takes it: PyTorch and ONNX have the channels of images first.
        const dims = layout.axes.map((axis) => type.dims[axis] as Dim);
        return `\`${name}\` ${plain(formatType({ ...type, dims }))}`;
      })
      .join(', ');
  const sections = [
    [
      `# ${plain(program.name)}: ${target.title}`,
      '',
      `Made by Netloom ${version} from \`${plain(source.file)}\``,
      `(SHA-256 \`${source.hash}\`). It needs nothing of Netloom to run.`,
      '',
      `From ${ports(model.inputs)} to ${ports(model.outputs)}; ${program.totals.trainable.toLocaleString('en-US')} trainable`,
      `parameters. ${originText(facts.origin)}`,
    ],
    ['## Run', '', '```', ...target.commands, '```'],
    ['## Files', '', '| file | holds |', '| --- | --- |', ...fileRows(facts)],
    ...(facts.data ? [dataSection(facts.data)] : []),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function originText(origin: ValuesOrigin['origin']): string {
  if (origin.kind === 'first')
    return `The weights are first values, drawn with seed ${origin.seed}: it is not trained yet.`;
  return `The weights are those of the run \`${origin.run}\`${origin.checkpoint === 'best' ? ', of its best epoch' : ', of its last checkpoint'}.`;
}

const known: Readonly<Record<string, string>> = {
  'model.py': 'the network',
  'weights.py': 'what fills the network from weights.npz',
  'model.ts': 'the network',
  'layers.ts': 'layers that the library lacks',
  'model.onnx': 'the network with its weights',
  'model.txt': 'what is in model.onnx, to be read',
  'train.py': 'data, loss, optimizer, schedule, metrics; training and evaluation',
  'train.ts': 'data, loss, optimizer, schedule, metrics; training and evaluation',
  'evaluate.py': 'loss and metrics on the test data',
  'requirements.txt': 'the packages, pinned',
  'package.json': 'the packages, pinned',
};

function fileRows({ target, model, data }: ReadmeFacts): string[] {
  const rows = [...model.files.map(({ path }) => path), ...(model.binaries?.keys() ?? [])].map((path) => [
    path,
    known[path] ?? 'part of the code',
  ]);
  const { weights } = target;
  if (weights.format !== 'inside') rows.push([weights.file, 'weights and statistics']);
  if (weights.format === 'tfjs') rows.push([weights.values, 'their values']);
  if (data?.included) rows.push(['data/*.npy', 'the samples, a file a part and field']);
  rows.push(['netloom.json', 'the design it came from, and a hash of every file']);
  return rows.map(([path, what]) => `| \`${path}\` | ${what} |`);
}

function dataSection({ arrays, included, title, attribution, licence }: NonNullable<ReadmeFacts['data']>): string[] {
  const said = `${plain(title)}. ${plain(attribution)} Licence: ${plain(licence)}.`;
  if (included) return ['## Data', '', said];
  const rows = arrays.map(({ path, shape, dtype }) => `| \`${path}\` | [${shape.join(', ')}] | ${dtype} |`);
  return [
    '## Data',
    '',
    said,
    '',
    'The samples are too large to lie beside the code. Put them there as NumPy arrays (`numpy.save`), images with their',
    'channels last:',
    '',
    '| file | shape | type |',
    '| --- | --- | --- |',
    ...rows,
  ];
}

/** A name of the user's in Markdown: one line in which nothing has a meaning. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\\`*_[\]<>#|]/g, (mark) => `\\${mark}`)
    .trim();
}
