/** A line or paragraph of text that is handed over at every key; Escape brings back what was there before. */
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import classes from './TextInput.module.css';

interface LiveInputProps {
  id?: string;
  /** As it is when it is not being typed in. */
  value: string;
  /** False: it is not taken, and stays in the field as typed until it is changed. */
  onChange: (text: string) => boolean;
  /** Arrow up and down; `by` is ±1, with Shift ±10. */
  onStep?: (by: number) => void;
  label?: string;
  placeholder?: string;
  mono?: boolean;
  invalid?: boolean;
  /** Lines; more than one makes a paragraph. */
  rows?: number;
  describedBy?: string;
}

export function LiveInput(props: LiveInputProps): ReactNode {
  const { id, value, onChange, onStep, label, placeholder, mono, invalid, rows = 1, describedBy } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const before = useRef(value);
  const refused = useRef(false);
  // A value that changes while nobody types (undo, a repair, another node) is shown.
  const focused = useRef(false);
  useEffect(() => {
    if (!focused.current) {
      refused.current = false;
      setDraft(null);
    }
  }, [value]);
  const type = (text: string): void => {
    setDraft(text);
    refused.current = !onChange(text);
  };
  const finish = (): void => {
    if (!refused.current) setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && rows === 1) finish();
    if (event.key === 'Escape' && (draft !== null || refused.current)) {
      event.stopPropagation();
      if (draft !== before.current) onChange(before.current);
      refused.current = false;
      setDraft(null);
    }
    if (onStep && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      setDraft(null);
      onStep((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
    }
  };
  const shared = {
    id,
    className: `${classes.input} ${mono ? classes.mono : ''} ${rows > 1 ? classes.paragraph : ''}`,
    'aria-label': label,
    'aria-invalid': invalid || undefined,
    'aria-describedby': describedBy,
    placeholder,
    spellCheck: false,
    value: draft ?? value,
    onFocus: () => {
      focused.current = true;
      before.current = value;
    },
    // A click into a value takes it whole, so that typing replaces it.
    onMouseDown: (event: MouseEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      if (!mono || rows > 1 || focused.current || event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.focus();
      event.currentTarget.select();
    },
    onBlur: () => {
      focused.current = false;
      finish();
    },
    onKeyDown,
  };
  return rows > 1 ? (
    <textarea {...shared} rows={rows} onChange={(event) => type(event.target.value)} />
  ) : (
    <input {...shared} onChange={(event) => type(event.target.value)} />
  );
}
