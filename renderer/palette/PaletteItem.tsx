/** One layer of the palette: dragged onto the canvas, or added by a click. */
import type { ReactNode } from 'react';
import type { LayerDefinition } from '../../shared/ir/layerDefinition';
import { definitionWords } from '../i18n/definitionWords';
import { useStudio, useStrings } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import { categoryColour, CategoryGlyph } from '../ui/CategoryGlyph';
import { Tooltip } from '../ui/Tooltip';
import classes from './Palette.module.css';
import { strings } from './strings';

/** What the canvas reads when something is dropped on it. */
const dragType = 'application/x-netloom-layer';

interface PaletteItemProps {
  layer: LayerDefinition;
  /** The one that Enter in the search adds. */
  marked: boolean;
  /** Whether Tab comes to it: one item of the list has it. */
  reachable: boolean;
}

export function PaletteItem({ layer, marked, reachable }: PaletteItemProps): ReactNode {
  const { view } = useStudio();
  const language = useLanguage();
  const words = useStrings(strings);
  const { title, summary } = definitionWords('layers', layer, language);
  const called = title.toLowerCase() === layer.type.toLowerCase() ? '' : title;
  return (
    <Tooltip text={`${summary} ${words.drag}`} side="right">
      <button
        type="button"
        className={`${classes.item} ${marked ? classes.marked : ''}`}
        style={{ color: categoryColour(layer.group) }}
        tabIndex={reachable ? 0 : -1}
        data-layer={layer.type}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.setData(dragType, layer.type);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        onClick={() => view.getState().canvas?.append(layer.type)}
      >
        <span className={classes.swatch}>
          <CategoryGlyph category={layer.group} size={13} />
        </span>
        <span className={classes.name}>{layer.type}</span>
        <span className={classes.title}>{called}</span>
      </button>
    </Tooltip>
  );
}
