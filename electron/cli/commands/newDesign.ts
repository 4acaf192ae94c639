/** `netloom new TEMPLATE FILE`: a copy of a sample design to start from. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nearNames } from '../../../shared/messages/nearNames';
import { FileProblem, withFileProblems } from '../../files/fileProblem';
import { openDesign } from '../../services/designs/openDesign';
import { saveDesign } from '../../services/designs/saveDesign';
import type { Context } from '../context';
import { exitCode, type ExitCode } from '../exitCode';

const extension = '.netloom';

/** `templates`: the folder of the sample designs. An existing file is never overwritten. */
export function newDesign(template: string, file: string, templates: string, context: Context): ExitCode {
  const { terminal, style } = context;
  const names = templateNames(templates);
  if (!names.includes(template)) {
    const near = nearNames(
      template,
      names.map((name) => ({ name })),
    );
    const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
    terminal.warn(`${style.red(`There is no template "${template}".${hint}`)}\nTemplates: ${names.join(', ')}\n`);
    return exitCode.usage;
  }
  const target = file.endsWith(extension) ? file : file + extension;
  if (existsSync(target)) {
    throw new FileProblem('bad-value', target, `${target} exists already and is left as it is. Choose another name.`);
  }
  saveDesign(target, openDesign(join(templates, template + extension)));
  terminal.write(
    `Wrote ${target} from the template ${basename(template)}.\nTrain it with: npx netloom train ${target}\n`,
  );
  return exitCode.done;
}

export function templateNames(templates: string): string[] {
  return withFileProblems(templates, 'read', () => readdirSync(templates))
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .sort();
}
