"""From e5-small's weights to the reader's runtime files: `python -m training --data DIR`."""

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path

import torch

from tanya_csto.models.reader import Reader, Settings
from training.data import load_data, load_idk
from training.encoder import load_encoder
from training.evaluate import Readings, tune
from training.export import export, write_sums
from training.model import ReaderNet
from training.negatives import WrongPassages
from training.report import measure, row, write_settings
from training.train import Plan, forward_of, train
from training.vocabulary import prune, whole


def main() -> None:
    """Train, export, tune and measure."""
    plan = Plan()
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with idk-mrc, facqa and kinds")
    parser.add_argument("--out", type=Path, default=Path("src/tanya_csto/models"), help="where the runtime files go")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="for checkpoints")
    parser.add_argument("--steps", type=int, default=plan.steps)
    parser.add_argument("--minutes", type=float, default=plan.minutes, help="end the training steps after this long")
    parser.add_argument("--from-checkpoint", type=Path, help="do not train; export these weights")
    options = parser.parse_args()
    plan = Plan(steps=options.steps, minutes=options.minutes)
    for folder in (options.out, options.work):
        folder.mkdir(parents=True, exist_ok=True)

    began = time.monotonic()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_num_threads(2)
    torch.manual_seed(plan.seed)
    data = load_data(options.data, plan.seed)
    encoder = load_encoder()
    extra = [example.passage for example in load_idk(options.data / "idk-mrc" / "trans_squad.json")]
    texts = [text for example in data.train for text in (example.question, example.passage)]
    vocabulary = prune(whole(encoder), texts + extra)
    tokenizer = vocabulary.tokenizer()
    tokenizer.save(str(options.out / "tokenizer.json"))
    net = ReaderNet(encoder, vocabulary.rows).to(device)
    print(
        f"{len(data.train)} train, {len(data.tune)} tune, {len(vocabulary.pieces)} pieces, {device}",
        flush=True,
    )
    wrong = WrongPassages(net, tokenizer, [] if options.from_checkpoint else data.train)
    wrong_tune = WrongPassages(net, tokenizer, data.tune)
    print(f"wrong passages found {time.monotonic() - began:.0f} s", flush=True)
    with torch.no_grad():
        net.segment.weight[1] = net.segment.weight[0]  # e5 never saw a second segment
    missed = [miss for example in data.tune if (miss := wrong_tune.nearest(example))]
    parts = [[e for e in data.tune if e.source == source] for source in ("idk", "kinds")]

    def check() -> float:
        reader = Reader(tokenizer, forward_of(net, device), Settings(batch=16))
        readings = [Readings(reader, part) for part in parts]
        point = tune(readings)
        scores = [part.scores(*point) for part in readings]
        for part in scores:
            print(asdict(part), flush=True)
        return sum(s.em + s.f1 + 100 * s.auc for s in scores)

    if options.from_checkpoint:
        net.load_state_dict(torch.load(options.from_checkpoint, map_location=device))
    else:
        train(net, tokenizer, data.train, wrong, plan, options.work, check)
    print(f"trained {time.monotonic() - began:.0f} s", flush=True)

    export(net, options.out, options.work)
    command = f"python -m training --data DIR --steps {plan.steps} --minutes {plan.minutes:g}"
    write_settings(options.out / "reader.toml", Settings(), {}, command)
    reader = Reader.load(options.out, threads=2)
    readings = [Readings(reader, part) for part in parts]
    weight, threshold = tune(readings, [Readings(reader, missed)])
    settings = Settings(weight=weight, threshold=threshold)
    write_settings(options.out / "reader.toml", settings, {}, command)
    figures = measure(options.out, data, settings, tune(readings[:1]))
    figures["tune_idk"], figures["tune_kinds"] = (row(part.scores(weight, threshold)) for part in readings)
    write_settings(options.out / "reader.toml", settings, figures, command)
    write_sums(options.out)
    print(json.dumps(figures, indent=1), flush=True)


if __name__ == "__main__":
    main()
