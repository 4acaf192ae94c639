/** Several nodes: of one kind, their parameters are set together; else what they come to. */
import { useMemo, type ReactNode } from 'react';
import type { DesignNode } from '../../shared/design/schema';
import { formatCount } from '../i18n/amounts';
import { useStudioState, useStrings } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import { ParamField } from './form/ParamField';
import classes from './Inspector.module.css';
import { totalsOf } from './layerFacts';
import { nodeControls, schemaOf } from './nodeControls';
import { Fact, Section } from './Section';
import { strings } from './strings';
import { useEdits } from './useEdits';

function kindOf({ layer, block }: DesignNode): string {
  return layer ?? `@${block}`;
}

export function NodesInspector({ nodes }: { nodes: readonly DesignNode[] }): ReactNode {
  const words = useStrings(strings);
  const rows = useStudioState('derived', ({ layers }) => layers);
  const totals = useMemo(() => totalsOf(rows, new Set(nodes.map(({ id }) => id))), [rows, nodes]);
  const kinds = new Map<string, number>();
  for (const node of nodes) kinds.set(kindOf(node), (kinds.get(kindOf(node)) ?? 0) + 1);
  const [only] = kinds.size === 1 ? [...kinds] : [];
  return (
    <>
      <header className={classes.plainHeader}>
        <div className={classes.kind}>
          <strong>{only ? words.sameKind(only[1], only[0]) : words.selected(nodes.length)}</strong>
        </div>
        {!only && <p className={classes.summary}>{words.differentKinds}</p>}
      </header>
      {only ? (
        <Together nodes={nodes} />
      ) : (
        <Section title={words.kinds}>
          {[...kinds].map(([kind, count]) => (
            <Fact key={kind} label={kind} value={count} />
          ))}
        </Section>
      )}
      <Section title={words.totals}>
        <Fact label={words.trainable} value={totals.trainable.toLocaleString('en')} />
        {totals.nonTrainable > 0 && (
          <Fact label={words.nonTrainable} value={totals.nonTrainable.toLocaleString('en')} />
        )}
        <Fact label={words.macs} value={formatCount(totals.macs)} help={words.macsHelp} />
      </Section>
    </>
  );
}

function Together({ nodes }: { nodes: readonly DesignNode[] }): ReactNode {
  const words = useStrings(strings);
  const language = useLanguage();
  const edits = useEdits();
  const blocks = useStudioState('document', ({ design }) => design.blocks);
  const known = useStudioState('derived', (state) => state.problems);
  const [first] = nodes;
  if (!first) return null;
  const schema = schemaOf(first, blocks, words.timesHelp);
  const problems = nodes.flatMap(({ id }) => known.get(id) ?? []);
  const stepName = (label: string): string => words.setMany(label, nodes.length);
  return (
    <Section title={words.parameters}>
      {nodeControls(schema, {
        ...{ nodes, problems, language, edits, stepName },
        usualMetrics: words.usualMetrics,
      }).map((control) => (
        <ParamField key={control.name} control={control} />
      ))}
    </Section>
  );
}
