"""Prints the reference ids of tokenizer_ids.txt with the sentencepiece Python package (0.2.1):

    python3 tokenizer_ids.py > tokenizer_ids.txt

For each model type, one line a line of tokenizer_text.txt: the type, then the ids.
"""
import io
import pathlib

import sentencepiece

LINES = (pathlib.Path(__file__).parent / "tokenizer_text.txt").read_text("utf-8").splitlines()


def train(model_type, vocab_size):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES), model_writer=model, model_type=model_type,
        vocab_size=vocab_size, character_coverage=1.0, num_threads=16, minloglevel=3,
        hard_vocab_limit=model_type in ("unigram", "bpe"),
        pad_id=0, unk_id=1, bos_id=2, eos_id=3)
    return sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())


for model_type, vocab_size in [("unigram", 380), ("bpe", 500), ("char", 1000), ("word", 100)]:
    tokenizer = train(model_type, vocab_size)
    for line in LINES:
        print(model_type, *tokenizer.encode(line))
