"""SentencePiece's own Python wheel: text to pieces."""
import os
import time

import peer


def tokenizing(settings):
    import sentencepiece

    start = time.perf_counter()
    processor = sentencepiece.SentencePieceProcessor(
        model_file=os.path.join(settings.folder, "joint.model"), num_threads=settings.threads)
    loaded = time.perf_counter() - start
    with open(settings.text("train", "src"), encoding="utf-8") as file:
        lines = file.read().split("\n")[:-1]
    processor.encode(lines[:64], num_threads=settings.threads)
    start = time.perf_counter()
    ids = processor.encode(lines, num_threads=settings.threads)
    seconds = time.perf_counter() - start
    return {"lines_per_second": len(lines) / seconds, "load_seconds": loaded,
            "tokens_per_second": sum(map(len, ids)) / seconds}


if __name__ == "__main__":
    peer.main({"tokenizing": tokenizing})
