/** On or off. */
import { Switch as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import classes from './Switch.module.css';

interface SwitchProps {
  id?: string;
  label?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

export function Switch({ id, label, checked, onChange, disabled }: SwitchProps): ReactNode {
  return (
    <Radix.Root
      id={id}
      className={classes.switch}
      aria-label={label}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
    >
      <Radix.Thumb className={classes.thumb} />
    </Radix.Root>
  );
}
