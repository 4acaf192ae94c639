/** The search for a layer, where the pointer is: type a part of its name in either framework, Enter adds it. */
import { Command } from 'cmdk';
import { useEffect, useRef, type ReactNode } from 'react';
import type { LayerDefinition } from '../../shared/ir/layerDefinition';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { categoryColour, CategoryGlyph } from '../ui/CategoryGlyph';
import { addAt, addWired, insertAt } from './addLayer';
import { useCanvasState, useCanvasStore, type SearchRequest } from './canvasState';
import { matchingLayers, recentFirst } from './layerMatches';
import classes from './NodeSearch.module.css';
import { strings } from './strings';

const [width, height] = [300, 340];

export function NodeSearch({ bounds }: { bounds: () => DOMRect | null }): ReactNode {
  const request = useCanvasState(({ search }) => search);
  const box = request ? bounds() : null;
  if (!request || !box) return null;
  const left = Math.max(8, Math.min(request.screen[0] - box.left, box.width - width - 8));
  const top = Math.max(8, Math.min(request.screen[1] - box.top, box.height - Math.min(height, box.height - 16) - 8));
  return (
    <div
      className={`${classes.place} nowheel nopan nodrag`}
      style={{ left, top, width, maxHeight: Math.min(height, box.height - 16) }}
    >
      <SearchList request={request} key={request.screen.join()} />
    </div>
  );
}

function SearchList({ request }: { request: SearchRequest }): ReactNode {
  const studio = useStudio();
  const canvas = useCanvasStore();
  const words = useStrings(strings);
  const root = useRef<HTMLDivElement>(null);
  const used = useStudioState('settings', ({ settings }) => settings.recentLayers);
  const layers = matchingLayers(request, studio.document.getState().design, studio.derived.getState().layers);
  const { recent, others } = recentFirst(layers, used);

  const close = (): void => {
    canvas.setState({ search: null });
    studio.view.getState().canvas?.focus();
  };
  useEffect(() => {
    const leave = (event: PointerEvent): void => {
      if (!root.current?.contains(event.target as Node)) canvas.setState({ search: null });
    };
    window.addEventListener('pointerdown', leave, true);
    return () => window.removeEventListener('pointerdown', leave, true);
  }, [canvas]);

  const choose = (layer: string): void => {
    close();
    const { insertInto, wireFrom, place } = request;
    if (insertInto !== undefined) insertAt(studio, layer, insertInto, place);
    else if (wireFrom) addWired(studio, layer, wireFrom, place);
    else addAt(studio, layer, place);
  };
  const item = (definition: LayerDefinition): ReactNode => (
    <Command.Item
      key={definition.type}
      value={definition.type}
      keywords={[definition.title, ...definition.aliases]}
      className={classes.item}
      onSelect={() => choose(definition.type)}
      data-search-layer={definition.type}
    >
      <span className={classes.glyph} style={{ color: categoryColour(definition.group) }}>
        <CategoryGlyph category={definition.group} size={14} />
      </span>
      {definition.type}
      <span className={classes.aliases}>{definition.aliases.slice(0, 2).join(', ')}</span>
    </Command.Item>
  );
  return (
    <Command
      ref={root}
      className={classes.search}
      label={words.search}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault();
          close();
        }
      }}
    >
      <Command.Input className={classes.input} placeholder={words.searchPlaceholder} autoFocus />
      <Command.List className={classes.list}>
        <Command.Empty className={classes.empty}>
          {layers.length === 0 ? words.searchNothingFits : words.searchEmpty}
        </Command.Empty>
        {recent.length > 0 && <Command.Group heading={words.recent}>{recent.map(item)}</Command.Group>}
        <Command.Group heading={words.layers}>{others.map(item)}</Command.Group>
      </Command.List>
    </Command>
  );
}
