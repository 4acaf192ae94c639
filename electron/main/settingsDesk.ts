/** The user's settings, one for all windows: kept in the home folder, told to everybody when they change. */
import { join } from 'node:path';
import { settingsSchema, type Settings } from '../../shared/ipc/studio/settingsSchema';
import type { FileSystem } from '../files/fileSystem';
import { homeFile } from '../services/documents/homeFile';

export interface SettingsDesk {
  now: () => Settings;
  /** Throws `FileProblem` where they cannot be written; they then hold until the program ends. */
  change: (settings: Settings) => void;
  /** What was wrong with the file when it was read. */
  problem: string | null;
}

export function createSettingsDesk(
  files: FileSystem,
  home: string,
  onChange: (settings: Settings) => void,
): SettingsDesk {
  const kept = homeFile(
    files,
    { folder: home, file: join(home, 'settings.json'), title: 'The settings' },
    settingsSchema,
  );
  const { value, problem } = kept.read();
  let settings = value;
  return {
    now: () => settings,
    change(next) {
      settings = next;
      onChange(settings);
      kept.write(settings);
    },
    problem,
  };
}
