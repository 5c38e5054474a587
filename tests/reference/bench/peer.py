"""What every compared system's script is made of. One is started as

    python SYSTEM.py CELL.json OUTCOME.json

where CELL.json holds the settings of app/bench/cell.h; it leaves {"values": {...}}, or {"missing":
"why"} where the system is not installed or does not do what is asked.
"""
import json
import os
import sys
import time
import types


class Settings(types.SimpleNamespace):
    def text(self, part, side):
        """A prepared text (app/bench/prepared_text.h), as sentences."""
        return os.path.join(self.folder, f"{part}.{side}")

    def pieces(self, part, side):
        """The same as SentencePiece pieces with blanks between them."""
        return self.text(part, side) + ".pieces"

    @property
    def vocabulary_file(self):
        return os.path.join(self.folder, "joint.vocab")

    @property
    def test_lines(self):
        with open(self.pieces("test", "src"), encoding="utf-8") as file:
            lines = file.read().split("\n")[:-1]
        return lines[: self.lines] if self.lines else lines


def main(kinds):
    """Runs the function of the cell's kind, which takes Settings and returns values."""
    cell, outcome = sys.argv[1:3]
    with open(cell, encoding="utf-8") as file:
        settings = Settings(**json.load(file))
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(settings.threads)
    try:
        if settings.kind not in kinds:
            raise NotImplementedError(f"does not know how to do {settings.kind}")
        values = kinds[settings.kind](settings)
        values.setdefault("peak_bytes", peak_resident_bytes())
        result = {"values": values}
    except (ImportError, NotImplementedError) as error:
        result = {"missing": f"{type(error).__name__}: {error}"}
    with open(outcome, "w", encoding="utf-8") as file:
        json.dump(result, file)


def peak_resident_bytes():
    with open("/proc/self/status", encoding="ascii") as file:
        for line in file:
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    return 0


class Updates:
    """Counts updates as they are made; the clock starts after the warm-up."""

    def __init__(self, settings):
        self.settings = settings
        self.tokens = []  # target tokens of each update, </s> counted
        self.losses = []  # nats, summed over them, without smoothing
        self.began = self.ended = time.perf_counter()

    def add(self, tokens, loss):
        self.tokens.append(float(tokens))
        self.losses.append(loss)
        self.ended = time.perf_counter()
        if len(self.tokens) <= self.settings.warm_up:
            self.began = self.ended

    @property
    def enough(self):
        return len(self.tokens) >= self.settings.updates

    def values(self):
        warm_up = self.settings.warm_up
        last = max(1, len(self.tokens) // 3)  # the updates that the loss is averaged over
        return {
            "tokens_per_second": sum(self.tokens[warm_up:]) / (self.ended - self.began),
            "loss": sum(map(float, self.losses[-last:])) / sum(self.tokens[-last:]),
            "updates": len(self.tokens),
            "tokens_an_update": sum(self.tokens) / len(self.tokens),
        }


def translated(settings, translate, load_seconds):
    """Values of translate(lines of pieces) -> lines of pieces, timed. Sentences one by one also
    give the latency; the first, which sets things up, is left out."""
    lines = settings.test_lines
    answers, times = [], []
    if settings.batch_sentences == 1:
        translate(lines[:1])
        for line in lines:
            start = time.perf_counter()
            answers += translate([line])
            times.append(time.perf_counter() - start)
        seconds = sum(times)
    else:
        translate(lines[: settings.batch_sentences])
        start = time.perf_counter()
        answers = translate(lines)
        seconds = time.perf_counter() - start
    values = {
        "lines_per_second": len(lines) / seconds,
        "tokens_per_second": sum(len(answer.split()) + 1 for answer in answers) / seconds,
        "load_seconds": load_seconds,
        **bleu(settings, answers),
    }
    if times:
        times.sort()
        values["p50_ms"] = 1000 * times[len(times) // 2]
        values["p99_ms"] = 1000 * times[min(len(times) - 1, len(times) * 99 // 100)]
    return values


def joined(pieces):
    return pieces.replace(" ", "").replace("\u2581", " ").strip()


def bleu(settings, answers):
    try:
        import sacrebleu
    except ImportError:
        return {}
    with open(settings.text("test", "trg"), encoding="utf-8") as file:
        references = file.read().split("\n")[: len(answers)]
    return {"bleu": sacrebleu.corpus_bleu(list(map(joined, answers)), [references]).score}
