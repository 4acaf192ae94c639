/** A window within the window. Only what destroys data, and what the user asked for, stands in one. */
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import classes from './Dialog.module.css';

interface DialogProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}

/** What Enter should do, else the first field; the button that closes comes last. */
function focusFirst(event: Event): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const first =
    event.currentTarget.querySelector<HTMLElement>('[data-kind="primary"]:not(:disabled)') ??
    event.currentTarget.querySelector<HTMLElement>('input:not(:disabled), [role="combobox"]');
  event.preventDefault();
  (first ?? event.currentTarget).focus();
}

export function Dialog({ title, closeLabel, onClose, children, wide }: DialogProps): ReactNode {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={classes.overlay} />
        <Radix.Content
          className={`${classes.dialog} ${wide ? classes.wide : ''}`}
          aria-describedby={undefined}
          onOpenAutoFocus={focusFirst}
        >
          <header className={classes.header}>
            <Radix.Title className={classes.title}>{title}</Radix.Title>
            <Radix.Close className={classes.close} aria-label={closeLabel}>
              <X size={16} aria-hidden />
            </Radix.Close>
          </header>
          <div className={classes.body}>{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
