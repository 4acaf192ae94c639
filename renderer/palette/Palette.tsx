/** The layers that there are: searched by their names in either framework, in groups, those used last first. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { library } from '../../shared/library';
import { groupTitle } from '../i18n/definitionWords';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import { Button } from '../ui/Button';
import { SearchInput } from '../ui/SearchInput';
import classes from './Palette.module.css';
import { PaletteItem } from './PaletteItem';
import { groupLayers, searchLayers, type PaletteGroup } from './searchLayers';
import { strings } from './strings';

export function Palette(): ReactNode {
  const { view } = useStudio();
  const words = useStrings(strings);
  const [text, setText] = useState('');
  const root = useRef<HTMLElement>(null);
  const recent = useStudioState('settings', ({ settings }) => settings.recentLayers);
  const searching = text.trim() !== '';
  const found = searchLayers(library.layers.list, text);
  const [first] = found;

  const onKeyDown = (event: KeyboardEvent): void => {
    const inSearch = event.target instanceof HTMLInputElement;
    if (event.key === 'Enter' && inSearch && searching && first && !event.nativeEvent.isComposing)
      view.getState().canvas?.append(first.type);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    moveFocus(root.current, event.key === 'ArrowDown' ? 1 : -1);
  };

  return (
    <nav ref={root} className={classes.palette} aria-label={words.layers} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <SearchInput value={text} onChange={setText} label={words.search} />
      </div>
      <div className={classes.list}>
        {searching ? (
          <>
            <p className={classes.count} role="status">
              {first ? words.found(found.length) : words.nothing(text.trim())}
            </p>
            {found.map((layer, at) => (
              <PaletteItem key={layer.type} layer={layer} marked={at === 0} reachable={at === 0} />
            ))}
            {!first && (
              <div className={classes.nothing}>
                <p>{words.nothingHint}</p>
                <Button onClick={() => setText('')}>{words.clear}</Button>
              </div>
            )}
          </>
        ) : (
          groupLayers(found, recent).map((group, at) => <Group key={group.id} group={group} first={at === 0} />)
        )}
      </div>
    </nav>
  );
}

function Group({ group, first }: { group: PaletteGroup; first: boolean }): ReactNode {
  const language = useLanguage();
  const words = useStrings(strings);
  const [open, setOpen] = useState(true);
  const Sign = open ? ChevronDown : ChevronRight;
  const title = group.id === 'recent' ? words.recent : groupTitle(group.id, language);
  return (
    <section className={classes.group} aria-label={title}>
      <button type="button" className={classes.heading} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Sign size={12} aria-hidden />
        {title}
      </button>
      {open &&
        group.layers.map((layer, at) => (
          <PaletteItem key={layer.type} layer={layer} marked={false} reachable={first && at === 0} />
        ))}
    </section>
  );
}

/** The arrow keys go through search, headings and layers as they stand. */
function moveFocus(root: HTMLElement | null, by: 1 | -1): void {
  const stops = [...(root?.querySelectorAll<HTMLElement>('input, button') ?? [])];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[Math.min(Math.max(at + by, 0), stops.length - 1)]?.focus();
}
