/** The targets of export, by their name: one line a target. */
import type { Target } from '../ir/emit/emission';
import type { ExportTarget } from './exportTarget';

export const exportTargets: Partial<Record<Target, ExportTarget>> = {};
