/** What is said to type checkers: they guess the parameters of Keras from their defaults. */

/** Initialisers would have to be strings, axes single numbers, and what is 0 by default a whole number. */
export const withoutTypes: readonly string[] = [
  '# Keras declares no types for most of its parameters.',
  '# pyright: reportArgumentType=false',
];
