/** One line about the preparation of data: what is done, and how much of it. */
import type { DataProgress } from '../../services/data/dataSource';
import { progressBar } from './graphics';
import { formatCount } from './numbers';

export function dataLine({ step, done, total }: DataProgress): string {
  if (total === null || total <= 0) return done > 0 ? `${step} ${formatCount(done)}` : step;
  const share = done / total;
  return `${step} ${progressBar(share, 24)} ${Math.floor(100 * share)} %`;
}
