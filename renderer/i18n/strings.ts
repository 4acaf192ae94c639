/** A table of words in every language. A value is a text, or a function of what is put into it. */
import type { Language } from './language';

type Word = string | ((...values: never[]) => string);
type Widened<Value> = Value extends string ? string : Value;

/** Each folder has one such table; a word that lacks a language is a type error. */
export type Strings<Table> = Readonly<Record<Language, Readonly<Table>>>;

export function defineStrings<const Table extends Readonly<Record<string, Word>>>(
  en: Table,
  zh: { readonly [Key in keyof Table]: Widened<Table[Key]> },
): Strings<{ readonly [Key in keyof Table]: Widened<Table[Key]> }> {
  return { en: en as { readonly [Key in keyof Table]: Widened<Table[Key]> }, 'zh-CN': zh };
}
