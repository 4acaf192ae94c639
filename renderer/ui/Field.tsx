/** A labelled place for one value, with its help and, where it is wrong, why. */
import { useId, type ReactNode } from 'react';
import classes from './Field.module.css';

interface FieldProps {
  label: string;
  help?: string;
  error?: string | null;
  /** Shown after the label: a unit, "default". */
  note?: string;
  /** Given the id that the label points to. */
  children: (id: string) => ReactNode;
}

export function Field({ label, help, error, note, children }: FieldProps): ReactNode {
  const id = useId();
  return (
    <div className={classes.field} data-invalid={error ? true : undefined}>
      <label className={classes.label} htmlFor={id} title={help}>
        {label}
        {note && <span className={classes.note}>{note}</span>}
      </label>
      <div className={classes.value}>{children(id)}</div>
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
