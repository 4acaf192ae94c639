/** Buttons: with words, or an icon whose words stand in its tooltip. */
import type { ReactNode } from 'react';
import classes from './Button.module.css';
import { Tooltip } from './Tooltip';

interface ButtonProps {
  children: ReactNode;
  onClick: () => void;
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  disabled?: boolean;
  title?: string;
  'data-action'?: string;
}

export function Button({ children, onClick, kind = 'plain', disabled, title, ...rest }: ButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={`${classes.button} ${classes[kind]}`}
      data-kind={kind}
      disabled={disabled}
      title={title}
      onClick={onClick}
      {...rest}
    >
      {children}
    </button>
  );
}

interface IconButtonProps {
  /** Said by the tooltip and by screen readers. */
  label: string;
  /** Keys, shown after the label. */
  shortcut?: string;
  icon: ReactNode;
  onClick: () => void;
  disabled?: boolean;
  pressed?: boolean;
  'data-action'?: string;
}

export function IconButton({ label, shortcut, icon, onClick, disabled, pressed, ...rest }: IconButtonProps): ReactNode {
  return (
    <Tooltip text={shortcut ? `${label} (${shortcut})` : label}>
      <button
        type="button"
        className={`${classes.icon} ${pressed ? classes.pressed : ''}`}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
