/** The design as a whole: its name, data, losses, how it is trained, and what it comes to. */
import { useState, type ReactNode } from 'react';
import type { Edit } from '../../shared/design/edits';
import type { Diagnostic } from '../../shared/messages';
import { formatBytes, formatCount } from '../i18n/amounts';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import { LiveInput } from '../ui/LiveInput';
import { DataSection } from './DataSection';
import { FormRow } from './form/FormRow';
import { ParamField } from './form/ParamField';
import classes from './Inspector.module.css';
import { nodeControls, schemaOf } from './nodeControls';
import { Fact, Section } from './Section';
import { strings } from './strings';
import { TrainingSection } from './TrainingSection';
import { useEdits } from './useEdits';

const none: readonly Diagnostic[] = [];

export function DesignInspector(): ReactNode {
  const words = useStrings(strings);
  const name = useStudioState('document', ({ design }) => design.name);
  const notes = useStudioState('document', ({ design }) => design.notes);
  return (
    <>
      <header className={classes.plainHeader}>
        <DesignText
          name="designName"
          label={words.name}
          value={name}
          placeholder={words.untitled}
          edit={(text) => ({ edit: 'setName', name: text })}
        />
        <DesignText
          name="designNotes"
          label={words.notes}
          value={notes}
          placeholder={words.notesPlaceholder}
          rows={2}
          edit={(text) => ({ edit: 'setNotes', notes: text })}
        />
      </header>
      <DataSection />
      <Losses />
      <TrainingSection />
      <Totals />
    </>
  );
}

interface DesignTextProps {
  name: string;
  label: string;
  value: string;
  placeholder: string;
  rows?: number;
  edit: (text: string) => Edit;
}

function DesignText({ name, label, value, placeholder, rows, edit }: DesignTextProps): ReactNode {
  const words = useStrings(strings);
  const edits = useEdits();
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <FormRow name={name} label={label} tall={rows !== undefined} problems={refusal === null ? [] : [refusal]}>
      {(id, describedBy) => (
        <LiveInput
          id={id}
          label={label}
          value={value}
          placeholder={placeholder}
          rows={rows}
          invalid={refusal !== null}
          describedBy={describedBy}
          onChange={(text) => {
            const refused = edits.apply(words.setDesign(label), () => edit(text), name);
            setRefusal(refused);
            return refused === null;
          }}
        />
      )}
    </FormRow>
  );
}

/** What every Output is trained for; its other parameters are where the Output is selected. */
function Losses(): ReactNode {
  const { view } = useStudio();
  const words = useStrings(strings);
  const language = useLanguage();
  const edits = useEdits();
  const nodes = useStudioState('document', ({ design }) => design.nodes);
  const blocks = useStudioState('document', ({ design }) => design.blocks);
  const problems = useStudioState('derived', (state) => state.problems);
  const outputs = nodes.filter(({ layer }) => layer === 'Output');
  if (outputs.length === 0)
    return (
      <Section title={words.loss}>
        <p className={classes.hint}>{words.noOutput}</p>
      </Section>
    );
  return outputs.map((node) => {
    const name = node.name ?? node.id;
    const context = {
      nodes: [node],
      problems: problems.get(node.id) ?? none,
      language,
      edits,
      stepName: (label: string) => words.set(label, name),
      usualMetrics: words.usualMetrics,
    };
    const { loss, metrics } = schemaOf(node, blocks, words.timesHelp);
    return (
      <Section key={node.id} title={outputs.length > 1 ? words.lossOf(name) : words.loss}>
        {nodeControls({ ...(loss && { loss }), ...(metrics && { metrics }) }, context).map((control) => (
          <ParamField key={control.name} control={control} />
        ))}
        <button type="button" className={classes.link} onClick={() => view.getState().select([node.id])}>
          {words.selectNode(name)}
        </button>
      </Section>
    );
  });
}

function Totals(): ReactNode {
  const words = useStrings(strings);
  const totals = useStudioState('derived', ({ compiled }) => compiled.totals);
  const memory = useStudioState('derived', ({ compiled }) => compiled.program?.memory ?? null);
  const layers = useStudioState('derived', (state) => state.layers.size);
  return (
    <Section title={words.totals}>
      <Fact label={words.layers} value={layers} />
      <Fact label={words.trainable} value={totals.trainable.toLocaleString('en')} />
      {totals.nonTrainable > 0 && <Fact label={words.nonTrainable} value={totals.nonTrainable.toLocaleString('en')} />}
      <Fact label={words.macs} value={formatCount(totals.macs)} help={words.macsHelp} />
      <Fact
        label={words.memory}
        value={memory === null ? words.memoryUnknown : formatBytes(memory)}
        help={words.memoryHelp}
      />
    </Section>
  );
}
