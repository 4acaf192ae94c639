/** A line of text that is handed over when it is finished: Enter, or leaving the field; Escape takes it back. */
import { useEffect, useState, type ReactNode } from 'react';
import classes from './TextInput.module.css';

interface TextInputProps {
  id?: string;
  value: string;
  onCommit: (value: string) => void;
  label?: string;
  placeholder?: string;
  mono?: boolean;
  disabled?: boolean;
}

export function TextInput({ id, value, onCommit, label, placeholder, mono, disabled }: TextInputProps): ReactNode {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const commit = (): void => {
    if (draft !== value) onCommit(draft);
  };
  return (
    <input
      id={id}
      className={`${classes.input} ${mono ? classes.mono : ''}`}
      aria-label={label}
      placeholder={placeholder}
      disabled={disabled}
      spellCheck={false}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') {
          setDraft(value);
          event.stopPropagation();
        }
      }}
    />
  );
}
