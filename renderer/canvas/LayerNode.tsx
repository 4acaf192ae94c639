/** One component for every node: what it shows follows from its definition and from what was compiled. */
import type { NodeProps } from '@xyflow/react';
import { memo, type CSSProperties, type ReactNode } from 'react';
import { library } from '../../shared/library';
import type { NodeKind } from '../state/drawing/nodeShape';
import { useStudioState } from '../state/StudioContext';
import { categoryColour } from '../ui/CategoryGlyph';
import { useCanvasState } from './canvasState';
import { CardFace } from './CardFace';
import type { FlowNode } from './flowGraph';
import { GradientTint } from './GradientTint';
import classes from './LayerNode.module.css';
import { Ports } from './Ports';
import { ProblemBadge } from './ProblemBadge';
import { FlagFace, PillFace, SignFace } from './SmallFaces';

export const LayerNode = memo(LayerNodeView);

const faces: Record<NodeKind, typeof CardFace> = {
  card: CardFace,
  call: CardFace,
  pill: PillFace,
  sign: SignFace,
  input: FlagFace,
  output: FlagFace,
};

function LayerNodeView({ id, data: { node, shape }, selected }: NodeProps<FlowNode>): ReactNode {
  const severity = useStudioState('derived', ({ problems }) => worstOf(problems.get(id)));
  const isTarget = useCanvasState(({ target }) => target === id);
  const hovered = useStudioState('view', ({ hoveredLayer }) => hoveredLayer === id);
  const category = node.layer === undefined ? 'block' : (library.layers.get(node.layer)?.group ?? 'block');
  const Face = faces[shape.kind];
  const style = { '--category': categoryColour(category), width: shape.width, height: shape.height } as CSSProperties;
  const marks = [
    classes.node,
    classes[shape.kind],
    selected && classes.selected,
    severity && classes[severity],
    isTarget && classes.target,
    hovered && classes.pointedAt,
  ];
  return (
    <div className={marks.filter(Boolean).join(' ')} style={style} data-node={id} data-kind={shape.kind}>
      <div className={classes.body}>
        <GradientTint id={id} />
        <Face node={node} category={category} />
      </div>
      <Ports id={id} shape={shape} />
      {severity && <ProblemBadge id={id} />}
    </div>
  );
}

function worstOf(problems: readonly { severity: 'error' | 'warning' }[] | undefined): 'error' | 'warning' | null {
  if (!problems || problems.length === 0) return null;
  return problems.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
}
