"""`model.fit` of an exported Keras folder: `keras_fit.py FOLDER EPOCHS`; answers as `hand_written.py` does."""

import math
import time
from typing import Any

from answering import answer


def train(script: Any, epochs: int) -> dict[str, Any]:
    script.EPOCHS = epochs
    training, validation, test = (script.load_data(part) for part in ("train", "validation", "test"))
    inputs, targets = training
    model = script.make_model()
    script.compile_model(model, script.make_schedule(math.ceil(len(targets) / script.BATCH_SIZE)))
    began = time.perf_counter()
    history = model.fit(
        inputs, targets, batch_size=script.BATCH_SIZE, epochs=epochs, validation_data=validation, verbose=0
    )
    model.evaluate(*validation, verbose=0)
    model.evaluate(*test, verbose=0)
    return {"milliseconds": 1000 * (time.perf_counter() - began), "losses": history.history["val_loss"]}


if __name__ == "__main__":
    answer(train)
