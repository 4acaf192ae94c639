/** How the design is trained: optimizer, schedule with its drawing, epochs, batches, stopping, what decides "best". */
import { type ReactNode } from 'react';
import type { Param } from '../../shared/ir/params';
import type { Diagnostic } from '../../shared/messages';
import { diagnosticText } from '../i18n/diagnosticText';
import { useStudioState, useStrings } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import { Select } from '../ui/Select';
import { Switch } from '../ui/Switch';
import type { FieldControl } from './form/control';
import { FormRow } from './form/FormRow';
import { ParamField } from './form/ParamField';
import formClasses from './form/Form.module.css';
import { ScheduleCurve } from './ScheduleCurve';
import { Section } from './Section';
import { monitorChoices, settingAt, stoppingParams, trainingEdit, trainingParams } from './settingEdits';
import { strings } from './strings';
import { useEdits } from './useEdits';

type Words = (typeof strings)['en'];
type Setting = keyof typeof trainingParams | 'earlyStopping.patience' | 'earlyStopping.minimumImprovement';

/** Label and help of a setting in the words of the user. */
function wordsOf(path: Setting, words: Words): readonly [label: string, help: string] {
  switch (path) {
    case 'optimizer':
      return [words.optimizer, ''];
    case 'schedule':
      return [words.schedule, ''];
    case 'epochs':
      return [words.epochs, words.epochsHelp];
    case 'batchSize':
      return [words.batchSize, words.batchSizeHelp];
    case 'accumulate':
      return [words.accumulate, words.accumulateHelp];
    case 'clipNorm':
      return [words.clipNorm, words.clipNormHelp];
    case 'seed':
      return [words.seed, words.seedHelp];
    case 'earlyStopping.patience':
      return [words.patience, words.patienceHelp];
    case 'earlyStopping.minimumImprovement':
      return [words.minimumImprovement, words.minimumImprovementHelp];
  }
}

/** Problems of the design as a whole that are about one setting. */
function useSettingProblems(): (param: string) => string[] {
  const language = useLanguage();
  const diagnostics = useStudioState('derived', ({ compiled }) => compiled.diagnostics);
  const general = diagnostics.filter((one: Diagnostic) => one.node === null);
  return (param) => general.filter((one) => one.param === param).map((one) => diagnosticText(one, language));
}

export function TrainingSection(): ReactNode {
  const words = useStrings(strings);
  const edits = useEdits();
  const training = useStudioState('document', ({ design }) => design.training);
  const problemsOf = useSettingProblems();
  const field = (path: Setting, param: Param<unknown>): ReactNode => {
    const [label, help] = wordsOf(path, words);
    const step = words.setDesign(label);
    const control: FieldControl = {
      name: path,
      label,
      help,
      param,
      value: settingAt(training, path),
      problems: problemsOf(`training.${path}`),
      change: (value) => edits.apply(step, () => trainingEdit(path, value, param), `training ${path}`),
      begin: () => edits.begin(step),
      commit: edits.commit,
      cancel: edits.cancel,
    };
    return <ParamField key={path} control={control} />;
  };
  return (
    <Section title={words.training}>
      {field('optimizer', trainingParams.optimizer)}
      {field('schedule', trainingParams.schedule)}
      <ScheduleCurve />
      {field('epochs', trainingParams.epochs)}
      {field('batchSize', trainingParams.batchSize)}
      {field('accumulate', trainingParams.accumulate)}
      {field('clipNorm', trainingParams.clipNorm)}
      <Stopping>
        {field('earlyStopping.patience', stoppingParams.patience)}
        {field('earlyStopping.minimumImprovement', stoppingParams.minimumImprovement)}
      </Stopping>
      <Monitor problems={problemsOf('training.monitor')} />
      {field('seed', trainingParams.seed)}
    </Section>
  );
}

function Stopping({ children }: { children: ReactNode }): ReactNode {
  const words = useStrings(strings);
  const edits = useEdits();
  const stopping = useStudioState('document', ({ design }) => settingAt(design.training, 'earlyStopping'));
  const on = stopping !== undefined && stopping !== null;
  const change = (wanted: boolean): void =>
    void edits.apply(words.setDesign(words.earlyStopping), () =>
      trainingEdit('earlyStopping', wanted ? {} : undefined),
    );
  return (
    <>
      <FormRow name="earlyStopping" label={words.earlyStopping} help={words.earlyStoppingHelp}>
        {(id) => <Switch id={id} label={words.earlyStopping} checked={on} onChange={change} />}
      </FormRow>
      {on && <div className={formClasses.nested}>{children}</div>}
    </>
  );
}

const noHeads: readonly never[] = [];

function Monitor({ problems }: { problems: readonly string[] }): ReactNode {
  const words = useStrings(strings);
  const edits = useEdits();
  const monitor = useStudioState('document', ({ design }) => settingAt(design.training, 'monitor') ?? 'loss');
  const heads = useStudioState('derived', ({ compiled }) => compiled.program?.heads ?? noHeads);
  const current = typeof monitor === 'string' ? monitor : JSON.stringify(monitor);
  return (
    <FormRow name="monitor" label={words.monitor} help={words.monitorHelp} problems={problems}>
      {(id) => (
        <Select
          id={id}
          label={words.monitor}
          value={current}
          options={monitorChoices(heads, current).map((value) => ({ value, title: value }))}
          onChange={(value) =>
            void edits.apply(words.setDesign(words.monitor), () =>
              trainingEdit('monitor', value === 'loss' ? undefined : value),
            )
          }
        />
      )}
    </FormRow>
  );
}
