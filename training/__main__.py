"""The reader, trained on from the one that is there: `python -m training --data DIR`."""

import json
import random

import torch

from tanya_csto.models.reader import Reader
from training.descent import begin, descend, device
from training.evaluate import Readings, measure, tune, write_record
from training.export import COMPARER, ENCODER, READER, export, seal, share_words, weights_of
from training.model import ReaderNet
from training.negatives import nearest_wrong
from training.train import FROZEN, PLAN, batches, forward_of, loss_of


def main() -> None:
    """Train, export, tune and measure."""
    options, plan, data, tokenizer = begin("training", __doc__, PLAN)
    net = ReaderNet(len(tokenizer)).to(device())
    net.load_state_dict(weights_of(options.out / READER))
    net.freeze(FROZEN)
    print(f"{len(data.train)} train, {len(data.tune)} tune, {device()}", flush=True)
    missed = {
        "tune": nearest_wrong(data.tune),
        "idk_valid": nearest_wrong(data.idk_valid),
        "kinds_valid": nearest_wrong(data.kinds_valid),
        "news_valid": nearest_wrong(data.news_valid),
    }
    parts = [[e for e in data.tune if e.source == source] for source in ("idk", "kinds")]
    best, best_score = options.work / "best.pt", float("-inf")

    def check() -> float:
        nonlocal best_score
        reader = Reader(tokenizer, forward_of(net))
        readings = [Readings(reader.read, part) for part in parts]
        point = tune(readings)
        score = sum(s["em"] + s["f1"] + 100 * s["auc"] for s in (part.scores(*point) for part in readings))
        if score > best_score:
            best_score = score
            torch.save(net.state_dict(), best)
        return score

    descend(net, batches(data.train, tokenizer, random.Random(plan.seed)), lambda rows: loss_of(net, rows), check, plan)
    net.load_state_dict(torch.load(best, map_location=device()))

    ids = torch.randint(4, 1000, (2, 24))
    inputs = {"ids": ids, "segments": torch.zeros_like(ids), "mask": torch.ones_like(ids)}
    shape = {0: "rows", 1: "length"}
    axes = {**dict.fromkeys((*inputs, "start", "end"), shape), "answerable": {0: "rows"}}
    export(net, inputs, ["start", "end", "answerable"], axes, options.out / READER)
    for name in (ENCODER, COMPARER):
        share_words(options.out, name)
    command = f"python -m training --data DIR --steps {plan.steps} --minutes {plan.minutes:g}"
    reader = Reader.load(options.out)
    readings = [Readings(reader.read, part) for part in parts]
    point = tune(readings, Readings(reader.read, missed.pop("tune")))
    tuned = {f"tune_{name}": part.scores(*point) for name, part in zip(("idk", "kinds"), readings, strict=True)}
    figures = {**measure(options.out, data, missed, point), **tuned}
    write_record(options.out / "reader.toml", *point, figures, command)
    seal(options.out)
    print(json.dumps(figures, indent=1), flush=True)


if __name__ == "__main__":
    main()
