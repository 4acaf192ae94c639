/** Everything by its name: actions, nodes of the drawing, recent files, samples. */
import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { allActions, runAction } from '../actions/allActions';
import type { Action } from '../actions/action';
import { shortcutText } from '../actions/shortcut';
import { fileName } from '../state/documentName';
import { openBy } from '../state/openOutcome';
import { useStrings, useStudio } from '../state/StudioContext';
import classes from './CommandPalette.module.css';
import { commandScore } from './commandScore';
import { dialogStrings } from './dialogStrings';
import { sampleText } from './sampleText';

/** More than anybody reads; the filter is for the rest. */
const mostNodes = 2000;

export function CommandPalette(): ReactNode {
  const studio = useStudio();
  const words = useStrings(dialogStrings);
  const close = (): void => studio.view.getState().openDialog(null);
  /** After the focus is back where it was, so that what acts on the canvas finds it there. */
  const choose = (run: () => void): void => {
    close();
    setTimeout(run);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className={classes.overlay} />
        <Dialog.Content className={classes.palette} aria-describedby={undefined}>
          <Dialog.Title className={classes.hidden}>{words.commands}</Dialog.Title>
          <Command label={words.commands} loop filter={commandScore}>
            <Command.Input className={classes.input} placeholder={words.findCommand} maxLength={200} />
            <Command.List className={classes.list}>
              <Command.Empty className={classes.empty}>{words.nothingFound}</Command.Empty>
              <Actions choose={choose} />
              <Nodes choose={choose} />
              <Files choose={choose} />
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Choose = (run: () => void) => void;

function Actions({ choose }: { choose: Choose }): ReactNode {
  const studio = useStudio();
  const words = useStrings(dialogStrings);
  const possible = (action: Action): boolean =>
    action.id !== 'help.commands' && action.enabled?.(studio) !== false && action.offered?.(studio) !== false;
  return (
    <Command.Group heading={words.actions} className={classes.group}>
      {allActions.filter(possible).map((action) => (
        <Command.Item
          key={action.id}
          className={classes.item}
          value={`${action.title(studio)} ${action.id}`}
          data-action={action.id}
          onSelect={() => choose(() => void runAction(action, studio))}
        >
          <span className={classes.title}>{action.title(studio)}</span>
          {action.shortcuts?.[0] && (
            <kbd className={classes.keys}>{shortcutText(action.shortcuts[0], studio.facts.platform)}</kbd>
          )}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Nodes({ choose }: { choose: Choose }): ReactNode {
  const { document, view } = useStudio();
  const words = useStrings(dialogStrings);
  const { nodes } = document.getState().design;
  if (document.getState().key === null || nodes.length === 0) return null;
  return (
    <Command.Group heading={words.nodes} className={classes.group}>
      {nodes.slice(0, mostNodes).map(({ id, name, layer, block }) => (
        <Command.Item
          key={id}
          className={classes.item}
          value={`${name ?? id} ${layer ?? block} node:${id}`}
          onSelect={() =>
            choose(() => {
              view.getState().select([id]);
              view.getState().canvas?.reveal(id);
            })
          }
        >
          <span className={classes.title}>{name ?? id}</span>
          <span className={classes.note}>{layer ?? block}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Files({ choose }: { choose: Choose }): ReactNode {
  const studio = useStudio();
  const words = useStrings(dialogStrings);
  const { recent, samples } = studio.files.getState();
  return (
    <>
      {recent.length > 0 && (
        <Command.Group heading={words.recentFiles} className={classes.group}>
          {recent.map(({ file, name }) => (
            <Command.Item
              key={file}
              className={classes.item}
              value={`${name} ${file}`}
              onSelect={() => choose(() => void openBy(studio, () => studio.client.request('open', { recent: file })))}
            >
              <span className={classes.title}>{name}</span>
              <span className={classes.note}>{fileName(file)}</span>
            </Command.Item>
          ))}
        </Command.Group>
      )}
      <Command.Group heading={words.samples} className={classes.group}>
        {samples.map(({ id, design }) => (
          <Command.Item
            key={id}
            className={classes.item}
            value={`${sampleText(id, design, studio.language()).title} sample:${id}`}
            onSelect={() =>
              choose(() => void openBy(studio, () => studio.client.request('openSample', { sample: id })))
            }
          >
            <span className={classes.title}>{sampleText(id, design, studio.language()).title}</span>
            <span className={classes.note}>{id}</span>
          </Command.Item>
        ))}
      </Command.Group>
    </>
  );
}
