/** A layer or block as a card: name, kind with its parameters, output shape, count of parameters, gradient. */
import { Link2, StickyNote } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DesignNode } from '../../shared/design/schema';
import type { Json } from '../../shared/messages/define';
import { useStrings } from '../state/StudioContext';
import { CategoryGlyph } from '../ui/CategoryGlyph';
import { GradientMeter } from './GradientMeter';
import classes from './LayerNode.module.css';
import { NodeName } from './NodeName';
import { useCountText, useKindText, useParamsText, useShapeText } from './nodeFacts';
import { strings } from './strings';

export interface FaceProps {
  node: DesignNode;
  category: string;
}

export function CardFace({ node, category }: FaceProps): ReactNode {
  const words = useStrings(strings);
  const kind = useKindText(node);
  const params = useParamsText(node);
  const shape = useShapeText(node);
  const count = useCountText(node);
  return (
    <>
      <header className={classes.header}>
        <span className={classes.glyph}>
          <CategoryGlyph category={category} />
        </span>
        <NodeName node={node} />
        {node.note !== undefined && node.note !== '' && (
          <span className={classes.mark} title={`${words.note}: ${node.note}`}>
            <StickyNote size={11} aria-label={words.note} />
          </span>
        )}
        {node.weightsOf !== undefined && (
          <span className={classes.mark} title={words.sharedWeights(node.weightsOf)}>
            <Link2 size={11} aria-label={words.sharedWeights(node.weightsOf)} />
          </span>
        )}
        {node.times !== undefined && <span className={classes.times}>{`×${timesText(node.times)}`}</span>}
      </header>
      <div className={classes.kind} title={params === '' ? kind : `${kind} ${params}`}>
        <b>{kind}</b> {params}
      </div>
      <footer className={classes.footer}>
        <span className={classes.shape} title={shape}>
          {shape === '' ? '?' : shape}
        </span>
        <span className={classes.count}>{count}</span>
        <GradientMeter id={node.id} />
      </footer>
    </>
  );
}

function timesText(times: Json): string {
  return typeof times === 'number' || typeof times === 'string' ? String(times) : JSON.stringify(times);
}
