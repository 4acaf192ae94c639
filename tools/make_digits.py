"""Makes assets/digits/digits.bin from scikit-learn's copy of the UCI handwritten digits.

Usage: python tools/make_digits.py (needs numpy and scikit-learn). The result is committed; this shows how it came about.

The file, little-endian: the 8 bytes "NLDIGITS", uint32 version (1), uint32 samples (1797), then
  samples x 64 bytes   pixels, row by row, 0..16
  samples x 1 byte     the digit, 0..9
  samples x 1 byte     the part: 0 train, 1 validation, 2 test
and uint32 CRC-32 (IEEE) of everything before it. Samples are in scikit-learn's order.

The split: of each digit 30 samples validate and 30 test, drawn once by a permutation of the digit's samples with
numpy's frozen generator RandomState(1797); the others train. That is 1197 / 300 / 300.
"""

import pathlib
import struct
import zlib

import numpy
from sklearn.datasets import load_digits

digits = load_digits()
pixels = digits.images.astype(numpy.uint8)
labels = digits.target.astype(numpy.uint8)
assert pixels.shape == (1797, 8, 8) and pixels.max() == 16 and (pixels == digits.images).all()

random = numpy.random.RandomState(1797)
parts = numpy.zeros(len(labels), numpy.uint8)
for digit in range(10):
    order = random.permutation(numpy.flatnonzero(labels == digit))
    parts[order[:30]] = 1
    parts[order[30:60]] = 2

content = b"NLDIGITS" + struct.pack("<II", 1, len(labels)) + pixels.tobytes() + labels.tobytes() + parts.tobytes()
content += struct.pack("<I", zlib.crc32(content))
target = pathlib.Path(__file__).parent.parent / "assets" / "digits" / "digits.bin"
target.write_bytes(content)
print(target, len(content), "bytes", numpy.bincount(labels), [int((parts == part).sum()) for part in range(3)])
