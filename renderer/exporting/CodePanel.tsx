/** The dock's tab of code: what the drawing becomes on each target, live, file by file. */
import { Copy } from 'lucide-react';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { exportTargets } from '../../shared/codegen/exportTargets';
import { textOf, type SourceFile } from '../../shared/codegen/sourceFile';
import { targets, type Target } from '../../shared/ir/emit/emission';
import type { CheckedProgram } from '../../shared/ir/program';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';
import classes from './CodePanel.module.css';
import { CodeView } from './CodeView';
import { Obstacles } from './Obstacles';
import { exportStrings } from './strings';
import { TargetList } from './TargetList';
import { writtenCode, type Written } from './writtenCode';

export function CodePanel(): ReactNode {
  const studio = useStudio();
  const words = useStrings(exportStrings);
  const program = useDeferredValue(useStudioState('derived', ({ compiled }) => compiled.program));
  const [target, setTarget] = useState<Target>('pytorch');
  const [path, setPath] = useState('');
  const written = useWritten(program);
  const current = written?.[target];
  if (!written || !current) {
    const problems = <Button onClick={() => studio.view.getState().showDock('problems')}>{words.problems}</Button>;
    return <EmptyState title={words.nothingTitle} text={words.nothingText} action={problems} />;
  }
  const files = 'files' in current ? current.files : [];
  const file = files.find((each) => each.path === path) ?? files[0];
  return (
    <div className={classes.panel} data-feature="code">
      <nav className={classes.side} aria-label={words.targets}>
        <TargetList written={written} chosen={target} onChoose={setTarget} />
        {files.length > 0 && <FileList files={files} chosen={file?.path ?? ''} onChoose={setPath} />}
      </nav>
      {'obstacles' in current ? (
        <Obstacles title={words.obstaclesTitle(exportTargets[target].title)} obstacles={current.obstacles} />
      ) : (
        file && <FileCode file={file} />
      )}
    </div>
  );
}

/** For every target; null where the drawing does not compile. */
function useWritten(program: CheckedProgram | null): Record<Target, Written> | null {
  const { facts } = useStudio();
  const file = useStudioState('document', (state) => state.file);
  const named = file?.replace(/^.*[\\/]/, '') ?? 'unsaved';
  return useMemo(() => {
    if (!program) return null;
    const each = targets.map(
      (target) => [target, writtenCode(program, target, named, facts.versions.netloom)] as const,
    );
    return Object.fromEntries(each) as Record<Target, Written>;
  }, [program, named, facts]);
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

function FileCode({ file }: { file: SourceFile }): ReactNode {
  const studio = useStudio();
  const words = useStrings(exportStrings);
  const selection = useStudioState('view', (state) => state.selection);
  const { path } = file;
  const copy = (): void => {
    const { notify } = studio.view.getState();
    studio.client.request('writeClipboard', { text: textOf(file) }).then(
      () => notify({ kind: 'info', text: words.copied(path) }),
      (error: unknown) => notify({ kind: 'error', text: error instanceof Error ? error.message : String(error) }),
    );
  };
  const pick = (nodes: readonly string[]): void => {
    const { canvas, select } = studio.view.getState();
    const [only] = nodes;
    if (nodes.length === 1 && only !== undefined && canvas) canvas.reveal(only);
    else if (nodes.length > 0) select(nodes);
  };
  return (
    <section className={classes.code} aria-label={words.code(path)}>
      <header className={classes.head}>
        <span className={classes.path}>{path}</span>
        <span className={classes.hint}>{words.hint}</span>
        <Button kind="quiet" onClick={copy} data-action="code.copy">
          <Copy size={14} aria-hidden /> {words.copy}
        </Button>
      </header>
      <div className={classes.view}>
        <CodeView file={file} label={words.code(path)} marked={selection} onPick={pick} />
      </div>
    </section>
  );
}
