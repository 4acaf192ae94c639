/** The data: where it comes from, how much there is of it, preparing it, and what it looks like. */
import type { ReactNode } from 'react';
import type { DataSetDefinition } from '../../shared/ir/dataSetDefinition';
import { library } from '../../shared/library';
import type { Diagnostic } from '../../shared/messages';
import { formatBytes } from '../i18n/amounts';
import { definitionWords, paramHelp } from '../i18n/definitionWords';
import { diagnosticText } from '../i18n/diagnosticText';
import { paramLabel } from '../i18n/paramLabels';
import { useStudioState, useStrings } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import { Button } from '../ui/Button';
import { Select } from '../ui/Select';
import { DataSamples } from './DataSamples';
import { FormRow } from './form/FormRow';
import { ParamField } from './form/ParamField';
import classes from './Inspector.module.css';
import { Fact, Section } from './Section';
import { dataParamEdit, settingAt, sourceEdit } from './settingEdits';
import { strings } from './strings';
import { useEdits } from './useEdits';

const noSource = '-';

export function DataSection(): ReactNode {
  const words = useStrings(strings);
  const language = useLanguage();
  const edits = useEdits();
  const data = useStudioState('document', ({ design }) => design.data);
  const diagnostics = useStudioState('derived', ({ compiled }) => compiled.diagnostics);
  const definition = data && library.dataSets.get(data.source);
  const problemsOf = (param: string): string[] =>
    diagnostics
      .filter((one: Diagnostic) => one.node === null && one.param === `data.${param}`)
      .map((one) => diagnosticText(one, language));
  const options = [
    { value: noSource, title: words.noData },
    ...library.dataSets.list.map((one) => ({
      value: one.type,
      title: definitionWords('dataSets', one, language).title,
    })),
  ];
  const current = data?.source ?? noSource;
  const known = options.some(({ value }) => value === current);
  return (
    <Section title={words.data}>
      <FormRow name="source" label={words.source} problems={problemsOf('source')}>
        {(id) => (
          <Select
            id={id}
            label={words.source}
            value={current}
            options={known ? options : [...options, { value: current, title: current }]}
            onChange={(value) =>
              void edits.apply(words.setDesign(words.data), (design) =>
                sourceEdit(design, value === noSource ? null : value),
              )
            }
          />
        )}
      </FormRow>
      {!data && <p className={classes.hint}>{words.noDataText}</p>}
      {definition && <p className={classes.summary}>{definitionWords('dataSets', definition, language).summary}</p>}
      {definition &&
        Object.entries(definition.params).map(([name, param]) => {
          const label = paramLabel(name, language);
          const step = words.setDesign(label);
          return (
            <ParamField
              key={`${definition.type}.${name}`}
              control={{
                name: `data.${name}`,
                label,
                help: paramHelp('dataSets', definition, name, language),
                param,
                value: settingAt(data, name),
                problems: problemsOf(name),
                change: (value) => edits.apply(step, () => dataParamEdit(name, value, param), `data ${name}`),
                begin: () => edits.begin(step),
                commit: edits.commit,
                cancel: edits.cancel,
              }}
            />
          );
        })}
      {data && definition && <DataFacts definition={definition} />}
    </Section>
  );
}

function DataFacts({ definition }: { definition: DataSetDefinition }): ReactNode {
  const words = useStrings(strings);
  const description = useStudioState('data', (state) => state.description);
  const problem = useStudioState('data', (state) => state.problem);
  const counts = description?.info?.counts;
  return (
    <>
      {counts && (
        <>
          <Fact label={words.train} value={counts.train.toLocaleString('en')} />
          <Fact label={words.validation} value={counts.validation.toLocaleString('en')} />
          <Fact label={words.test} value={counts.test.toLocaleString('en')} />
        </>
      )}
      <ClassBars />
      <DataSamples />
      {problem !== null && (
        <p className={classes.wrong} role="alert">
          {problem}
        </p>
      )}
      <Preparation />
      {definition.origin !== 'file' && (
        <p className={classes.attribution}>
          {definition.attribution} · {definition.licence}
        </p>
      )}
    </>
  );
}

/** Samples of each class in training, as bars. */
function ClassBars(): ReactNode {
  const words = useStrings(strings);
  const description = useStudioState('data', (state) => state.description);
  const counts = description?.classCounts?.train ?? [];
  const most = Math.max(1, ...counts);
  if (counts.length === 0 || counts.length > 200) return null;
  const names = description?.info?.fields.find(({ name }) => name === description.classCounts?.field)?.classes;
  const nameOf = (at: number): string => names?.[at] ?? String(at);
  return (
    <>
      <Fact label={words.classes(counts.length)} value="" />
      <div
        className={classes.bars}
        role="img"
        aria-label={counts.map((count, at) => words.classCount(nameOf(at), count)).join(', ')}
      >
        {counts.map((count, at) => (
          <span
            key={at}
            className={classes.bar}
            style={{ height: `${(count / most) * 100}%` }}
            title={words.classCount(nameOf(at), count)}
          />
        ))}
      </div>
    </>
  );
}

/** A download is said, with its size, before it begins. */
function Preparation(): ReactNode {
  const words = useStrings(strings);
  const description = useStudioState('data', (state) => state.description);
  const preparing = useStudioState('data', (state) => state.preparing);
  const progress = useStudioState('data', (state) => state.progress);
  const prepare = useStudioState('data', (state) => state.prepare);
  const cancel = useStudioState('data', (state) => state.cancel);
  if (preparing)
    return (
      <div className={classes.actions}>
        <progress
          className={classes.progress}
          aria-label={words.preparing}
          value={progress?.total ? progress.done : undefined}
          max={progress?.total ?? undefined}
        />
        <span>{progress?.total ? `${Math.floor((100 * progress.done) / progress.total)} %` : ''}</span>
        <Button onClick={cancel}>{words.cancel}</Button>
      </div>
    );
  if (!description) return null;
  if (description.preparedBytes !== null)
    return <p className={classes.attribution}>{words.prepared(formatBytes(description.preparedBytes))}</p>;
  const { origin, downloadBytes } = description;
  const title =
    origin !== 'download'
      ? words.prepare
      : downloadBytes === null
        ? words.prepareDownloadUnknown
        : words.prepareDownload(formatBytes(downloadBytes));
  return (
    <div className={classes.actions} title={words.prepareHelp}>
      <Button onClick={() => void prepare()} data-action="data.prepare">
        {title}
      </Button>
    </div>
  );
}
