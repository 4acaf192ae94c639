/** What a request answered, as a component's state: asked again when its key changes, late answers are dropped. */
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../state/sentenceOf';

export interface Answer<Value> {
  /** The newest answer, also while the next is awaited. */
  value: Value | null;
  /** A sentence. */
  problem: string | null;
  pending: boolean;
}

/** A null key asks nothing. `wait`: who walks on by keys within this time, in milliseconds, asks nothing either. */
export function useAnswer<Value>(key: string | null, ask: () => Promise<Value>, wait = 0): Answer<Value> {
  const [answer, setAnswer] = useState<Answer<Value>>({ value: null, problem: null, pending: key !== null });
  const asking = useRef(ask);
  useEffect(() => {
    asking.current = ask;
  });
  useEffect(() => {
    if (key === null) {
      setAnswer({ value: null, problem: null, pending: false });
      return;
    }
    let wanted = true;
    setAnswer(({ value }) => ({ value, problem: null, pending: true }));
    const timer = setTimeout(() => {
      asking.current().then(
        (value) => wanted && setAnswer({ value, problem: null, pending: false }),
        (error: unknown) => {
          const problem = sentenceOf(error);
          if (wanted) setAnswer({ value: null, problem, pending: false });
        },
      );
    }, wait);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key, wait]);
  return answer;
}
