/** The smaller forms: pills for activations and dropout, round signs for merges, flags for the ends of the network. */
import { ArrowRight, Target, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { library } from '../../shared/library';
import { useStrings } from '../state/StudioContext';
import { CategoryGlyph } from '../ui/CategoryGlyph';
import type { FaceProps } from './CardFace';
import { useKindText, useParamsText, useShapeText } from './nodeFacts';
import classes from './LayerNode.module.css';
import { NodeName } from './NodeName';
import { strings } from './strings';

export function PillFace({ node, category }: FaceProps): ReactNode {
  const kind = useKindText(node);
  const params = useParamsText(node);
  const text = `${node.name ?? kind}${params === '' ? '' : ` ${params}`}`;
  return (
    <div className={classes.pillLine} title={`${node.id}: ${kind} ${params}`}>
      <span className={classes.glyph}>
        <CategoryGlyph category={category} size={11} />
      </span>
      <NodeName node={node} text={text} />
    </div>
  );
}

export function SignFace({ node }: FaceProps): ReactNode {
  const kind = useKindText(node);
  return (
    <div className={classes.signMark} title={`${node.name ?? node.id}: ${kind}`}>
      {node.layer === 'Add' && '+'}
      {node.layer === 'Multiply' && <X size={14} aria-label={kind} />}
      {node.layer === 'Concatenate' && '‖'}
      {!['Add', 'Multiply', 'Concatenate'].includes(node.layer ?? '') && kind.charAt(0)}
    </div>
  );
}

export function FlagFace({ node }: FaceProps): ReactNode {
  const words = useStrings(strings);
  const shape = useShapeText(node);
  const output = node.layer === 'Output';
  const loss = lossName(node.params['loss']);
  const second = output ? loss : shape;
  return (
    <>
      <header className={classes.header}>
        <span className={classes.glyph}>
          {output ? <Target size={12} aria-hidden /> : <ArrowRight size={12} aria-hidden />}
        </span>
        <NodeName node={node} />
      </header>
      <div className={classes.kind} title={output ? words.loss(loss) : shape}>
        <b>{node.layer}</b> <span className={output ? undefined : classes.shape}>{second}</span>
      </div>
    </>
  );
}

/** As the file gives it: a name, an object with a type, or nothing for the default. */
function lossName(given: unknown): string {
  const value = given ?? library.layers.get('Output')?.params['loss']?.default;
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : '?';
}
