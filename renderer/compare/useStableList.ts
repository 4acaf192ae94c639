/** The same list object for as long as its members are the same, so that what is computed from it is kept. */
import { useEffect, useRef } from 'react';

export function useStableList<Member>(list: readonly Member[]): readonly Member[] {
  const last = useRef(list);
  const same = last.current.length === list.length && last.current.every((member, at) => member === list[at]);
  const stable = same ? last.current : list;
  useEffect(() => {
    last.current = stable;
  });
  return stable;
}
