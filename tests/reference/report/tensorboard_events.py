#!/usr/bin/env python3
"""Event files beside TensorBoard's own code (pip install tensorboard; 2.21 was used).

print       prints the records that event_record_test.cpp expects, as hexadecimal text.
check DIR   reads the event files that Rondo wrote in DIR with TensorBoard's own reader, which
            verifies every checksum, and prints what they hold.
"""
import glob
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.event_pb2 import Event
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


def print_expected():
    scalar = Summary(value=[Summary.Value(tag="valid/bleu", simple_value=34.625)])
    text = Summary(value=[text_value("samples", "gr\u00fc\u00dfe".encode() * 20)])
    print("version", record(Event(wall_time=1.5, file_version="brain.Event:2")))
    print("scalar", record(Event(wall_time=1.5, step=300, summary=scalar)))
    print("text", record(Event(wall_time=2.5, summary=text)))


def check(folder):
    files = glob.glob(folder + "/events.out.tfevents.*")
    assert files, "no event file in " + folder
    events = EventAccumulator(folder)
    events.Reload()
    for tag in events.Tags()["scalars"]:
        print(tag, [(event.step, event.value) for event in events.Scalars(tag)])
    for tag in events.Tags()["tensors"]:
        print(tag, [(e.step, e.tensor_proto.string_val[:]) for e in events.Tensors(tag)])


if __name__ == "__main__":
    print_expected() if sys.argv[1] == "print" else check(sys.argv[2])
