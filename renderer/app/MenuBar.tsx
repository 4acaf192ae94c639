/** The menus of Linux and Windows, from the list of actions; on macOS the system draws them. */
import { Check } from 'lucide-react';
import { Menubar } from 'radix-ui';
import { Fragment, type ReactNode } from 'react';
import { allActions, runAction } from '../actions/allActions';
import type { Action, MenuName } from '../actions/action';
import { menuGroups, menuNames } from '../actions/menus';
import { menuStrings } from '../actions/menuStrings';
import { shortcutText } from '../actions/shortcut';
import { useStrings, useStudio } from '../state/StudioContext';
import classes from './MenuBar.module.css';
import { appStrings } from './strings';

export function MenuBar(): ReactNode {
  const titles = useStrings(menuStrings);
  const words = useStrings(appStrings);
  return (
    <Menubar.Root className={classes.bar} aria-label={words.menus}>
      {menuNames.map((menu) => (
        <Menubar.Menu key={menu}>
          <Menubar.Trigger className={classes.trigger} data-menu={menu}>
            {titles[menu]}
          </Menubar.Trigger>
          <Menubar.Portal>
            <Menubar.Content className={classes.content} align="start" sideOffset={5} collisionPadding={8}>
              <Items menu={menu} />
            </Menubar.Content>
          </Menubar.Portal>
        </Menubar.Menu>
      ))}
    </Menubar.Root>
  );
}

/** Made when the menu opens: what can be done, and what undo would undo, is as it is then. */
function Items({ menu }: { menu: MenuName }): ReactNode {
  const studio = useStudio();
  return menuGroups(allActions, menu, studio).map((group, at) => (
    <Fragment key={group[0]?.group}>
      {at > 0 && <Menubar.Separator className={classes.line} />}
      {group.map((action) => (
        <Item key={action.id} action={action} />
      ))}
    </Fragment>
  ));
}

function Item({ action }: { action: Action }): ReactNode {
  const studio = useStudio();
  const [shortcut] = action.shortcuts ?? [];
  const checked = action.checked?.(studio);
  const content = (
    <>
      <span className={classes.mark}>{checked && <Check size={13} aria-hidden />}</span>
      <span className={classes.title}>{action.title(studio)}</span>
      {shortcut && <kbd className={classes.keys}>{shortcutText(shortcut, studio.facts.platform)}</kbd>}
    </>
  );
  const common = {
    className: classes.item,
    disabled: action.enabled?.(studio) === false,
    'data-action': action.id,
    onSelect: () => void runAction(action, studio),
  };
  if (checked === undefined) return <Menubar.Item {...common}>{content}</Menubar.Item>;
  return (
    <Menubar.CheckboxItem {...common} checked={checked}>
      {content}
    </Menubar.CheckboxItem>
  );
}
