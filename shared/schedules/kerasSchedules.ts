/** Schedules that Keras lacks, as classes of exported scripts. */
import type { Helper } from '../ir/emit/emission';

/** Its own cosine begins a warm-up at 0, so that the first update does nothing. */
export const kerasCosine: Helper = {
  name: 'WarmUpAndCosine',
  source: `@keras.saving.register_keras_serializable()
class WarmUpAndCosine(keras.optimizers.schedules.LearningRateSchedule):
    """Rises in a line for some updates, then falls along half a cosine wave."""

    def __init__(
        self, rate: float, warm_up: float, updates: int, final_factor: float = 0.0
    ) -> None:
        self.rate = rate
        self.warm_up = min(math.floor(warm_up + 0.5), updates)
        self.updates = updates
        self.final_factor = final_factor

    def __call__(self, step: Any) -> Any:
        """Give the rate of update 0, 1 and so on."""
        update = ops.cast(step, "float32")
        falling = max(1, self.updates - self.warm_up)
        progress = ops.minimum(1.0, (update - self.warm_up) / falling)
        wave = (1 + ops.cos(math.pi * progress)) / 2
        fallen = self.final_factor + (1 - self.final_factor) * wave
        risen = (update + 1) / max(1, self.warm_up)
        return self.rate * ops.where(update < self.warm_up, risen, fallen)

    def get_config(self) -> dict[str, Any]:
        """Give what makes an equal schedule."""
        return {
            "rate": self.rate,
            "warm_up": self.warm_up,
            "updates": self.updates,
            "final_factor": self.final_factor,
        }`,
  imports: ['import math', 'from typing import Any', 'import keras', 'from keras import ops'],
};

/** Its own asks for an absolute improvement, and is one epoch less patient. */
export const kerasPlateau: Helper = {
  name: 'ReduceOnPlateau',
  source: `class ReduceOnPlateau(keras.callbacks.Callback):
    """Lowers the learning rate after more than \`patience\` epochs without improvement."""

    def __init__(
        self,
        monitor: str,
        mode: str,
        factor: float,
        patience: int,
        minimum: float,
        threshold: float,
    ) -> None:
        super().__init__()
        self.monitor = monitor
        self.sign = -1 if mode == "max" else 1
        self.factor = factor
        self.patience = patience
        self.minimum = minimum
        self.threshold = threshold
        self.best = math.inf
        self.stalled = 0
        self.current = 1.0

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Look at the monitored value; an improvement is a part of the best."""
        value = self.sign * float((logs or {}).get(self.monitor, math.nan))
        least = 0.0 if math.isinf(self.best) else self.threshold * abs(self.best)
        improved = value < self.best - least
        self.best = value if improved else self.best
        self.stalled = 0 if improved else self.stalled + 1
        if self.stalled > self.patience:
            self.stalled = 0
            lowered = max(self.minimum, self.current * self.factor)
            model: Any = self.model
            rate = float(model.optimizer.learning_rate) * lowered / self.current
            model.optimizer.learning_rate = rate
            self.current = lowered`,
  imports: ['import math', 'from typing import Any', 'import keras'],
};
