/** Which Netloom this is, what it runs on, and whose work is in it. */
import type { ReactNode } from 'react';
import { useStrings, useStudio } from '../state/StudioContext';
import { Dialog } from '../ui/Dialog';
import classes from './Dialogs.module.css';
import { dialogStrings } from './dialogStrings';

export function AboutDialog(): ReactNode {
  const { view, facts } = useStudio();
  const words = useStrings(dialogStrings);
  const { netloom, electron, chromium, node } = facts.versions;
  return (
    <Dialog title={words.about} closeLabel={words.close} onClose={() => view.getState().openDialog(null)}>
      <p className={classes.text}>{words.aboutText}</p>
      <dl className={classes.rows}>
        <dt>{words.version}</dt>
        <dd>{netloom}</dd>
        <dt>Electron</dt>
        <dd>{electron}</dd>
        <dt>Chromium</dt>
        <dd>{chromium}</dd>
        <dt>Node.js</dt>
        <dd>{node}</dd>
      </dl>
      <p className={classes.note}>{words.licence}</p>
      <ul className={classes.list}>
        <li>{words.fonts}</li>
        <li>{words.libraries}</li>
        <li>{words.computing}</li>
        <li>{words.digits}</li>
      </ul>
    </Dialog>
  );
}
