#!/usr/bin/env python3
"""Event files beside TensorBoard's own code (pip install tensorboard; 2.21 was used).

print       prints the records that event_record_test.cpp expects, as hexadecimal text.
check DIR [KIND ...]
            reads the event files that Rondo wrote in DIR with TensorBoard's own readers, the one
            for old files and the one of its server, which verify every checksum, and prints what
            they hold. Images are unpacked, too. Fails where a kind (scalars, text, images,
            histograms) is missing.
"""
import glob
import struct
import sys
import zlib

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.plugin_event_accumulator import (
    EventAccumulator as PluginEventAccumulator,
)
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.histogram_pb2 import HistogramProto
from tensorboard.compat.proto.summary_pb2 import Summary, SummaryMetadata
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.summary.writer.record_writer import RecordWriter


class Bytes:
    def __init__(self):
        self.data = b""

    def write(self, data):
        self.data += data


def record(event):
    out = Bytes()
    RecordWriter(out).write(event.SerializeToString())
    return out.data.hex()


def text_value(tag, text):
    shape = TensorShapeProto(dim=[TensorShapeProto.Dim(size=1)])
    tensor = TensorProto(dtype="DT_STRING", string_val=[text], tensor_shape=shape)
    plugin = SummaryMetadata.PluginData(plugin_name="text")
    return Summary.Value(tag=tag, tensor=tensor, metadata=SummaryMetadata(plugin_data=plugin))


def histogram_value(tag):
    histogram = HistogramProto(min=-0.5, max=2, num=5, sum=3.5, sum_squares=0,
                               bucket_limit=[-0.25, 0, 2], bucket=[1, 0, 4])
    return Summary.Value(tag=tag, histo=histogram)


def image_value(tag, png, width, height):
    image = Summary.Image(height=height, width=width, colorspace=1, encoded_image_string=png)
    return Summary.Value(tag=tag, image=image)


def print_expected():
    scalar = Summary(value=[Summary.Value(tag="valid/bleu", simple_value=34.625)])
    text = Summary(value=[text_value("samples", "gr\u00fc\u00dfe".encode() * 20)])
    histogram = Summary(value=[histogram_value("gradients/a")])
    image = Summary(value=[image_value("attention/1", b"PNG", 24, 12)])
    print("version", record(Event(wall_time=1.5, file_version="brain.Event:2")))
    print("scalar", record(Event(wall_time=1.5, step=300, summary=scalar)))
    print("text", record(Event(wall_time=2.5, summary=text)))
    print("histogram", record(Event(wall_time=2.5, step=7, summary=histogram)))
    print("image", record(Event(wall_time=2.5, step=7, summary=image)))


def unpack(png):
    """The size of a grey PNG, and its rows of bytes; checks every chunk."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at:at + 4])
        kind, content = png[at + 4:at + 8], png[at + 8:at + 8 + size]
        (crc,) = struct.unpack(">I", png[at + 8 + size:at + 12 + size])
        assert crc == zlib.crc32(kind + content), kind
        chunks[kind] = content
        at += 12 + size
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    pixels = zlib.decompress(chunks[b"IDAT"])
    assert (depth, colour, len(pixels)) == (8, 0, height * (width + 1))
    return width, height


def check(folder, kinds):
    assert glob.glob(folder + "/events.out.tfevents.*"), "no event file in " + folder
    events = EventAccumulator(folder)
    events.Reload()
    tags = events.Tags()
    for tag in tags["scalars"]:
        print("scalar", tag, [(event.step, event.value) for event in events.Scalars(tag)])
    for tag in tags["tensors"]:
        for e in events.Tensors(tag):
            print("text", tag, e.step, e.tensor_proto.string_val[0].decode())
    for tag in tags["histograms"]:
        for e in events.Histograms(tag):
            value = e.histogram_value
            assert len(value.bucket) == len(value.bucket_limit) and sum(value.bucket) == value.num
            print("histogram", tag, e.step, value.num, value.min, value.max)
    for tag in tags["images"]:
        for e in events.Images(tag):
            assert unpack(e.encoded_image_string) == (e.width, e.height)
            print("image", tag, e.step, e.width, e.height)
    server = PluginEventAccumulator(folder)
    server.Reload()
    plugins = {}
    for tag in server.Tags()["tensors"]:
        plugin = server.SummaryMetadata(tag).plugin_data.plugin_name
        plugins.setdefault(plugin, []).append(tag)
    print("server", {name: len(tags) for name, tags in plugins.items()})
    missing = set(kinds) - set(plugins)
    assert not missing, "no " + ", ".join(missing)


if __name__ == "__main__":
    print_expected() if sys.argv[1] == "print" else check(sys.argv[2], sys.argv[3:])
