"""Collects named tensors, case by case, and writes them in the safetensors layout."""

import json
import struct

import torch

DTYPES = {torch.float32: "F32", torch.int64: "I64"}


class ReferenceFile:
    """Tensors named <case>/<kind>/<name>; kind is input, parameter, output or gradient."""

    def __init__(self):
        self.tensors = {}

    def add(self, case, kind, **tensors):
        for name, tensor in tensors.items():
            self.tensors[f"{case}/{kind}/{name}"] = tensor.detach().contiguous().clone()

    def add_module(self, case, parameters):
        """parameters: Rondo's name -> the torch parameter, after its backward pass."""
        for name, parameter in parameters.items():
            # A gradient near nothing would agree with any implementation.
            assert parameter.grad.abs().max() > 0.01, f"{case}: {name} hardly matters"
            self.add(case, "parameter", **{name: parameter})
            self.add(case, "gradient", **{name: parameter.grad})

    def write(self, path):
        """u64 header size, JSON header padded to 8 bytes, raw little-endian tensors.

        Widest elements first, so that every tensor is aligned to its element."""
        header, blobs, offset = {}, [], 0
        by_width = sorted(self.tensors.items(), key=lambda item: (-item[1].itemsize, item[0]))
        for name, tensor in by_width:
            blob = tensor.numpy().tobytes()
            header[name] = {
                "dtype": DTYPES[tensor.dtype],
                "shape": list(tensor.shape),
                "data_offsets": [offset, offset + len(blob)],
            }
            blobs.append(blob)
            offset += len(blob)
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))
        print(f"{path.name}: {len(self.tensors)} tensors, {path.stat().st_size} bytes")
