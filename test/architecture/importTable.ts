/** Who may import whom. The world is closed: a file that no row matches, and an import that its row lacks, are errors. */
import type { Import, Source } from './sources';

export interface Row {
  /** The files it speaks of: a folder, or one file without extension. The longest match counts. */
  files: string;
  /** Folders or files of the project. Its own folder is always allowed. */
  may: readonly string[];
  packages?: readonly string[];
  /** Packages of which only types may be imported. */
  types?: readonly string[];
}

const node = ['node:*'];
const registries = ['layers', 'losses', 'metrics', 'optimizers', 'schedules', 'datasets'].map(
  (name) => `shared/${name}`,
);
const messages = ['shared/messages'];
const tensors = ['@tensorflow/tfjs-core'];
const window = ['shared', 'renderer/state', 'renderer/i18n', 'renderer/ui'];
const react = ['react', 'react-dom', 'lucide-react', 'radix-ui'];

export const importTable: readonly Row[] = [
  { files: 'shared/messages', may: [] },
  { files: 'shared/ir', may: [...messages], types: tensors },
  { files: 'shared/training', may: [...messages], packages: ['zod'] },
  { files: 'shared/design', may: ['shared/training', ...messages], packages: ['zod'] },
  ...registries.map((files) => ({ files, may: ['shared/ir', ...messages], types: tensors })),
  { files: 'shared/passes', may: ['shared/design', 'shared/training', 'shared/ir', ...registries, ...messages] },
  {
    files: 'shared/codegen',
    may: ['shared/design', 'shared/ir', ...registries, ...messages],
    packages: ['prettier/doc'],
  },
  { files: 'shared/compile', may: ['shared/passes', 'shared/design', 'shared/ir', ...messages] },
  { files: 'shared/library', may: ['shared/ir', ...registries] },
  { files: 'shared/ipc', may: ['shared/design', 'shared/training', ...messages], packages: ['zod'] },
  {
    files: 'shared/codegen/onnx',
    may: ['shared/codegen', 'shared/ir', ...registries, ...messages],
    packages: ['@bufbuild/protobuf'],
  },
  { files: 'electron/files', may: ['shared'], packages: [...node, 'papaparse', 'zod'] },
  { files: 'electron/services', may: ['electron/files', 'shared'], packages: [...node, 'zod'] },
  {
    files: 'electron/services/export/tfjs',
    may: ['electron/services/export', 'electron/files', 'shared'],
    packages: node,
    types: ['@tensorflow/tfjs'],
  },
  { files: 'electron/trainer', may: ['electron/services', 'electron/files', 'shared'], packages: [...node, 'zod'] },
  {
    files: 'electron/trainer/engines',
    may: ['electron/services', 'electron/files', 'shared'],
    packages: [...node, ...tensors, '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-cpu'],
  },
  {
    files: 'electron/trainer/engines/pytorch',
    may: ['electron/trainer/engines', 'electron/services', 'electron/files', 'shared'],
    packages: [...node, 'zod'],
  },
  {
    files: 'electron/cli',
    may: ['electron/services', 'electron/files', 'shared'],
    packages: [...node, 'commander', 'string-width'],
  },
  {
    files: 'electron/main',
    may: ['electron/services', 'electron/files', 'shared'],
    packages: [...node, 'electron', 'zod'],
  },
  { files: 'electron/preload', may: ['electron/main/runtime', 'shared/ipc'], packages: ['electron'] },
  { files: 'renderer/i18n', may: ['shared'] },
  { files: 'renderer/ui', may: [], packages: react },
  {
    files: 'renderer/ui/plot',
    may: ['shared', 'renderer/ui'],
    packages: ['react', 'lucide-react', 'plotly.js-cartesian-dist-min'],
  },
  { files: 'renderer/state', may: ['shared', 'renderer/i18n'], packages: ['react', 'zustand'] },
  { files: 'renderer/actions', may: ['shared', 'renderer/state', 'renderer/i18n'] },
  {
    files: 'renderer/canvas',
    may: [...window, 'renderer/actions'],
    packages: [...react, '@xyflow/react', 'elkjs', 'cmdk', 'zustand'],
  },
  ...['palette', 'inspector', 'problems', 'training', 'compare', 'engines'].map((feature) => ({
    files: `renderer/${feature}`,
    may: [...window, 'renderer/actions'],
    packages: [...react, '@tanstack/react-virtual'],
  })),
  {
    files: 'renderer/exporting',
    may: [...window, 'renderer/actions'],
    packages: [...react, '@codemirror', '@lezer/highlight'],
  },
  {
    files: 'renderer/app',
    may: [
      ...window,
      ...['actions', 'canvas', 'palette', 'inspector', 'problems', 'training', 'compare', 'exporting', 'engines'].map(
        (folder) => `renderer/${folder}`,
      ),
    ],
    packages: [...react, 'cmdk', '@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono'],
  },
];

/** True where `path` is the file or folder `place`, or lies below it. `shared/messages` is the file and the folder. */
function liesIn(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

export function rowOf(path: string, table: readonly Row[] = importTable): Row | null {
  const bare = path.replace(/\.tsx?$/, '');
  const matching = table.filter((row) => liesIn(bare, row.files));
  return matching.sort((a, b) => b.files.length - a.files.length)[0] ?? null;
}

function allowed(row: Row, { target, typeOnly }: Import): boolean {
  const matches = (name: string): boolean =>
    name.endsWith(':*') ? target.startsWith(name.slice(0, -1)) : target === name || target.startsWith(`${name}/`);
  if ((row.packages ?? []).some(matches)) return true;
  if (typeOnly && (row.types ?? []).some(matches)) return true;
  return [row.files, ...row.may].some((place) => liesIn(target, place));
}

/** Every breach, as a sentence. */
export function breaches(sources: readonly Source[], table: readonly Row[] = importTable): string[] {
  return sources.flatMap((source) => {
    const row = rowOf(source.path, table);
    if (!row) return [`${source.path} is matched by no row of the import table`];
    const bad = source.imports.filter((found) => !allowed(row, found));
    return bad.map(({ target }) => `${source.path} may not import ${target} (row ${row.files})`);
  });
}

/** Import cycles among the sources (types count too), each as the list of files it runs through. */
export function cycles(sources: readonly Source[]): string[][] {
  const byName = new Map(sources.map((source) => [source.path.replace(/\.tsx?$/, ''), source]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[][] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    if (state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      found.push([...trail.slice(trail.indexOf(name)), name]);
      return;
    }
    state.set(name, 'open');
    for (const { target } of byName.get(name)?.imports ?? []) if (byName.has(target)) visit(target, [...trail, name]);
    state.set(name, 'done');
  };
  for (const name of byName.keys()) visit(name, []);
  return found;
}
