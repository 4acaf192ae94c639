/** Diagnostics and their repairs in the user's language; English is what the compiler says. */
import type { Problem } from '../../shared/messages';
import type { Repair } from '../../shared/messages/define';
import { fragmentZh } from './fragmentZh';
import type { Language } from './language';
import { messagesZh } from './messagesZh';
import { repairTitleZh } from './repairTitleZh';

export function diagnosticText(
  { code, message, arguments: args }: Pick<Problem, 'code' | 'message' | 'arguments'>,
  language: Language,
): string {
  if (language === 'en') return message;
  // `problem` made the arguments for this very code.
  const chinese = messagesZh[code] as (values: Record<string, unknown>) => string;
  return chinese(args);
}

export function repairTitle({ title }: Pick<Repair, 'title'>, language: Language): string {
  return language === 'en' ? title : repairTitleZh(title);
}

/** What the schema of the file says of a value, as the end of a sentence. */
export function refusalText(detail: string, language: Language): string {
  return language === 'en' ? `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.` : `${fragmentZh(detail)}。`;
}
