"""fastText: a bag of words and bigrams, without recurrence; for scale beside an RNN classifier."""
import tempfile
import time

import peer


def read_examples(path):
    """Lines text<TAB>label, the first a head."""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1:]
    return [(row[0], row[1]) for row in rows if len(row) > 1]


def classifying(settings):
    import fasttext

    fasttext.FastText.eprint = lambda *_: None
    train = read_examples(settings.text("labelled", "train"))
    test = read_examples(settings.text("labelled", "test"))
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(f"__label__{label} {text}\n" for text, label in train)
        file.flush()
        model = fasttext.train_supervised(file.name, wordNgrams=2, epoch=25, dim=50, lr=0.5,
                                          thread=settings.threads, verbose=0)
    lines = [text for text, _ in test] * max(1, settings.lines // max(1, len(test)))
    start = time.perf_counter()
    labels = [
        model.f.predict(line + "\n", 1, 0.0, "strict")[0][1] for line in lines
    ]
    seconds = time.perf_counter() - start
    right = sum(found == f"__label__{label}" for found, (_, label) in zip(labels, test))
    return {"lines_per_second": len(lines) / seconds, "accuracy": 100 * right / len(test)}


if __name__ == "__main__":
    peer.main({"classifying": classifying})
