/** One node: its parameters, shapes, weights, cost, documentation and note. */
import { useMemo, useState, type ReactNode } from 'react';
import type { DesignNode } from '../../shared/design/schema';
import { library } from '../../shared/library';
import type { Diagnostic } from '../../shared/messages';
import { definitionWords } from '../i18n/definitionWords';
import { useStudioState, useStrings } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import { categoryColour, CategoryGlyph } from '../ui/CategoryGlyph';
import { LiveInput } from '../ui/LiveInput';
import { FormRow } from './form/FormRow';
import { ParamField } from './form/ParamField';
import classes from './Inspector.module.css';
import { NodeFactSections } from './NodeFactSections';
import { nodeControls, otherProblems, schemaOf } from './nodeControls';
import { nameEdit, noteEdit } from './paramEdits';
import { ProblemList } from './ProblemList';
import { Section } from './Section';
import { strings } from './strings';
import { useEdits } from './useEdits';

const none: readonly Diagnostic[] = [];

export function NodeInspector({ node }: { node: DesignNode }): ReactNode {
  const words = useStrings(strings);
  const language = useLanguage();
  const edits = useEdits();
  const blocks = useStudioState('document', ({ design }) => design.blocks);
  const problems = useStudioState('derived', (state) => state.problems.get(node.id) ?? none);
  const schema = useMemo(() => schemaOf(node, blocks, words.timesHelp), [node, blocks, words]);
  const name = node.name ?? node.id;
  const stepName = (label: string): string => words.set(label, name);
  const controls = nodeControls(schema, {
    ...{ nodes: [node], problems, language, edits, stepName },
    usualMetrics: words.usualMetrics,
  });
  return (
    <>
      <Header node={node} />
      <ProblemList problems={otherProblems(problems, schema, language)} label={words.problemHere} />
      <Section title={node.block === undefined ? words.parameters : words.arguments}>
        {controls.length === 0 && <p className={classes.hint}>{words.noParameters}</p>}
        {controls.map((control) => (
          <ParamField key={control.name} control={control} />
        ))}
      </Section>
      <NodeFactSections node={node} />
      <Note node={node} />
    </>
  );
}

function Header({ node }: { node: DesignNode }): ReactNode {
  const words = useStrings(strings);
  const language = useLanguage();
  const edits = useEdits();
  const [refusal, setRefusal] = useState<string | null>(null);
  const block = useStudioState('document', ({ design }) =>
    node.block === undefined ? undefined : design.blocks[node.block],
  );
  const definition = node.layer === undefined ? undefined : library.layers.get(node.layer);
  const category = definition?.group ?? 'block';
  const told = definition && definitionWords('layers', definition, language);
  const kind = node.layer ?? block?.title ?? node.block;
  return (
    <header className={classes.header} style={{ borderLeftColor: categoryColour(category) }}>
      <div className={classes.kind}>
        <span style={{ color: categoryColour(category) }}>
          <CategoryGlyph category={category} size={14} />
        </span>
        <strong>{kind}</strong>
        {told && told.title !== kind && <span className={classes.kindTitle}>{told.title}</span>}
      </div>
      <p className={classes.summary}>
        {told?.summary ??
          (node.layer !== undefined
            ? words.unknownKind(node.layer)
            : block
              ? words.blockOf(block.nodes.length)
              : words.noBlock)}
      </p>
      <FormRow name="name" label={words.name} problems={refusal === null ? [] : [refusal]}>
        {(id, describedBy) => (
          <LiveInput
            id={id}
            label={words.name}
            value={node.name ?? ''}
            placeholder={node.id}
            invalid={refusal !== null}
            describedBy={describedBy}
            onChange={(text) => {
              const refused = edits.apply(words.rename, (design) => nameEdit(design, node.id, text), `name ${node.id}`);
              setRefusal(refused);
              return refused === null;
            }}
          />
        )}
      </FormRow>
    </header>
  );
}

function Note({ node }: { node: DesignNode }): ReactNode {
  const words = useStrings(strings);
  const edits = useEdits();
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <Section title={words.note}>
      <FormRow name="note" label={words.note} tall unseenLabel problems={refusal === null ? [] : [refusal]}>
        {(id, describedBy) => (
          <LiveInput
            id={id}
            rows={3}
            label={words.note}
            value={node.note ?? ''}
            placeholder={words.notePlaceholder}
            describedBy={describedBy}
            onChange={(text) => {
              const refused = edits.apply(
                words.editNote,
                (design) => noteEdit(design, node.id, text),
                `note ${node.id}`,
              );
              setRefusal(refused);
              return refused === null;
            }}
          />
        )}
      </FormRow>
    </Section>
  );
}
