/** Sentences at the edge of the window. The pointer on one, or the focus in it, stops its clock. */
import { CircleAlert, History, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import type { Notice } from '../state/viewStore';
import { Button } from '../ui/Button';
import classes from './Notices.module.css';
import { noticeTime } from './noticeTime';
import { appStrings } from './strings';

export function Notices(): ReactNode {
  const words = useStrings(appStrings);
  const notices = useStudioState('view', (state) => state.notices);
  return (
    <section className={classes.notices} aria-label={words.notices} aria-live="polite">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

const icons = {
  info: <Info size={15} aria-hidden />,
  warning: <TriangleAlert size={15} aria-hidden />,
  error: <CircleAlert size={15} aria-hidden />,
  recovered: <History size={15} aria-hidden />,
};

function NoticeCard({ notice }: { notice: Notice }): ReactNode {
  const { view } = useStudio();
  const words = useStrings(appStrings);
  const [held, setHeld] = useState(false);
  const { id, kind, text, action, actions = action ? [action] : [] } = notice;
  const time = noticeTime(notice);
  useEffect(() => {
    if (time === null || held) return undefined;
    const timer = setTimeout(() => view.getState().dismiss(id), time);
    return () => clearTimeout(timer);
  }, [time, held, id, view]);
  return (
    <div
      className={classes.notice}
      data-kind={kind}
      data-notice={kind}
      role={kind === 'info' || kind === 'recovered' ? 'status' : 'alert'}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={classes.icon}>{icons[kind]}</span>
      <div className={classes.body}>
        <p className={classes.text}>{text}</p>
        {actions.length > 0 && (
          <div className={classes.actions}>
            {actions.map(({ title, run }) => (
              <Button
                key={title}
                onClick={() => {
                  view.getState().dismiss(id);
                  run();
                }}
              >
                {title}
              </Button>
            ))}
          </div>
        )}
      </div>
      <button
        type="button"
        className={classes.close}
        aria-label={words.dismiss}
        onClick={() => view.getState().dismiss(id)}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}
