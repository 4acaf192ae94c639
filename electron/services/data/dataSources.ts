/** Which code prepares which data set: one line each, for every definition of the registry. */
import { spiralsParams } from '../../../shared/datasets/spirals';
import { xorParams } from '../../../shared/datasets/xor';
import type { DataSource } from './dataSource';
import { csvSource } from './sources/csvSource';
import { digitsSource } from './sources/digitsSource';
import { idxSource } from './sources/idxSource';
import { npzSource } from './sources/npzSource';
import { pointsSource } from './sources/pointsSource';
import { spiralPoints } from './sources/spiralPoints';
import { xorPoints } from './sources/xorPoints';

export const dataSources: Readonly<Record<string, DataSource>> = {
  xor: pointsSource(xorParams, xorPoints),
  spirals: pointsSource(spiralsParams, spiralPoints),
  digits: digitsSource,
  mnist: idxSource,
  fashionMnist: idxSource,
  csv: csvSource,
  npz: npzSource,
};
