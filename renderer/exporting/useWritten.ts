/** The drawing as code for every target, kept true; the hash that headers name comes a moment later. */
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { serialiseDesign } from '../../shared/design/serialiseDesign';
import type { Target } from '../../shared/ir/emit/emission';
import { useStudio, useStudioState } from '../state/StudioContext';
import { writtenCode, type Written } from './writtenCode';

/** Null where the drawing does not compile. */
export function useWritten(): Record<Target, Written> | null {
  const { facts } = useStudio();
  const program = useDeferredValue(useStudioState('derived', ({ compiled }) => compiled.program));
  const path = useStudioState('document', ({ file }) => file);
  const name = useStudioState('document', ({ design }) => design.name);
  const file = path?.replace(/^.*[\\/]/, '') ?? `${name}.netloom`;
  const hash = useDesignHash();
  const { netloom: version } = facts.versions;
  return useMemo(() => {
    if (!program) return null;
    return writtenCode(program, { source: { file, hash }, version });
  }, [program, file, hash, version]);
}

/** SHA-256 of the design as it would be saved, in hexadecimal; that of before while another is computed. */
function useDesignHash(): string {
  const design = useDeferredValue(useStudioState('document', (state) => state.design));
  const [hash, setHash] = useState('');
  useEffect(() => {
    let wanted = true;
    const bytes = new TextEncoder().encode(serialiseDesign(design));
    void crypto.subtle.digest('SHA-256', bytes).then((digest) => {
      const pairs = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0'));
      if (wanted) setHash(pairs.join(''));
    });
    return () => {
      wanted = false;
    };
  }, [design]);
  return hash;
}
