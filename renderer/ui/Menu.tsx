/** A button that opens a list of things to do. */
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import classes from './Menu.module.css';

export interface MenuItem {
  id: string;
  title: string;
  onSelect: () => void;
  shortcut?: string;
  disabled?: boolean;
  danger?: boolean;
}

interface MenuProps {
  label: string;
  icon: ReactNode;
  /** Each group is divided from the next by a line. */
  groups: readonly (readonly MenuItem[])[];
}

export function Menu({ label, icon, groups }: MenuProps): ReactNode {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger className={classes.trigger} aria-label={label}>
        {icon}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={classes.list} align="end" sideOffset={2} collisionPadding={8}>
          {groups.map((items, group) => (
            <Radix.Group key={items[0]?.id ?? group} className={classes.group}>
              {items.map(({ id, title, onSelect, shortcut, disabled, danger }) => (
                <Radix.Item
                  key={id}
                  className={`${classes.item} ${danger ? classes.danger : ''}`}
                  disabled={disabled}
                  data-action={id}
                  onSelect={onSelect}
                >
                  {title}
                  {shortcut && <span className={classes.shortcut}>{shortcut}</span>}
                </Radix.Item>
              ))}
            </Radix.Group>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
