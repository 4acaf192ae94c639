/** The targets of export, and whether the drawing can go there as it is. */
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { exportTargets } from '../../shared/codegen/exportTargets';
import { targets, type Target } from '../../shared/ir/emit/emission';
import { useStrings } from '../state/StudioContext';
import classes from './CodePanel.module.css';
import { exportStrings } from './strings';
import type { Followed } from './followDrawing';

interface TargetListProps {
  /** A target that is missing was not asked yet. */
  lacking: Followed['lacking'];
  chosen: Target;
  onChoose: (target: Target) => void;
}

export function TargetList({ lacking, chosen, onChoose }: TargetListProps): ReactNode {
  const words = useStrings(exportStrings);
  return (
    <div className={classes.targets} role="radiogroup" aria-label={words.targets}>
      {targets.map((target) => {
        const count = lacking[target] ?? 0;
        return (
          <button
            key={target}
            type="button"
            role="radio"
            aria-checked={target === chosen}
            className={classes.target}
            title={count > 0 ? words.lacking(count) : words.fits}
            data-target={target}
            data-fits={count === 0}
            onClick={() => onChoose(target)}
          >
            {exportTargets[target].title}
            {count > 0 ? <CircleAlert size={14} aria-hidden /> : <CircleCheck size={14} aria-hidden />}
          </button>
        );
      })}
    </div>
  );
}
