/** Takes out of a text what names its writer: the home folder becomes "~", his name in other paths "<user>". */
import { realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';

export interface Person {
  home: string;
  user: string;
  /** Windows writes paths in several ways, and does not care for case. */
  windows: boolean;
}

/** Shorter names stand in paths for other reasons. */
const shortestName = 3;

export function withoutHome(text: string, { home, user, windows }: Person = thisPerson()): string {
  const flags = windows ? 'gi' : 'g';
  const homes = [...new Set([home, realPath(home)])].filter((folder) => folder.length > 3);
  const spellings = homes.flatMap((folder) =>
    windows ? [folder, folder.replace(/\\/g, '\\\\'), folder.replace(/\\/g, '/')] : [folder],
  );
  let told = text;
  for (const folder of spellings.sort((a, b) => b.length - a.length)) {
    told = told.replace(new RegExp(`${escaped(folder)}(?![\\w-])`, flags), '~');
  }
  if (user.length < shortestName) return told;
  return told.replace(new RegExp(`(?<=[\\\\/])${escaped(user)}(?![\\w-]|\\.\\w)`, flags), '<user>');
}

function thisPerson(): Person {
  return { home: homedir(), user: userName(), windows: process.platform === 'win32' };
}

/** A user that the system has no entry for, as in a container, has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
