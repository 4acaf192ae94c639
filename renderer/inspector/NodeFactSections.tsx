/** What follows from a node: shapes at its ports, cost, its weights, and who shares them. */
import { useMemo, type ReactNode } from 'react';
import type { DesignNode } from '../../shared/design/schema';
import type { Initialiser } from '../../shared/ir/initialiser';
import { library } from '../../shared/library';
import { trainingConfigSchema } from '../../shared/training/config';
import { formatBytes, formatCount } from '../i18n/amounts';
import { portHelp } from '../i18n/definitionWords';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import { useLanguage } from '../state/useLanguage';
import { Button } from '../ui/Button';
import classes from './Inspector.module.css';
import { layerFacts, usersOf, type LayerFacts, type PortType } from './layerFacts';
import { updateNodes } from './paramEdits';
import { Fact, Section } from './Section';
import { ShapeText } from './ShapeText';
import { strings } from './strings';
import { useEdits } from './useEdits';

const bytesPerElement = 4;

export function NodeFactSections({ node }: { node: DesignNode }): ReactNode {
  const words = useStrings(strings);
  const design = useStudioState('document', (state) => state.design);
  const rows = useStudioState('derived', ({ layers }) => layers);
  const facts = useMemo(() => layerFacts(design, rows, node), [design, rows, node]);
  const batch = trainingConfigSchema.safeParse(design.training).data?.batchSize ?? 1;
  const saved = facts.savedElements;
  // Zero would be a lie about a layer whose error keeps it from being counted.
  const known = facts.outputs.length === 0 || facts.outputs.some(({ type }) => type !== null);
  return (
    <>
      <Section title={words.shapes}>
        <Ports node={node} ports={facts.inputs} kind={words.input} />
        <Ports node={node} ports={facts.outputs} kind={words.output} />
      </Section>
      <Section title={words.cost}>
        <Fact label={words.trainable} value={known ? facts.trainable.toLocaleString('en') : words.notKnown} />
        {facts.nonTrainable > 0 && <Fact label={words.nonTrainable} value={facts.nonTrainable.toLocaleString('en')} />}
        <Fact label={words.macs} value={known ? formatCount(facts.macs) : words.notKnown} help={words.macsHelp} />
        {saved !== null && (
          <Fact
            label={words.activations}
            value={formatBytes(saved * batch * bytesPerElement)}
            help={words.activationsHelp}
          />
        )}
      </Section>
      {(facts.weights.length > 0 || facts.weightsOf !== null) && <Weights node={node} facts={facts} />}
    </>
  );
}

function Ports({ node, ports, kind }: { node: DesignNode; ports: readonly PortType[]; kind: string }): ReactNode {
  const words = useStrings(strings);
  const language = useLanguage();
  const definition = node.layer === undefined ? undefined : library.layers.get(node.layer);
  const helpOf = (port: string): string => {
    const found = [...(definition?.inputs ?? []), ...(definition?.outputs ?? [])].find(({ name }) => name === port);
    return found && node.layer !== undefined ? portHelp(node.layer, port, found.help, language) : '';
  };
  return ports.map(({ port, type }) => (
    <Fact
      key={port}
      label={port === 'input' || port === 'output' ? kind : `${kind} ${port}`}
      value={<ShapeText type={type} unknown={words.notKnown} />}
      help={helpOf(port) || undefined}
    />
  ));
}

function Weights({ node, facts }: { node: DesignNode; facts: LayerFacts }): ReactNode {
  const words = useStrings(strings);
  return (
    <Section title={words.weights} note={String(facts.weights.length)}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.weightName}</th>
            <th scope="col">{words.weightShape}</th>
            <th scope="col">{words.weightInitialiser}</th>
          </tr>
        </thead>
        <tbody>
          {facts.weights.map(({ name, spec }) => (
            <tr key={name}>
              <td>
                {name}
                {!spec.trainable && <span className={classes.untrained}>{words.notTrained}</span>}
              </td>
              <td className={classes.mono}>{spec.shape.join('×')}</td>
              <td className={classes.mono}>{initialiserText(spec.initialiser)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Sharing node={node} owner={facts.weightsOf} />
    </Section>
  );
}

function initialiserText({ type, value }: Initialiser): string {
  return value === undefined ? type : `${type} ${value}`;
}

function Sharing({ node, owner }: { node: DesignNode; owner: string | null }): ReactNode {
  const { view } = useStudio();
  const words = useStrings(strings);
  const edits = useEdits();
  const design = useStudioState('document', (state) => state.design);
  const nameOf = (id: string): string => design.nodes.find((one) => one.id === id)?.name ?? id;
  const show = (id: string): void => {
    view.getState().select([id]);
    view.getState().canvas?.reveal(id);
  };
  const own = (): void =>
    void edits.apply(words.ownWeights, (current) =>
      updateNodes(current, new Set([node.id]), (one) => {
        const kept = { ...one };
        delete kept.weightsOf;
        return kept;
      }),
    );
  const users = usersOf(design, node.id);
  return (
    <>
      {owner !== null && (
        <div className={classes.sharing}>
          <button type="button" className={classes.link} onClick={() => show(owner)}>
            {words.sharedFrom(nameOf(owner))}
          </button>
          <Button onClick={own}>{words.ownWeights}</Button>
        </div>
      )}
      {users.map(({ id }) => (
        <button key={id} type="button" className={classes.link} onClick={() => show(id)}>
          {words.sharedBy(nameOf(id))}
        </button>
      ))}
    </>
  );
}
