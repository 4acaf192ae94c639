/** The designs for which a person wrote the model in Keras too. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const golden = join(__dirname, '..', '..', '..', 'golden');

export const handwritten = readdirSync(golden).filter((name) =>
  existsSync(join(golden, name, 'handwritten', 'keras.py')),
);
