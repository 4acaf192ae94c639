/** A table of sentences with holes in Chinese: one that lacks a sentence is a type error. */
export type InChinese<Table> = { readonly [Name in keyof Table]: string };
