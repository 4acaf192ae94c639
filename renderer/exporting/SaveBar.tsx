/** What is done with the code: copied, written into a folder with its weights and data, shown there, proved. */
import { Copy, FolderOpen, Save, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { onnxOpsets } from '../../shared/codegen/onnx/opsets';
import { textOf, textsOf, type SourceFile } from '../../shared/codegen/sourceFile';
import { formatBytes } from '../i18n/amounts';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button, IconButton } from '../ui/Button';
import { Select } from '../ui/Select';
import { Switch } from '../ui/Switch';
import classes from './CodePanel.module.css';
import { exportStrings } from './strings';
import { sentenceOf } from '../state/sentenceOf';

interface SaveBarProps {
  file: SourceFile;
  files: readonly SourceFile[];
}

const noRun = 'first';
const mostRuns = 30;

export function SaveBar({ file, files }: SaveBarProps): ReactNode {
  const studio = useStudio();
  const words = useStrings(exportStrings);
  const busy = useStudioState('exporting', (state) => state.busy);
  const saved = useStudioState('exporting', (state) => state.saved);
  const target = useStudioState('exporting', (state) => state.target);
  const changes = useStudioState('exporting', (state) => state.changes);
  const own = saved?.target === target ? saved : null;
  const { save, verify, cancel, set } = studio.exporting.getState();
  const copy = (): void => {
    const { notify } = studio.view.getState();
    studio.client.request('writeClipboard', { text: textOf(file) }).then(
      () => notify({ kind: 'info', text: words.copied(file.path) }),
      (error: unknown) => notify({ kind: 'error', text: sentenceOf(error) }),
    );
  };
  return (
    <header className={classes.head}>
      <span className={classes.path}>{file.path}</span>
      <span className={classes.hint}>{words.hint}</span>
      {own && (
        <label className={classes.changes} title={words.changesHelp}>
          {words.changes}
          <Switch checked={changes} onChange={(on) => set({ changes: on })} label={words.changes} />
        </label>
      )}
      <IconButton label={words.copy} icon={<Copy size={14} aria-hidden />} onClick={copy} data-action="code.copy" />
      {target === 'onnx' && <OpsetChoice />}
      <WeightsChoice />
      {own && (
        <>
          <IconButton
            label={words.open}
            icon={<FolderOpen size={14} aria-hidden />}
            onClick={() => void studio.client.request('showExport', {})}
            data-action="code.show"
          />
          <Button
            onClick={() => void (busy === 'verifying' ? cancel() : verify())}
            disabled={busy === 'saving'}
            title={words.verifyHelp}
            data-action="code.verify"
          >
            <ShieldCheck size={14} aria-hidden /> {busy === 'verifying' ? words.cancel : words.verify}
          </Button>
          <Button onClick={() => void save('ask', textsOf(files))} disabled={busy !== null} data-action="code.saveAs">
            {words.another}
          </Button>
        </>
      )}
      <Button
        kind="primary"
        onClick={() => void save(own ? 'again' : 'ask', textsOf(files))}
        disabled={busy !== null}
        data-action="code.save"
      >
        <Save size={14} aria-hidden /> {busy === 'saving' ? words.saving : own ? words.saveAgain : words.save}
      </Button>
    </header>
  );
}

/** The version of ONNX' operators, remembered for all designs. */
function OpsetChoice(): ReactNode {
  const studio = useStudio();
  const words = useStrings(exportStrings);
  const opset = useStudioState('settings', ({ settings }) => settings.opset);
  const options = onnxOpsets.map((each) => ({ value: String(each), title: words.opsetNumber(each) }));
  return (
    <span className={classes.opset} data-opset={opset}>
      <Select
        label={words.opset}
        value={String(opset)}
        options={options}
        onChange={(chosen) => studio.settings.getState().change({ opset: Number(chosen) })}
      />
    </span>
  );
}

/** First values, or what a run has learned. */
function WeightsChoice(): ReactNode {
  const studio = useStudio();
  const words = useStrings(exportStrings);
  const run = useStudioState('exporting', (state) => state.run);
  const runs = useStudioState('runs', (state) => state.runs);
  const name = useStudioState('document', ({ design }) => design.name);
  const fitting = (runs ?? []).filter((each) => each.name === name && each.bestEpoch !== null).slice(0, mostRuns);
  const options = [{ value: noRun, title: words.firstWeights }, ...fitting.map(({ id }) => ({ value: id, title: id }))];
  return (
    <span className={classes.weights}>
      <Select
        label={words.weights}
        value={run ?? noRun}
        options={options}
        onChange={(chosen) => studio.exporting.getState().set({ run: chosen === noRun ? null : chosen })}
      />
    </span>
  );
}

/** Where the code was written, and what was left out. */
export function SavedLine(): ReactNode {
  const words = useStrings(exportStrings);
  const saved = useStudioState('exporting', (state) => state.saved);
  const target = useStudioState('exporting', (state) => state.target);
  const problem = useStudioState('exporting', (state) => state.problem);
  const busy = useStudioState('exporting', (state) => state.busy);
  if (problem !== null) {
    return (
      <p className={classes.line} role="alert" data-kind="error">
        {problem}
      </p>
    );
  }
  if (busy === 'verifying') return <p className={classes.line}>{words.verifying}</p>;
  if (saved?.target !== target) return null;
  return (
    <p className={classes.line} data-folder={saved.folder}>
      {words.savedTo(saved.files, formatBytes(saved.bytes))} <b title={saved.folder}>{saved.folder}</b>
      {saved.leftOut !== null && ` ${words.leftOut(formatBytes(saved.leftOut))}`}
    </p>
  );
}
