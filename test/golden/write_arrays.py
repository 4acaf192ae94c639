"""Makes the archive of the golden design several-arrays with NumPy itself: python test/golden/write_arrays.py

Three kinds of 6x6 pictures (a horizontal bar, a vertical bar, a frame) in noise; what else is known of each follows
from its kind. Run it only to change them: the losses beside the design change with every bit.
"""

from pathlib import Path

import numpy

SIZE = 6
SAMPLES = 80


def pictures(kinds: numpy.ndarray, random: numpy.random.Generator) -> numpy.ndarray:
    """uint8 [samples, 6, 6]"""
    drawn = random.integers(0, 80, (len(kinds), SIZE, SIZE))
    for picture, kind, at in zip(drawn, kinds, random.integers(1, SIZE - 1, len(kinds))):
        if kind == 0:
            picture[at, :] += 150
        elif kind == 1:
            picture[:, at] += 150
        else:
            picture[[0, -1], :] += 150
    return drawn.astype(numpy.uint8)


def main() -> None:
    random = numpy.random.default_rng(1)
    species = random.integers(0, 3, SAMPLES)
    age = random.uniform(0, 2, SAMPLES)
    weight = (species + 1) * age + random.normal(0, 0.05, SAMPLES)
    words = random.integers(0, 2, (SAMPLES, 3)) + 2 * species[:, None]
    numpy.savez_compressed(
        Path(__file__).parent / "several-arrays" / "animals.npz",
        picture=pictures(species, random),
        age=age.astype(numpy.float32),
        words=words,
        species=species,
        weight=weight.astype(numpy.float32),
    )


if __name__ == "__main__":
    main()
