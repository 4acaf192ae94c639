/** What tools/e2e.mjs has set up for the stories: the packed app, a display, and the user that the app runs as. */
import { chownSync, cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

interface Stage {
  /** A folder that everybody may enter; removed after the stories. */
  work: string;
  /** Null when we run without rights ourselves. */
  user: { uid: number; gid: number } | null;
  executable: string;
  /** What the executable starts. */
  program: string;
  display: string;
  fused: { executable: string; program: string; display: string; picture: string };
}

export const stage = JSON.parse(process.env.NETLOOM_E2E ?? '{}') as Stage;

function giveToUser(path: string): string {
  if (stage.user) chownSync(path, stage.user.uid, stage.user.gid);
  return path;
}

/** A new folder that the app may write into. */
export function freshFolder(name: string): string {
  return giveToUser(mkdtempSync(join(stage.work, `${name}-`)));
}

/** A folder at this place that the app may write into. */
export function ownFolder(path: string): string {
  mkdirSync(path, { recursive: true });
  return giveToUser(path);
}

/** A file that the app may read and write. */
export function ownFile(path: string, content: string | Buffer): string {
  ownFolder(dirname(path));
  writeFileSync(path, content);
  return giveToUser(path);
}

/** A copy of a file of the project for the app, in this folder. */
export function copyInto(folder: string, source: string): string {
  const copy = join(folder, basename(source));
  cpSync(source, copy);
  return giveToUser(copy);
}

/** What the app's processes see: nothing of the developer's own session. */
export function appEnvironment(
  home: string,
  display: string,
  more: Record<string, string> = {},
): Record<string, string> {
  const kept = ['PATH', 'LANG', 'LC_ALL', 'TZ'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_RUNTIME_DIR: home,
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    DISPLAY: display,
    NETLOOM_HOME: home,
    ...more,
  };
}
