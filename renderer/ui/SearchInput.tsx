/** A field that searches while one types. */
import { Search } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import classes from './SearchInput.module.css';

interface SearchInputProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  inputRef?: Ref<HTMLInputElement>;
}

export function SearchInput({ value, onChange, label, inputRef }: SearchInputProps): ReactNode {
  return (
    <div className={classes.search}>
      <Search size={14} aria-hidden />
      <input
        ref={inputRef}
        type="search"
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.stopPropagation();
          onChange('');
        }}
      />
    </div>
  );
}
