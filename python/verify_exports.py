"""Runs exported folders for Netloom to compare with its engine: `verify_exports.py JOB.json`."""

import sys
from pathlib import Path

from verify.job import read_job
from verify.run import run

if __name__ == "__main__":
    run(read_job(Path(sys.argv[1])))
