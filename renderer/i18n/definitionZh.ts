/** The form of a definition's words in Chinese; the definitions themselves hold the English ones. */
export interface DefinitionZh {
  title: string;
  summary: string;
  /** Help by parameter. */
  params?: Readonly<Record<string, string>>;
  /** Help by port, where the definition gives one. */
  ports?: Readonly<Record<string, string>>;
}

export type DefinitionsZh = Readonly<Record<string, DefinitionZh>>;
