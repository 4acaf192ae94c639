/** A part of the inspector that can be folded away. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import classes from './Inspector.module.css';

interface SectionProps {
  title: string;
  /** At the right of the title: a count, a state. */
  note?: string;
  /** Whether it begins folded. */
  folded?: boolean;
  children: ReactNode;
}

export function Section({ title, note, folded = false, children }: SectionProps): ReactNode {
  const [open, setOpen] = useState(!folded);
  const Sign = open ? ChevronDown : ChevronRight;
  return (
    <section className={classes.section} aria-label={title}>
      <h3 className={classes.heading}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Sign size={12} aria-hidden />
          {title}
          {note !== undefined && <span className={classes.headingNote}>{note}</span>}
        </button>
      </h3>
      {open && <div className={classes.content}>{children}</div>}
    </section>
  );
}

/** A fact: what it is, and its value in figures. */
export function Fact({ label, value, help }: { label: string; value: ReactNode; help?: string }): ReactNode {
  return (
    <div className={classes.fact} title={help}>
      <span className={classes.factLabel}>{label}</span>
      <span className={classes.factValue}>{value}</span>
    </div>
  );
}
