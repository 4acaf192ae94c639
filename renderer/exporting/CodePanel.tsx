/** The dock's tab of code: what the drawing becomes on each target, live, file by file. */
import { useEffect, type ReactNode } from 'react';
import { exportTargets } from '../../shared/codegen/exportTargets';
import type { SourceFile } from '../../shared/codegen/sourceFile';
import type { Target } from '../../shared/ir/emit/emission';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import classes from './CodePanel.module.css';
import { CodeView } from './CodeView';
import { useCode } from './useCode';
import { Obstacles } from './Obstacles';
import { SaveBar, SavedLine } from './SaveBar';
import { exportStrings } from './strings';
import { TakenDialog } from './TakenDialog';
import { TargetList } from './TargetList';
import { Verdict } from './Verdict';

export function CodePanel(): ReactNode {
  const studio = useStudio();
  const words = useStrings(exportStrings);
  const target = useStudioState('exporting', (state) => state.target);
  const path = useStudioState('exporting', (state) => state.path);
  const followed = useCode();
  const { set } = studio.exporting.getState();
  useEffect(() => void studio.runs.getState().refresh(), [studio]);
  if (!followed) return null;
  const { code, lacking } = followed;
  if (!code) {
    const problems = <Button onClick={() => studio.view.getState().showDock('problems')}>{words.problems}</Button>;
    return <EmptyState title={words.nothingTitle} text={words.nothingText} action={problems} />;
  }
  const current = code.written;
  const files = 'files' in current ? current.files : [];
  const file = files.find((each) => each.path === path) ?? files[0];
  const choose = (chosen: Target): void => set({ target: chosen, path: '' });
  return (
    <div className={classes.panel} data-feature="code">
      <nav className={classes.side} aria-label={words.targets}>
        <TargetList lacking={lacking} chosen={target} onChoose={choose} />
        {file && <FileList files={files} chosen={file.path} onChoose={(chosen) => set({ path: chosen })} />}
      </nav>
      {'obstacles' in current ? (
        <Obstacles title={words.obstaclesTitle(exportTargets[code.target].title)} obstacles={current.obstacles} />
      ) : (
        file && <FileCode file={file} files={files} />
      )}
      <TakenDialog files={files} />
    </div>
  );
}

interface FileListProps {
  files: readonly SourceFile[];
  chosen: string;
  onChoose: (path: string) => void;
}

function FileList({ files, chosen, onChoose }: FileListProps): ReactNode {
  const words = useStrings(exportStrings);
  return (
    <ul className={classes.files} aria-label={words.files}>
      {files.map(({ path, lines }) => (
        <li key={path}>
          <button
            type="button"
            className={classes.file}
            aria-current={path === chosen}
            title={words.lines(lines.length)}
            data-file={path}
            onClick={() => onChoose(path)}
          >
            <span className={classes.name}>{path}</span>
            <span className={classes.count}>{lines.length}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function FileCode({ file, files }: { file: SourceFile; files: readonly SourceFile[] }): ReactNode {
  const studio = useStudio();
  const words = useStrings(exportStrings);
  const selection = useStudioState('view', (state) => state.selection);
  const target = useStudioState('exporting', (state) => state.target);
  const saved = useStudioState('exporting', (state) => state.saved);
  const changes = useStudioState('exporting', (state) => state.changes);
  const verified = useStudioState('exporting', (state) => state.verified);
  const { path } = file;
  const before = changes && saved?.target === target ? (saved.texts.get(path) ?? '') : null;
  const pick = (nodes: readonly string[]): void => {
    const { canvas, select } = studio.view.getState();
    const [only] = nodes;
    if (nodes.length === 1 && only !== undefined && canvas) canvas.reveal(only);
    else if (nodes.length > 0) select(nodes);
  };
  return (
    <section className={classes.code} aria-label={words.code(path)}>
      <SaveBar file={file} files={files} />
      <SavedLine />
      <div className={classes.body}>
        <div className={classes.view}>
          <CodeView file={file} before={before} label={words.code(path)} marked={selection} onPick={pick} />
        </div>
        {verified && saved?.target === target && <Verdict target={target} verified={verified} />}
      </div>
    </section>
  );
}
