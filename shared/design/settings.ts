/** Settings from the command line: "training.batchSize=64", "optimizer.learningRate=0.01", "data.source=xor". */
import type { Json } from '../messages/define';
import { problem, type Problem } from '../messages';
import { nearNames } from '../messages/nearNames';
import { dataConfigSchema, trainingConfigSchema } from '../training/config';
import { applyEdit } from './edits';
import { issueText } from './issueText';
import { isJson } from './isJson';
import type { Design } from './schema';

/**
 * `path` leads into the training configuration ("epochs", "optimizer.learningRate", "training.epochs") or, beginning
 * with "data.", into the data source ("data.source").
 */
export interface Setting {
  path: string;
  value: Json;
}

const trainingKeys = Object.keys(trainingConfigSchema.shape);
const openKeys = ['optimizer', 'schedule', 'earlyStopping'];
const examples = [
  ...trainingKeys.map((key) => `training.${key}`),
  ...openKeys.map((key) => `${key}.*`),
  'data.source',
  'data.*',
];

/** Reads "path=value"; a value that is not JSON is taken as text. */
export function parseSetting(text: string): { setting: Setting } | { problem: Problem } {
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(equals, 0)).trim();
  if (path === '') return { problem: problem('settingUnreadable', { text }) };
  return { setting: { path, value: valueOf(text.slice(equals + 1).trim()) } };
}

/** The design with one setting changed. */
export function applySetting(design: Design, { path, value }: Setting): { design: Design } | { problem: Problem } {
  const keys = path.split('.');
  const place = placeOf(keys);
  if (!place || keys.includes('') || keys.includes('__proto__')) return { problem: unknownPath(path) };
  const changed = applyEdit(design, sourceChange(place) ?? { edit: place.edit, path: place.path, value }).design;
  const wrong = check(changed, place.edit);
  return wrong === null ? { design: changed } : { problem: problem('settingInvalid', { path, detail: wrong }) };

  /** Another data set has other parameters, so those of the old one go. */
  function sourceChange(to: Place) {
    return to.edit === 'setData' && to.path === 'source' && design.data?.source !== value
      ? { edit: 'setData' as const, path: '', value: { source: value } }
      : null;
  }
}

interface Place {
  edit: 'setTraining' | 'setData';
  path: string;
}

function placeOf(keys: readonly string[]): Place | null {
  const [first = '', ...rest] = keys;
  if (first === 'data') return rest.length > 0 ? { edit: 'setData', path: rest.join('.') } : null;
  const inside = first === 'training' ? rest : keys;
  const [key = ''] = inside;
  const known = trainingKeys.includes(key) && (inside.length === 1 || openKeys.includes(key));
  return known ? { edit: 'setTraining', path: inside.join('.') } : null;
}

function valueOf(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : text;
  } catch {
    return text;
  }
}

function check(design: Design, edit: Place['edit']): string | null {
  const result =
    edit === 'setTraining' ? trainingConfigSchema.safeParse(design.training) : dataConfigSchema.safeParse(design.data);
  const [issue] = result.error?.issues ?? [];
  if (!issue) return null;
  return issueText(issue);
}

function unknownPath(path: string): Problem {
  const bare = path.replace(/^training\./, '');
  const near = nearNames(
    bare,
    trainingKeys.map((name) => ({ name })),
  );
  const nearData = nearNames(path, [{ name: 'data.source' }]);
  return problem('settingUnknown', {
    path,
    near: [...near.map((key) => `training.${key}`), ...nearData],
    known: examples,
  });
}
