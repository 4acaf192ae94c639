/** What stands here before there is a drawing: begin, go on with a recent file, or start from a sample. */
import { Plus, FolderOpen, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { actionById, runAction } from '../actions/allActions';
import { shortcutText } from '../actions/shortcut';
import { folderOf, shortened } from '../state/documentName';
import { openBy } from '../state/openOutcome';
import { useStrings, useStudio, useStudioState } from '../state/StudioContext';
import { Button } from '../ui/Button';
import { SampleCard } from './SampleCard';
import classes from './Welcome.module.css';
import { welcomeStrings } from './welcomeStrings';

export function Welcome(): ReactNode {
  const words = useStrings(welcomeStrings);
  const samples = useStudioState('files', (state) => state.samples);
  return (
    <main className={classes.welcome} data-region="welcome">
      <div className={classes.page}>
        <section className={classes.begin} aria-label={words.begin}>
          <h1 className={classes.title}>Netloom</h1>
          <p className={classes.lead}>{words.lead}</p>
          <div className={classes.buttons}>
            <ActionButton action="file.new" primary icon={<Plus size={15} aria-hidden />} />
            <ActionButton action="file.open" icon={<FolderOpen size={15} aria-hidden />} />
          </div>
          <p className={classes.hint}>{words.dropHint}</p>
          <Recent />
        </section>
        <section className={classes.samples} aria-label={words.samples}>
          <h2 className={classes.heading}>{words.samples}</h2>
          <div className={classes.gallery}>
            {samples.map((sample) => (
              <SampleCard key={sample.id} sample={sample} />
            ))}
          </div>
        </section>
      </div>
    </main>
  );
}

function ActionButton({
  action: id,
  icon,
  primary = false,
}: {
  action: string;
  icon: ReactNode;
  primary?: boolean;
}): ReactNode {
  const studio = useStudio();
  const action = actionById(id);
  if (!action) return null;
  const [shortcut] = action.shortcuts ?? [];
  return (
    <Button
      kind={primary ? 'primary' : 'plain'}
      data-action={id}
      title={shortcut && shortcutText(shortcut, studio.facts.platform)}
      onClick={() => void runAction(action, studio)}
    >
      {icon}
      {action.title(studio)}
    </Button>
  );
}

function Recent(): ReactNode {
  const studio = useStudio();
  const words = useStrings(welcomeStrings);
  const recent = useStudioState('files', (state) => state.recent);
  const missing = useStudioState('files', (state) => state.missing);
  if (recent.length === 0) return null;
  return (
    <>
      <h2 className={classes.heading}>{words.recent}</h2>
      <ul className={classes.recent}>
        {recent.map(({ file, name }) => (
          <li key={file} className={classes.file} data-missing={missing.has(file)} data-recent={file}>
            <button
              type="button"
              className={classes.open}
              title={missing.has(file) ? `${file}\n${words.missing}` : file}
              onClick={() => void openBy(studio, () => studio.client.request('open', { recent: file }))}
            >
              <span className={classes.name}>{shortened(name, 80)}</span>
              <span className={classes.folder}>{missing.has(file) ? words.missing : folderOf(file)}</span>
            </button>
            <button
              type="button"
              className={classes.forget}
              aria-label={words.forget(shortened(name, 80))}
              title={words.forget(shortened(name, 80))}
              onClick={() => studio.files.getState().forget(file)}
            >
              <X size={13} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
