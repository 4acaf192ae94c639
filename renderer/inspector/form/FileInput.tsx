/** A data file: typed as a path that counts from the design's folder, or chosen. */
import type { ReactNode } from 'react';
import type { Json } from '../../../shared/messages/define';
import { useStudio, useStrings } from '../../state/StudioContext';
import { Button } from '../../ui/Button';
import { LiveInput } from '../../ui/LiveInput';
import { strings } from '../strings';
import type { FieldControl } from './control';
import { sentenceOf } from '../../state/sentenceOf';

interface FileInputProps {
  control: FieldControl;
  change: (value: Json | undefined) => boolean;
  id: string;
  describedBy: string | undefined;
}

export function FileInput({ control, change, id, describedBy }: FileInputProps): ReactNode {
  const { client, document, view } = useStudio();
  const words = useStrings(strings);
  const { label, value, problems } = control;
  const choose = async (): Promise<void> => {
    const { key } = document.getState();
    if (key === null) return;
    try {
      const { file } = await client.request('chooseDataFile', { key });
      if (file !== null) change(file);
    } catch (error) {
      view.getState().notify({ kind: 'error', text: sentenceOf(error) });
    }
  };
  return (
    <>
      <LiveInput
        id={id}
        label={label}
        value={typeof value === 'string' ? value : ''}
        placeholder="data.csv"
        mono
        invalid={problems.length > 0}
        describedBy={describedBy}
        onChange={change}
      />
      <Button onClick={() => void choose()}>{words.chooseFile}</Button>
    </>
  );
}
