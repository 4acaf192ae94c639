/** The settings of compared runs; a value is copied whole by a click, however much of it is seen. */
import { useState, type ReactNode } from 'react';
import type { Json } from '../../shared/messages/define';
import { useStudio, useStrings } from '../state/StudioContext';
import { Button } from '../ui/Button';
import classes from './Differences.module.css';
import { settingText, type SettingRow } from './settingRows';
import { compareStrings } from './strings';
import { sentenceOf } from '../state/sentenceOf';

/** Rows drawn at first: a net of three hundred layers has thousands. */
const rowsAtOnce = 200;

interface SettingsProps {
  rows: readonly SettingRow[];
  runs: readonly string[];
  nothing: string;
}

export function Settings({ rows, runs, nothing }: SettingsProps): ReactNode {
  const { client, view } = useStudio();
  const words = useStrings(compareStrings);
  const [most, setMost] = useState(rowsAtOnce);
  const copy = async (value: Json): Promise<void> => {
    try {
      await client.request('writeClipboard', { text: settingText(value) });
      view.getState().notify({ kind: 'info', text: words.copied });
    } catch (error) {
      view.getState().notify({ kind: 'error', text: sentenceOf(error) });
    }
  };
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={runs.length + 1} className={classes.section}>
          {words.settings}
        </th>
      </tr>
      {rows.length === 0 && (
        <tr>
          <td colSpan={runs.length + 1} className={classes.faint}>
            {nothing}
          </td>
        </tr>
      )}
      {rows.slice(0, most).map(({ path, label, values, differs }) => (
        <tr key={path} data-setting={path} data-differs={differs || undefined}>
          <th scope="row" className={classes.label} title={path}>
            {label}
          </th>
          {values.map((value, at) => (
            <td key={runs[at] ?? at}>
              {value === null ? (
                <span className={classes.faint}>–</span>
              ) : (
                <button
                  type="button"
                  className={classes.value}
                  title={`${settingText(value)}\n${words.copyValue}`}
                  onClick={() => void copy(value)}
                >
                  {settingText(value)}
                </button>
              )}
            </td>
          ))}
        </tr>
      ))}
      {rows.length > most && (
        <tr>
          <td colSpan={runs.length + 1}>
            <Button kind="quiet" onClick={() => setMost(most + rowsAtOnce * 5)}>
              {words.moreSettings(rows.length - most)}
            </Button>
          </td>
        </tr>
      )}
    </tbody>
  );
}
