/** Measures by the names that people know: "Accuracy" for "accuracy", the output before it where there are several. */
import { useStrings } from '../state/StudioContext';
import { compareStrings } from './strings';

export function useMeasureName(): (measure: string) => string {
  const words = useStrings(compareStrings);
  const known: Record<string, string> = { loss: words.loss, accuracy: words.accuracy };
  return (measure) => {
    const at = measure.lastIndexOf('/') + 1;
    return measure.slice(0, at) + (known[measure.slice(at)] ?? measure.slice(at));
  };
}
