"""JoeyNMT: its recurrent model with Luong's attention, its own training loop and search."""
import glob
import os
import tempfile
import time

import peer


def config(settings, folder):
    vocabulary = os.path.join(folder, "vocabulary.txt")
    with open(settings.vocabulary_file, encoding="utf-8") as file:
        pieces = file.read()
    with open(vocabulary, "w", encoding="utf-8") as file:
        file.write("<unk>\n<pad>\n<s>\n</s>\n" + pieces)
    side = {"max_length": 100, "level": "word", "lowercase": False, "normalize": False,
            "voc_file": vocabulary, "tokenizer_type": "none"}
    cell = {"rnn_type": settings.rnn_type, "embeddings": {"embedding_dim": settings.embedding},
            "dropout": settings.dropout}
    return {
        "name": "bench",
        "model_dir": folder,
        "use_cuda": False,
        "fp16": False,
        "random_seed": settings.seed,
        "data": {
            "train": os.path.join(settings.folder, "train"),
            "dev": os.path.join(settings.folder, "dev"),
            "test": os.path.join(settings.folder, "test"),
            "dataset_type": "plain",
            "src": {"lang": "src.pieces", **side},
            "trg": {"lang": "trg.pieces", **side},
        },
        "model": {
            "tied_embeddings": False,
            "tied_softmax": False,
            "encoder": {"type": "recurrent", "hidden_size": settings.hidden, "bidirectional": True,
                        "num_layers": 1, **cell},
            "decoder": {"type": "recurrent", "hidden_size": settings.decoder_hidden,
                        "num_layers": settings.layers, "attention": "luong",
                        "input_feeding": settings.input_feeding, "init_hidden": "bridge",
                        "hidden_dropout": settings.dropout, **cell},
        },
        "training": {
            "optimizer": "adam",
            "learning_rate": settings.learning_rate,
            "learning_rate_min": 0.0,
            "clip_grad_norm": 1.0,
            "label_smoothing": 0.0,
            "loss": "crossentropy",
            "normalization": "tokens",
            "batch_size": settings.batch_sentences,
            "batch_type": "sentence",
            "scheduling": "exponential",  # its plateau does not know the newest torch
            "decrease_factor": 1.0,
            "epochs": 1000,
            "updates": settings.updates,
            "validation_freq": 10**9,
            "logging_freq": 10**6,
            "early_stopping_metric": "loss",
            "overwrite": True,
            "shuffle": True,
        },
        "testing": {"beam_size": settings.beam, "beam_alpha": 1.0, "eval_metrics": [],
                    "batch_size": settings.batch_sentences, "batch_type": "sentence",
                    "max_output_length": 150},
    }


def training(settings):
    if settings.decoder != "luong" or settings.precision != "fp32":
        raise NotImplementedError("trains Luong's decoder in fp32 on a processor")
    import torch
    from joeynmt import training as joey

    torch.set_num_threads(settings.threads)
    updates = peer.Updates(settings)
    batch = {}
    train_step, build_optimizer = joey.TrainManager._train_step, joey.build_optimizer

    def timed_step(self, its_batch):
        loss, correct = train_step(self, its_batch)
        batch["tokens"] = int(its_batch.ntokens)
        batch["loss"] = float(loss) * batch["tokens"]
        return loss, correct

    def timed_optimizer(*arguments, **named):
        optimizer = build_optimizer(*arguments, **named)
        optimizer.register_step_post_hook(lambda *_: updates.add(batch["tokens"], batch["loss"]))
        return optimizer

    joey.TrainManager._train_step = timed_step
    joey.build_optimizer = timed_optimizer
    with tempfile.TemporaryDirectory() as temporary:
        folder = settings.model or temporary
        from pathlib import Path

        joey.train(rank=0, world_size=0, cfg=config(settings, Path(folder).as_posix()),
                   skip_test=True)
    return updates.values()


def translating(settings):
    start = time.perf_counter()
    import torch
    from joeynmt.config import parse_global_args
    from joeynmt.helpers import load_checkpoint
    from joeynmt.model import build_model
    from joeynmt.prediction import predict, prepare

    torch.set_num_threads(settings.threads)
    cfg = config(settings, settings.model)
    newest = max(glob.glob(os.path.join(settings.model, "*.ckpt")), key=os.path.getmtime)
    cfg["testing"]["load_model"] = newest
    args = parse_global_args(cfg, rank=0, mode="translate")
    model, _, _, data = prepare(args, rank=0, mode="translate")
    loaded = time.perf_counter() - start
    test = args.test._replace(eval_metrics=[])

    def translate(lines):
        data.reset_cache()
        for line in lines:
            data.set_item(line)
        _, _, _, words, _, _ = predict(
            model=model, data=data, device=args.device, n_gpu=0, compute_loss=False,
            normalization="none", num_workers=0, args=test, autocast=args.autocast)
        return [" ".join(sentence) for sentence in words]

    return peer.translated(settings, translate, loaded)


if __name__ == "__main__":
    peer.main({"training": training, "learning": training, "translating": translating,
               "starting": translating})
