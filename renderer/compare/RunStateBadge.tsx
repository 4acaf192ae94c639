/** What became of a run, as an icon and a word. */
import {
  AlertTriangle,
  CheckCircle2,
  CircleDashed,
  CirclePause,
  CirclePlay,
  CircleStop,
  CircleX,
  Unplug,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import { useStrings } from '../state/StudioContext';
import classes from './RunList.module.css';
import { compareStrings } from './strings';

const icons = {
  preparing: CircleDashed,
  running: CirclePlay,
  paused: CirclePause,
  finished: CheckCircle2,
  stopped: CircleStop,
  failed: CircleX,
  interrupted: Unplug,
} as const;

export function RunStateBadge({ run }: { run: RunListing }): ReactNode {
  const words = useStrings(compareStrings);
  const damaged = run.engine === null;
  const Icon = damaged ? AlertTriangle : icons[run.state];
  const word = damaged ? words.damaged : words[run.state];
  return (
    <span className={classes.badge} data-badge={damaged ? 'failed' : run.state} title={word}>
      <Icon size={13} aria-hidden />
      <span className={classes.badgeText}>{word}</span>
    </span>
  );
}
