"""Runs the train.py of exported folders, one after the other, in one process."""

import os
import runpy
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

for folder in sys.argv[1:]:
    sys.modules.pop("model", None)
    sys.path.insert(0, folder)
    keras.backend.clear_session()
    runpy.run_path(os.path.join(folder, "train.py"), run_name="__main__")
    sys.path.remove(folder)
