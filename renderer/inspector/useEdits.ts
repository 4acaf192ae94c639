/** How fields change the design: one undo step a field, and what the file format refuses is said instead of done. */
import { useMemo } from 'react';
import type { Edit } from '../../shared/design/edits';
import type { Design } from '../../shared/design/schema';
import { refusalText } from '../i18n/diagnosticText';
import { useStudio } from '../state/StudioContext';
import { refusedByFile } from './refusedByFile';

export interface Edits {
  /** Why not, in the user's language; null where it was done. Edits with one `merge` are one step while one types. */
  apply: (label: string, edit: (design: Design) => Edit, merge?: string) => string | null;
  begin: (label: string) => void;
  commit: () => void;
  cancel: () => void;
}

export function useEdits(): Edits {
  const studio = useStudio();
  return useMemo(() => {
    const { document } = studio;
    return {
      apply: (label, make, merge) => {
        const { design, edit } = document.getState();
        const made = make(design);
        const refused = refusedByFile(design, made);
        if (refused !== null) return refusalText(refused, studio.language());
        edit(label, made, merge === undefined ? {} : { merge });
        return null;
      },
      begin: (label) => document.getState().begin(label),
      commit: () => document.getState().commit(),
      cancel: () => document.getState().cancel(),
    };
  }, [studio]);
}
