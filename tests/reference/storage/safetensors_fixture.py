#!/usr/bin/env python3
"""Exchanges tensor files with Python's safetensors (pip install safetensors numpy; 0.8 was used).

write FILE  makes fixture.safetensors, which tensor_file_test.cpp reads.
check FILE  opens a file that Rondo wrote ("torch_tests" leaves one at $RONDO_WRITE_SAMPLE) and
            compares it with the same values.
"""
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

VALUES = {
    "double": np.array([[1.5, -2.25]], dtype=np.float64),
    "float": np.arange(6, dtype=np.float32).reshape(2, 3) / 4,
    "half": np.array([0.5, -65504.0], dtype=np.float16),
    "long": np.array([-(2**62), 7], dtype=np.int64),
    "int": np.array([-5, 5], dtype=np.int32),
    "short": np.array([-300], dtype=np.int16),
    "signed": np.array([-128, 127], dtype=np.int8),
    "bytes": np.frombuffer(b"\x00rondo\xff", dtype=np.uint8),
    "flags": np.array([True, False, True]),
    "scalar": np.array(3.0, dtype=np.float32),
    "empty": np.zeros((0, 4), dtype=np.float32),
}
METADATA = {"config": "name: gr\u00fc\u00dfe\n", "format_version": "1"}


def check(path):
    found = load_file(path)
    assert found.keys() == VALUES.keys(), found.keys() ^ VALUES.keys()
    for name, value in VALUES.items():
        assert found[name].dtype == value.dtype, name
        assert found[name].shape == value.shape, name
        assert (found[name] == value).all(), name
    with safe_open(path, "np") as file:
        assert file.metadata() == METADATA, file.metadata()
    print("equal")


if __name__ == "__main__":
    command, path = sys.argv[1:]
    save_file(VALUES, path, METADATA) if command == "write" else check(path)
