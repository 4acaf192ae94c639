/** A row of the form: label (dragged to change a number), control, way back to the default, what is wrong. */
import { RotateCcw } from 'lucide-react';
import { useId, useRef, type DOMAttributes, type PointerEvent, type ReactNode } from 'react';
import { useStrings } from '../../state/StudioContext';
import { strings } from '../strings';
import classes from './Form.module.css';

export interface Scrub {
  begin: () => void;
  /** Steps since the drag began. */
  move: (steps: number) => void;
  commit: () => void;
  cancel: () => void;
}

interface FormRowProps {
  /** What tests know the row by. */
  name?: string;
  label: string;
  help?: string;
  problems?: readonly string[];
  /** Marks a value that differs from the default; `text` says the default. */
  reset?: { text: string; run: () => void } | null;
  scrub?: Scrub | null;
  /** The label above a control that needs the whole width. */
  tall?: boolean;
  /** The label is heard and not seen: what stands above says it already. */
  unseenLabel?: boolean;
  children: (id: string, describedBy: string | undefined) => ReactNode;
}

const pixelsPerStep = 4;

export function FormRow({
  name,
  label,
  help,
  problems = [],
  reset,
  scrub,
  tall,
  unseenLabel,
  children,
}: FormRowProps): ReactNode {
  const words = useStrings(strings);
  const id = useId();
  const wrong = problems.length > 0;
  const describedBy = wrong ? `${id}-wrong` : undefined;
  const drag = useScrub(scrub ?? null);
  const title = [help, scrub ? words.dragHint : ''].filter((part) => part).join('\n');
  const back = reset && (
    <button
      type="button"
      className={classes.reset}
      aria-label={words.reset(label, reset.text)}
      title={words.reset(label, reset.text)}
      onClick={reset.run}
    >
      <RotateCcw size={12} aria-hidden />
    </button>
  );
  return (
    <div className={`${classes.row} ${tall ? classes.tall : ''}`} data-wrong={wrong || undefined} data-param={name}>
      <div className={unseenLabel ? classes.unseen : classes.head}>
        <label
          className={`${classes.label} ${scrub ? classes.scrub : ''} ${reset ? classes.changed : ''}`}
          htmlFor={id}
          title={title || undefined}
          {...drag}
        >
          <span className={classes.labelText}>{label}</span>
        </label>
        {back}
      </div>
      <div className={classes.value}>{children(id, describedBy)}</div>
      {wrong && (
        <div id={describedBy} className={classes.problems} role="alert">
          {problems.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
    </div>
  );
}

type Handlers = Pick<DOMAttributes<HTMLElement>, 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel'>;

/** A drag begins after a few pixels, so that a click on the label still goes to the field; Escape takes it back. */
function useScrub(scrub: Scrub | null): Handlers {
  const drag = useRef<{ x: number; moving: boolean; stop: () => void } | null>(null);
  if (!scrub) return {};
  const end = (done: boolean): void => {
    if (drag.current?.moving) {
      if (done) scrub.commit();
      else scrub.cancel();
    }
    drag.current?.stop();
    drag.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      const label = event.currentTarget;
      const pointer = event.pointerId;
      const onKey = (key: KeyboardEvent): void => {
        if (key.key !== 'Escape') return;
        key.stopPropagation();
        if (label.hasPointerCapture(pointer)) label.releasePointerCapture(pointer);
        end(false);
      };
      window.addEventListener('keydown', onKey, true);
      drag.current = {
        x: event.clientX,
        moving: false,
        stop: () => window.removeEventListener('keydown', onKey, true),
      };
      label.setPointerCapture(pointer);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!drag.current) return;
      const steps = Math.trunc((event.clientX - drag.current.x) / pixelsPerStep) * (event.shiftKey ? 10 : 1);
      if (!drag.current.moving && steps === 0) return;
      if (!drag.current.moving) scrub.begin();
      drag.current.moving = true;
      scrub.move(steps);
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (drag.current?.moving) event.preventDefault();
      end(true);
    },
    onPointerCancel: () => end(false),
  };
}
