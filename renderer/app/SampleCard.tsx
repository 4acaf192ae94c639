/** A sample of the gallery: its picture, what it is, what it shows. */
import { useMemo, type ReactNode } from 'react';
import { designSchema } from '../../shared/design/schema';
import type { SampleDesign } from '../../shared/ipc/studio/documentSchemas';
import { openBy } from '../state/openOutcome';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { categoryColour } from '../ui/CategoryGlyph';
import { designPreview } from './designPreview';
import classes from './SampleCard.module.css';
import { sampleText } from './sampleText';
import { welcomeStrings } from './welcomeStrings';

const size = { width: 264, height: 84 } as const;

export function SampleCard({ sample: { id, design } }: { sample: SampleDesign }): ReactNode {
  const studio = useStudio();
  const words = useStrings(welcomeStrings);
  useStudioState('settings', ({ settings }) => settings.language);
  const drawn = useMemo(() => designSchema.safeParse(design).data, [design]);
  const { title, about } = sampleText(id, design, studio.language());
  return (
    <button
      type="button"
      className={classes.card}
      data-sample={id}
      onClick={() => void openBy(studio, () => studio.client.request('openSample', { sample: id }))}
    >
      {drawn && <Preview design={drawn} />}
      <span className={classes.title}>{title}</span>
      <span className={classes.about}>{about}</span>
      {drawn && <span className={classes.count}>{words.layers(drawn.nodes.length)}</span>}
    </button>
  );
}

function Preview({ design }: { design: Parameters<typeof designPreview>[0] }): ReactNode {
  const { boxes, wires } = useMemo(() => designPreview(design, size.width, size.height), [design]);
  return (
    <svg className={classes.preview} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden>
      {wires.map((path, at) => (
        <path key={at} d={path} className={classes.wire} />
      ))}
      {boxes.map(({ id, x, y, width, height, radius, category }) => (
        <rect key={id} x={x} y={y} width={width} height={height} rx={radius} fill={categoryColour(category)} />
      ))}
    </svg>
  );
}
