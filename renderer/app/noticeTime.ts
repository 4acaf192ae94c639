/** How long a notice stays: as long as it takes to read; what needs an answer, and errors, until they are dismissed. */
import type { Notice } from '../state/viewStore';

const least = 4000;
const perCharacter = 60;
/** Time to decide. */
const withAction = 6000;

/** Milliseconds; null: until it is dismissed. */
export function noticeTime({ kind, text, action, actions }: Omit<Notice, 'id'>): number | null {
  if (kind === 'error' || kind === 'recovered' || actions) return null;
  return Math.max(least, text.length * perCharacter) + (action ? withAction : 0);
}
