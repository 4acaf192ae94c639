/** Every key there is, from the list of actions. */
import { useState, type ReactNode } from 'react';
import { allActions } from '../actions/allActions';
import type { Action } from '../actions/action';
import { shortcutText } from '../actions/shortcut';
import { useStrings, useStudio } from '../state/StudioContext';
import { Dialog } from '../ui/Dialog';
import { SearchInput } from '../ui/SearchInput';
import classes from './Dialogs.module.css';
import { dialogStrings } from './dialogStrings';

export function ShortcutsDialog(): ReactNode {
  const studio = useStudio();
  const words = useStrings(dialogStrings);
  const [wanted, setWanted] = useState('');
  const shown = allActions.filter(
    (action) =>
      (action.shortcuts ?? []).length > 0 &&
      action.offered?.(studio) !== false &&
      action.title(studio).toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  const scopes = [
    { title: words.everywhere, actions: shown.filter(({ scope }) => scope !== 'canvas') },
    { title: words.onCanvas, actions: shown.filter(({ scope }) => scope === 'canvas') },
  ];
  return (
    <Dialog
      wide
      title={words.shortcuts}
      closeLabel={words.close}
      onClose={() => studio.view.getState().openDialog(null)}
    >
      <SearchInput value={wanted} onChange={setWanted} label={words.findShortcut} />
      {scopes.map(
        ({ title, actions }) =>
          actions.length > 0 && (
            <section key={title} className={classes.columns} aria-label={title}>
              <h3 className={classes.heading}>{title}</h3>
              {actions.map((action) => (
                <Row key={action.id} action={action} />
              ))}
            </section>
          ),
      )}
    </Dialog>
  );
}

function Row({ action }: { action: Action }): ReactNode {
  const studio = useStudio();
  return (
    <div className={classes.shortcut}>
      <span>{action.title(studio)}</span>
      <span className={classes.keys}>
        {(action.shortcuts ?? []).map((shortcut) => (
          <kbd key={shortcut}>{shortcutText(shortcut, studio.facts.platform)}</kbd>
        ))}
      </span>
    </div>
  );
}
