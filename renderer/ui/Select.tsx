/** One of a few named values. */
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import classes from './Select.module.css';

export interface Option<Value extends string> {
  value: Value;
  title: string;
  note?: string;
}

interface SelectProps<Value extends string> {
  id?: string;
  value: Value;
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
  label?: string;
  disabled?: boolean;
  /** Shown while the value is empty. */
  placeholder?: string;
}

export function Select<Value extends string>({
  id,
  value,
  options,
  onChange,
  label,
  disabled,
  placeholder,
}: SelectProps<Value>): ReactNode {
  return (
    <Radix.Root value={value} onValueChange={(chosen) => onChange(chosen as Value)} disabled={disabled}>
      <Radix.Trigger id={id} className={classes.trigger} aria-label={label}>
        <Radix.Value placeholder={placeholder} />
        <ChevronDown size={14} aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={classes.list} position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item key={option.value} value={option.value} className={classes.item}>
                <Radix.ItemText>{option.title}</Radix.ItemText>
                {option.note && <span className={classes.note}>{option.note}</span>}
                <Radix.ItemIndicator className={classes.check}>
                  <Check size={14} aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
