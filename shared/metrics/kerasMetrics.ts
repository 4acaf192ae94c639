/** Metrics that Keras lacks, as functions and classes of exported scripts. */
import type { Helper } from '../ir/emit/emission';

const imports = ['from typing import Any', 'import keras', 'from keras import ops'];

/** Keras' own takes thresholds between 0 and 1 only, so not those of logits, and truth that is 0 or 1. */
export const kerasDecisions: Helper = {
  name: 'right_decisions',
  source: `def right_decisions(y_true: Any, y_pred: Any, threshold: float = 0.5) -> Any:
    """Give 1 for every yes or no that is right."""
    truth = ops.reshape(y_true, ops.shape(y_pred)) > 0.5
    return ops.cast(ops.equal(truth, y_pred > threshold), "float32")`,
  imports,
};

export const kerasConfusion: Helper = {
  name: 'ConfusionMatrix',
  source: `@keras.saving.register_keras_serializable()
class ConfusionMatrix(keras.metrics.Metric):
    """Counts by true class (row) and decided class; its value is the mean F1 of all classes."""

    def __init__(
        self, classes: int, threshold: float | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.classes = classes
        self.threshold = threshold
        self.matrix = self.add_weight(
            shape=(classes, classes), initializer="zeros", name="matrix"
        )

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Add a batch."""
        if self.threshold is not None:
            decided, truth = y_pred > self.threshold, y_true > 0.5
        else:
            decided = ops.argmax(y_pred, axis=-1)
            same = len(y_true.shape) == len(y_pred.shape)
            truth = ops.argmax(y_true, axis=-1) if same else y_true
        rows, columns = (
            ops.one_hot(ops.cast(ops.reshape(classes, (-1,)), "int32"), self.classes)
            for classes in (truth, decided)
        )
        self.matrix.assign_add(ops.matmul(ops.transpose(rows), columns))

    def result(self) -> Any:
        """Give the mean of F1 over the classes, 0 for those that never occur."""
        seen = ops.sum(self.matrix, axis=0) + ops.sum(self.matrix, axis=1)
        hits = ops.diagonal(self.matrix)
        return ops.mean(2 * hits / ops.maximum(seen, 1))

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal metric."""
        options = {"classes": self.classes, "threshold": self.threshold}
        return {**super().get_config(), **options}`,
  imports,
};
