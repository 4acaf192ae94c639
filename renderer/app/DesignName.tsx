/** The design's name, edited where it stands: Enter keeps it, Escape takes it back, and what is too long says so. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { documentName, longestName } from '../state/documentName';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import classes from './DesignName.module.css';
import { appStrings } from './strings';

export function DesignName(): ReactNode {
  const { document, view } = useStudio();
  const words = useStrings(appStrings);
  const shown = useStudioState('document', (state) => documentName(state, words.untitled));
  const own = useStudioState('document', ({ design }) => design.name);
  const [draft, setDraft] = useState<string | null>(null);
  const leaving = useRef(false);
  useEffect(() => setDraft(null), [own]);
  const length = draft === null ? 0 : draft.trim().length;
  const tooLong = length > longestName;

  const finish = (): void => {
    if (draft === null || leaving.current) return;
    const name = draft.trim();
    if (tooLong) view.getState().notify({ kind: 'warning', text: words.nameKept(longestName) });
    else if (name !== own) document.getState().edit(words.rename, { edit: 'setName', name });
    setDraft(null);
  };

  return (
    <span className={classes.name}>
      <span className={classes.measure} aria-hidden>
        {draft ?? shown}
      </span>
      <input
        className={classes.input}
        data-action="file.rename"
        aria-label={words.designName}
        aria-invalid={tooLong}
        aria-describedby={tooLong ? 'design-name-problem' : undefined}
        title={draft === null ? shown : undefined}
        spellCheck={false}
        value={draft ?? shown}
        size={1}
        onFocus={(event) => {
          setDraft(own);
          event.currentTarget.select();
        }}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing && !tooLong) event.currentTarget.blur();
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          leaving.current = true;
          setDraft(null);
          event.currentTarget.blur();
          leaving.current = false;
        }}
      />
      {tooLong && (
        <span className={classes.problem} id="design-name-problem" role="alert">
          {words.nameTooLong(length, longestName)}
        </span>
      )}
    </span>
  );
}
