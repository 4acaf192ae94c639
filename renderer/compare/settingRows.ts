/** The table of settings: what differs between runs, or all of it, found by a word. */
import type { Json } from '../../shared/messages/define';
import type { Difference } from '../../shared/ipc/studio/runSchemas';

export interface SettingRow {
  path: string;
  /** The path without what goes without saying. */
  label: string;
  values: readonly Json[];
  differs: boolean;
}

const wirePath = /^design\.(?:blocks\.[^.]+\.)?wires\./;

/** Wires are told in words beside the table, and are left out here. */
export function settingRows(
  settings: readonly Difference[],
  { search, differencesOnly }: { search: string; differencesOnly: boolean },
): SettingRow[] {
  const wanted = search.trim().toLowerCase();
  return settings
    .filter(({ path }) => !wirePath.test(path))
    .map(({ path, values }) => ({
      path,
      label: labelOf(path),
      values,
      differs: new Set(values.map((value) => JSON.stringify(value))).size > 1,
    }))
    .filter(({ differs }) => differs || !differencesOnly)
    .filter(({ path, label, values }) => {
      const text = [path, label, ...values.map(settingText)].join('\n').toLowerCase();
      return text.includes(wanted);
    });
}

/** As it is copied: text as it is, anything else as JSON; nothing where the run lacks it. */
export function settingText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function labelOf(path: string): string {
  return path
    .replace(/^training\./, '')
    .replace(/^design\.blocks\.([^.]+)\.nodes\./, '$1 / ')
    .replace(/^design\.nodes\./, '')
    .replace(/\.params\./, '.');
}
