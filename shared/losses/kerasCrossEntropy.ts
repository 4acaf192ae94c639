/** Losses that Keras lacks, as a class of exported scripts. */
import type { Helper } from '../ir/emit/emission';

/** Indices or distributions, smoothed or not; probabilities are taken as they are, not scaled to a sum of 1. */
export const kerasCrossEntropy: Helper = {
  name: 'CrossEntropy',
  source: `@keras.saving.register_keras_serializable()
class CrossEntropy(keras.losses.Loss):
    """Cross-entropy with class indices or with distributions."""

    def __init__(
        self, from_logits: bool = True, label_smoothing: float = 0.0, **options: Any
    ) -> None:
        super().__init__(**options)
        self.from_logits = from_logits
        self.label_smoothing = label_smoothing

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Give the loss of every position; no probability counts below 1e-7."""
        classes = y_pred.shape[-1]
        truth = y_true
        if len(y_true.shape) < len(y_pred.shape):
            truth = ops.one_hot(ops.cast(y_true, "int32"), classes)
        smoothing = self.label_smoothing
        truth = ops.cast(truth, y_pred.dtype) * (1 - smoothing) + smoothing / classes
        if self.from_logits:
            logarithms = ops.log_softmax(y_pred, axis=-1)
        else:
            logarithms = ops.log(ops.maximum(y_pred, 1e-7))
        return -ops.sum(truth * logarithms, axis=-1)

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal loss."""
        options = {
            "from_logits": self.from_logits,
            "label_smoothing": self.label_smoothing,
        }
        return {**super().get_config(), **options}`,
  imports: ['from typing import Any', 'import keras', 'from keras import ops'],
};
