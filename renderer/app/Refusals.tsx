/** Files that could not be opened: which, and every problem with its place. What was open stays as it was. */
import { FileX2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { fileName, folderOf } from '../state/documentName';
import type { Refusal } from '../state/filesStore';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { IconButton } from '../ui/Button';
import classes from './Refusals.module.css';
import { appStrings } from './strings';

const mostProblems = 20;

export function Refusals(): ReactNode {
  const refusals = useStudioState('files', (state) => state.refusals);
  if (refusals.length === 0) return null;
  return (
    <div className={classes.refusals}>
      {refusals.map((refusal) => (
        <RefusalCard key={refusal.id} refusal={refusal} />
      ))}
    </div>
  );
}

function RefusalCard({ refusal: { id, file, problems } }: { refusal: Refusal }): ReactNode {
  const { files } = useStudio();
  const words = useStrings(appStrings);
  return (
    <section className={classes.card} role="alert" data-refused={file === null ? '' : fileName(file)}>
      <header className={classes.header}>
        <FileX2 size={16} aria-hidden />
        <h2 className={classes.title}>
          {file === null ? words.couldNotOpenDesign : words.couldNotOpen(fileName(file))}
        </h2>
        <IconButton
          label={words.dismiss}
          icon={<X size={15} aria-hidden />}
          onClick={() => files.getState().dismiss(id)}
        />
      </header>
      {file !== null && (
        <p className={classes.place} title={file}>
          {folderOf(file)}
        </p>
      )}
      <ul className={classes.list}>
        {problems.slice(0, mostProblems).map((problem, at) => (
          <li key={at}>{problem}</li>
        ))}
        {problems.length > mostProblems && <li>{words.moreProblems(problems.length - mostProblems)}</li>}
      </ul>
      <p className={classes.calm}>{words.nothingLost}</p>
    </section>
  );
}
