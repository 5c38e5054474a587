"""OpenNMT-py: its LSTM with Luong's attention, in its own training loop and its own search."""
import functools
import glob
import os
import sys
import tempfile
import time
import types

import peer


def import_onmt():
    # Its filters and language identification are not used here and want large packages.
    for name in ("spacy", "fasttext"):
        sys.modules.setdefault(name, types.ModuleType(name))
    import onmt

    return onmt


def config(settings, folder):
    return {
        "save_data": folder,
        "data": {
            "train": {
                "path_src": settings.pieces("train", "src"),
                "path_tgt": settings.pieces("train", "trg"),
                "transforms": [],
            }
        },
        "src_vocab": settings.vocabulary_file,
        "tgt_vocab": settings.vocabulary_file,
        "share_vocab": True,
        "src_vocab_size": settings.vocabulary,
        "tgt_vocab_size": settings.vocabulary,
        "encoder_type": "brnn",
        "decoder_type": "rnn",
        "rnn_type": settings.rnn_type.upper(),
        "layers": settings.layers,
        "hidden_size": settings.decoder_hidden,  # its encoder has half of it a direction
        "word_vec_size": settings.embedding,
        "input_feed": int(settings.input_feeding),
        "global_attention": "general",
        "dropout": [settings.dropout],
        "optim": "adam",
        "learning_rate": settings.learning_rate,
        "max_grad_norm": 1.0,
        "label_smoothing": 0.0,
        "normalization": "tokens",
        "batch_type": "tokens" if settings.batch_tokens else "sents",
        "batch_size": settings.batch_tokens or settings.batch_sentences,
        "bucket_size": 30000,  # the whole text: nothing is read while the clock runs
        "num_workers": 0,  # a process that reads would take a core from the arithmetic
        "train_steps": settings.updates,
        "save_checkpoint_steps": 10**9,
        "valid_steps": 10**9,
        "save_model": os.path.join(settings.model or folder, "model"),
        "seed": settings.seed,
    }


def train_with(settings, after_update, changes=None):
    """Its own training from a configuration; after_update(tokens, loss) is called after each."""
    onmt = import_onmt()
    import onmt.bin.train
    import onmt.trainer
    import torch
    import yaml

    torch.set_num_threads(settings.threads)

    def report(self, step, steps, rate, stats):
        after_update(stats.n_words, stats.loss)
        return onmt.utils.Statistics()

    onmt.trainer.Trainer._maybe_report_training = report
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "config.yaml")
        with open(path, "w", encoding="utf-8") as file:
            yaml.safe_dump({**config(settings, folder), **(changes or {})}, file)
        parser = onmt.bin.train._get_parser()
        options, _ = parser.parse_known_args(["-config", path])
        onmt.bin.train.train(options)


def training(settings):
    if settings.decoder != "luong" or settings.precision != "fp32":
        raise NotImplementedError("has Luong's decoder in fp32 on a processor")
    updates = peer.Updates(settings)
    train_with(settings, updates.add)
    return updates.values()


def newest_model(settings):
    return max(glob.glob(os.path.join(settings.model, "*.pt")), key=os.path.getmtime)


def engine(settings, model):
    import_onmt()
    import onmt.opts
    import torch
    from onmt.inference_engine import InferenceEnginePY
    from onmt.utils.parse import ArgumentParser

    torch.set_num_threads(settings.threads)
    # It reads its own files, which hold more than tensors, as older versions of torch did.
    torch.load = functools.partial(torch.load, weights_only=False)
    parser = ArgumentParser()
    onmt.opts.translate_opts(parser)
    options = parser.parse_args(
        ["-model", model, "-src", "none", "-output", os.devnull, "-gpu", "-1",
         "-beam_size", str(settings.beam), "-batch_size", str(settings.batch_sentences), "-batch_type", "sents",
         "-max_length", "150", "-length_penalty", "wu", "-alpha", "1.0"])
    ArgumentParser.validate_translate_opts(options)
    ArgumentParser._get_all_transform_translate(options)
    ArgumentParser._validate_transforms_opts(options)
    ArgumentParser.validate_translate_opts_dynamic(options)
    return InferenceEnginePY(options)


def translating(settings):
    start = time.perf_counter()
    ready = engine(settings, newest_model(settings))
    loaded = time.perf_counter() - start

    def translate(lines):
        _, predictions = ready.infer_list(lines)
        return [prediction[0] for prediction in predictions]

    return peer.translated(settings, translate, loaded)


def racing(settings):
    """Training time until the test text's BLEU is reached. Weights are kept every 50 updates while
    the clock stands still, and judged afterwards."""
    import_onmt()
    import onmt.models.model_saver as saver

    clock = {"running": 0.0, "since": time.perf_counter()}
    kept = {}  # update -> seconds
    save = saver.ModelSaverBase.save

    def timed_save(self, step, moving_average=None):
        clock["running"] += time.perf_counter() - clock["since"]
        kept[step] = clock["running"]
        save(self, step, moving_average)
        clock["since"] = time.perf_counter()

    def after_update(tokens, loss):
        if not clock.get("began"):  # the clock leaves out reading the text, and the first update
            clock.update(began=True, running=0.0, since=time.perf_counter())

    saver.ModelSaverBase.save = timed_save
    with tempfile.TemporaryDirectory() as folder:
        settings.model = folder
        train_with(settings, after_update, {"save_checkpoint_steps": 50, "keep_checkpoint": -1})
        settings.batch_sentences = 64
        for update, seconds in sorted(kept.items()):
            if update < settings.updates // 5:
                continue  # never enough
            ready = engine(settings, os.path.join(folder, f"model_step_{update}.pt"))
            answers = [best[0] for best in ready.infer_list(settings.test_lines)[1]]
            reached = peer.bleu(settings, answers)["bleu"]
            print(f"update {update}: BLEU {reached:.2f} after {seconds:.1f} s", flush=True)
            if reached >= settings.bleu:
                return {"seconds": seconds, "bleu": reached, "updates": update}
    raise NotImplementedError(f"BLEU {settings.bleu} not reached in {settings.updates} updates")


if __name__ == "__main__":
    peer.main({"training": training, "learning": training, "translating": translating,
               "starting": translating, "racing": racing})
