"""`model.fit` of an exported Keras folder: `keras_fit.py FOLDER EPOCHS`.

Prints the milliseconds from the first batch to the judgement of the test part.
"""

import math
import sys
import time

from exported import exported_script


def fit(folder: str, epochs: int) -> float:
    script = exported_script(folder)
    script.EPOCHS = epochs
    training, validation, test = (script.load_data(part) for part in ("train", "validation", "test"))
    inputs, targets = training
    model = script.make_model()
    script.compile_model(model, script.make_schedule(math.ceil(len(targets) / script.BATCH_SIZE)))
    began = time.perf_counter()
    model.fit(inputs, targets, batch_size=script.BATCH_SIZE, epochs=epochs, validation_data=validation, verbose=0)
    model.evaluate(*validation, verbose=0)
    model.evaluate(*test, verbose=0)
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    print(fit(sys.argv[1], int(sys.argv[2])), flush=True)
