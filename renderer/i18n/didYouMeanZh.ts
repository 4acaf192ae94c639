/** The names that somebody probably meant, as a question in Chinese; nothing where no name is near. */
export function didYouMeanZh(near: readonly string[]): string {
  return near.length > 0 ? `是否想用 ${near.join(' 或 ')}？` : '';
}
