/** `netloom data list | fetch | show`: the data sets there are, what they hold, and what they take on the disk. */
import { describeData, listData, type DataDescription, type DataListing } from '../../services/data/describeData';
import { prepareData } from '../../services/data/prepareData';
import { parts } from '../../../shared/ir/dataSetDefinition';
import type { DataConfig } from '../../../shared/training/config';
import { readSetting } from '../../services/designs/applySettings';
import type { Context } from '../context';
import { liveArea } from '../display/liveArea';
import { formatBytes, formatCount, formatShort } from '../display/numbers';
import { table, wrap } from '../display/table';
import { dataLine } from '../display/dataLine';
import { exitCode, type ExitCode } from '../exitCode';
import { printJson } from '../report';

export interface DataFlags {
  json?: boolean;
  set: string[];
}

export function dataList(flags: { json?: boolean }, context: Context): ExitCode {
  const { home, terminal, style } = context;
  const sets = listData(home);
  if (flags.json) {
    printJson({ dataSets: sets }, context);
    return exitCode.done;
  }
  const columns = [
    { title: 'data set' },
    { title: 'what it is', shrinks: true },
    { title: 'source' },
    { title: 'on disk', align: 'right' as const },
  ];
  const [titles = '', ...lines] = table(columns, sets.map(listRow), terminal.columns());
  terminal.write(`${[style.faint(titles), ...lines].join('\n')}\n`);
  return exitCode.done;
}

function listRow({ type, title, origin, downloadBytes, prepared }: DataListing): string[] {
  const bytes = prepared.reduce((sum, one) => sum + one.bytes, 0);
  const from = { bundled: 'bundled', generated: 'computed', file: 'your file', download: 'download' }[origin];
  const size = downloadBytes === null ? '' : `, ${formatBytes(downloadBytes)}`;
  return [type, title, from + size, bytes > 0 ? formatBytes(bytes) : '–'];
}

/** Downloads where that is needed, and prepares; afterwards training starts without the network. */
export async function dataFetch(source: string, flags: DataFlags, context: Context): Promise<ExitCode> {
  const { terminal, prepare, places, onInterrupt } = context;
  const area = liveArea(terminal);
  const abort = new AbortController();
  const release = onInterrupt(() => abort.abort());
  try {
    const onProgress = flags.json
      ? undefined
      : (progress: Parameters<typeof dataLine>[0]): void => area.draw([dataLine(progress)]);
    const { folder, hash, notes } = await prepareData(configOf(source, flags), places, {
      spawn: prepare,
      onProgress,
      signal: abort.signal,
    });
    if (flags.json) printJson({ source, folder, hash, notes }, context);
    else area.print([...notes, `${source} is ready in ${folder}`]);
    return exitCode.done;
  } finally {
    area.close();
    release();
  }
}

export async function dataShow(source: string, flags: DataFlags, context: Context): Promise<ExitCode> {
  const description = await describeData(configOf(source, flags), context.places);
  if (flags.json) printJson(description, context);
  else context.terminal.write(`${showLines(description, context).join('\n')}\n`);
  return exitCode.done;
}

function configOf(source: string, { set }: DataFlags): DataConfig {
  const settings = set.map(readSetting).map(({ path, value }) => [path.replace(/^data\./, ''), value] as const);
  return { source, ...Object.fromEntries(settings) };
}

function showLines(data: DataDescription, { terminal, style }: Context): string[] {
  const width = terminal.columns();
  const place = data.prepared
    ? wrap(`on disk, ${formatBytes(data.prepared.bytes)}: ${data.prepared.folder}`, width, '  ')
    : wrap(`not prepared yet: npx netloom data fetch ${data.type}`, width, '  ');
  const counts = data.info
    ? [parts.map((part) => `${formatCount(data.info?.counts[part] ?? 0)} ${part}`).join(' · ')]
    : [];
  return [
    style.bold(`${data.type}: ${data.title}`),
    ...wrap(data.summary, width),
    ...wrap(`${data.attribution} Licence: ${data.licence}.`, width),
    ...place,
    ...counts,
    '',
    ...data.fields.flatMap((field) => fieldLines(field, width, style.faint)),
  ];
}

type Field = DataDescription['fields'][number];

/** Name, shape and range of a field; where it holds classes, how many samples each has in each part. */
function fieldLines(
  { name, shape, dtype, classes, parts: known }: Field,
  width: number,
  faint: (text: string) => string,
): string[] {
  const range = known?.train.range;
  const values = range ? `, ${formatShort(range[0])} to ${formatShort(range[1])}` : '';
  const head = `${name}: ${[...shape].join('×') || 'one number'} ${dtype}${values}`;
  if (!classes || !known) return [head];
  const rows = classes.map((label, index) => {
    return [label, ...parts.map((part) => formatCount(known[part].classCounts?.[index] ?? 0))];
  });
  const columns = [{ title: 'class', shrinks: true }, ...parts.map((title) => ({ title, align: 'right' as const }))];
  const [titles = '', ...lines] = table(columns, rows, width);
  return [head, faint(titles), ...lines];
}
