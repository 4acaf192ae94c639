/** Why a drawing cannot go to a target: the nodes that lack a twin, and what to use instead. */
import type { ReactNode } from 'react';
import type { Obstacle } from '../../shared/codegen/exportedModel';
import { useStrings, useStudio } from '../state/StudioContext';
import { Button } from '../ui/Button';
import classes from './CodePanel.module.css';
import { exportStrings } from './strings';

export function Obstacles({ title, obstacles }: { title: string; obstacles: readonly Obstacle[] }): ReactNode {
  const studio = useStudio();
  const words = useStrings(exportStrings);
  return (
    <section className={classes.obstacles}>
      <h2>{title}</h2>
      <ul>
        {obstacles.map(({ path, name, why, instead }) => (
          <li key={path} data-obstacle={path}>
            <p>
              <b>{name}</b> {why} {instead}
            </p>
            <Button kind="quiet" onClick={() => studio.view.getState().canvas?.reveal(path.split('/')[0] ?? path)}>
              {words.select(name)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
