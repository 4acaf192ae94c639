/** The usual forms of a twin in Keras: a layer of one input, a layer of a list of inputs. */
import { call, code, list, type Fragment, type Hole, type Keywords } from '../../../ir/emit/code';
import type { CodeEmission } from '../../../ir/emit/emission';
import { twin } from '../../../ir/emit/transform';
import { manyOf } from '../typeChecks';

/** `weights` are names that both sides use. */
export function kerasLayer(
  layer: Fragment,
  positional: readonly Hole[] = [],
  keywords: Keywords = {},
  weights: readonly string[] = [],
): CodeEmission {
  return { member: call(layer, positional, keywords), weights: weights.map((name) => twin(name, name)) };
}

/** Called with the list of what is wired to the port `input`. */
export function kerasMerge(layer: Fragment, keywords: Keywords = {}): CodeEmission {
  return {
    member: call(layer, [], keywords),
    call: ({ inputs, member }) =>
      call(code`${member}`, [list(manyOf({ ...inputs }, 'input').map(({ value }) => value))]),
  };
}
