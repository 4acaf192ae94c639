/** The types that classes of generated TensorFlow.js code share. */
import type { Helper } from '../../../ir/emit/emission';

export const layerArguments: Helper = {
  name: 'LayerArgs',
  imports: [],
  source: `type LayerArgs = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>;
type Initializer = ReturnType<typeof tf.initializers.zeros>;
type Pair = [number, number];
`,
};
