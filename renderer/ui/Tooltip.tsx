/** A word or two about what is pointed at, after a moment. */
import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import classes from './Tooltip.module.css';

export function TooltipProvider({ children }: { children: ReactNode }): ReactNode {
  return <Radix.Provider delayDuration={500}>{children}</Radix.Provider>;
}

interface TooltipProps {
  text: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  children: ReactNode;
}

export function Tooltip({ text, side, children }: TooltipProps): ReactNode {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={classes.tooltip} side={side} sideOffset={6} collisionPadding={8}>
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
