/** What can be done with a run, behind the dots at the end of its row. */
import { MoreHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import {
  engineToMoveTo,
  isLiving,
  isResumable,
  openRunDesign,
  removeRun,
  resumeRun,
  showRunFolder,
  soloRun,
  toggleBaseline,
} from '../actions/runCommands';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { Menu } from '../ui/Menu';
import { compareStrings } from './strings';

export function RunMenu({ run }: { run: RunListing }): ReactNode {
  const studio = useStudio();
  const words = useStrings(compareStrings);
  const baseline = useStudioState('settings', ({ settings }) => settings.baselineRun === run.id);
  const chosen = useStudioState('settings', ({ settings }) => settings.engine);
  const elsewhere = engineToMoveTo(run, chosen);
  const damaged = run.engine === null;
  return (
    <Menu
      label={words.more(run.name)}
      icon={<MoreHorizontal size={15} aria-hidden />}
      groups={[
        [
          {
            id: 'runs.resume',
            title: words.resume,
            disabled: !isResumable(run),
            onSelect: () => void resumeRun(studio, run.id),
          },
          ...(elsewhere === null
            ? []
            : [
                {
                  id: 'runs.move',
                  title: words.resumeOn(elsewhere),
                  onSelect: () => void resumeRun(studio, run.id, elsewhere),
                },
              ]),
          {
            id: 'runs.openDesign',
            title: words.openDesign,
            disabled: damaged,
            onSelect: () => void openRunDesign(studio, run.id),
          },
          { id: 'runs.showFolder', title: words.showFolder, onSelect: () => void showRunFolder(studio, run.id) },
        ],
        [
          { id: 'runs.solo', title: words.solo, shortcut: '↵', onSelect: () => soloRun(studio, run.id) },
          {
            id: 'runs.baseline',
            title: baseline ? words.unsetBaseline : words.setBaseline,
            onSelect: () => toggleBaseline(studio, run.id),
          },
        ],
        [
          {
            id: 'runs.remove',
            title: words.remove,
            shortcut: 'Del',
            danger: true,
            disabled: isLiving(run),
            onSelect: () => void removeRun(studio, run),
          },
        ],
      ]}
    />
  );
}
