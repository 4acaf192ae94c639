/** What comparing the saved code with the engine has found, check by check. */
import { CircleCheck, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { exportTargets } from '../../shared/codegen/exportTargets';
import type { Verification } from '../../shared/ipc/studio/exportSchemas';
import type { Target } from '../../shared/ir/emit/emission';
import { formatPercent } from '../i18n/numbers';
import { useStrings } from '../state/StudioContext';
import classes from './Verdict.module.css';
import { checkStrings, exportStrings } from './strings';

type Check = Verification['checks'][number];

export function Verdict({ target, verified }: { target: Target; verified: Verification }): ReactNode {
  const words = useStrings(exportStrings);
  const kinds: Readonly<Record<string, string>> = useStrings(checkStrings);
  const { ok, error, checks, versions } = verified;
  const { title } = exportTargets[target];
  const Sign = ok ? CircleCheck : CircleX;
  const worst = ({ ratio, compared, what }: Check): string => {
    if (compared === 0) return words.nothing;
    if (what !== null) return what;
    return ratio === null ? words.beyond : ratio === 0 ? words.equal : formatPercent(ratio);
  };
  return (
    <section className={classes.verdict} data-verified={ok}>
      <h2 className={classes.title} data-ok={ok}>
        <Sign size={16} aria-hidden />{' '}
        {error !== null ? words.failed : ok ? words.verified(title) : words.differs(title)}
      </h2>
      {error !== null && <p className={classes.error}>{error}</p>}
      {checks.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{words.compared}</th>
              <th scope="col">{words.tensors}</th>
              <th scope="col">{words.worst}</th>
            </tr>
          </thead>
          <tbody>
            {checks.map((check) => (
              <tr key={check.kind} data-ok={check.ok}>
                <th scope="row">{kinds[check.kind] ?? check.kind}</th>
                <td>{check.compared}</td>
                <td>
                  {worst(check)} {check.tensor !== null && check.ratio !== 0 && <code>{check.tensor}</code>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className={classes.versions}>
        {Object.entries(versions)
          .map(([name, version]) => `${name} ${version}`)
          .join(' · ')}
      </p>
    </section>
  );
}
