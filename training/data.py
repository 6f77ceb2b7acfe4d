"""The questions: IDK-MRC, FacQA, translated SQuAD 2.0 and the project's own, in one form.

IDK-MRC: Putri and Oh 2022, "IDK-MRC: Unanswerable Questions for Indonesian Machine Reading Comprehension"
(EMNLP), over TyDi QA GoldP (Clark et al. 2020, Apache-2.0). FacQA: Purwarianti et al. 2007, as released in
IndoNLU (Wilie et al. 2020). Translated SQuAD 2.0: Muis and Purwarianti 2020, as released with IDK-MRC. Kinds:
questions in the kinds and styles of this project's users, over passages of the first two; paraphrases: more in other
words than the passage's; news: more over invented news.
"""

import ast
import csv
import json
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from tanya_csto.text.sentences import split_sentences
from tanya_csto.text.spans import Span

PARAPHRASES = Path(__file__).parent / "paraphrases.tsv"
NEWS = Path(__file__).parent / "data" / "news"
LONGEST_SQUAD = 1100  # code points of a passage
GRAM = 8
TUNED_IDK, TUNED_KINDS = 140, 40  # passages, held out to tune on
CLOSING = re.compile(r"[.,;:!?)\]%]+")


@dataclass(frozen=True, slots=True)
class Example:
    """A question about a passage, with the span that answers it or none."""

    question: str
    passage: str
    answer: tuple[int, int] | None
    source: str
    kind: str = ""
    style: str = ""
    golds: tuple[str, ...] = ()

    def about(self, passage: str) -> "Example":
        """Ask the same question of a passage that does not answer it."""
        return replace(self, passage=passage, answer=None, golds=())


def _locate(passage: str, answer: str, start: int) -> tuple[int, int] | None:
    places = [match.start() for match in re.finditer(re.escape(answer), passage)]
    if not answer or not places:
        return None
    nearest = min(places, key=lambda place: abs(place - start))
    return nearest, nearest + len(answer)


def load_idk(path: Path, source: str = "idk") -> list[Example]:
    """Read a split of IDK-MRC, or another set in its form."""
    examples = []
    for entry in json.loads(path.read_text(encoding="utf-8")):
        passage = entry["context"]
        for qa in entry["qas"]:
            if qa["is_impossible"]:
                examples.append(Example(qa["question"], passage, None, source))
                continue
            golds = tuple(answer["text"] for answer in qa["answers"])
            span = _locate(passage, golds[0], qa["answers"][0]["answer_start"])
            if span:
                examples.append(Example(qa["question"], passage, span, source, golds=golds))
    return examples


def _join(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Join the tokens of FacQA as text is written; return the text and each token's span."""
    text = ""
    spans = []
    for word in words:
        if text and not CLOSING.fullmatch(word) and not text.endswith(("(", "[")):
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def load_facqa(path: Path) -> list[Example]:
    """Read a split of FacQA; rows whose answer is not one unbroken span are left out."""
    examples = []
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            question, words, labels = (ast.literal_eval(row[name]) for name in ("question", "passage", "seq_label"))
            passage, spans = _join(words)
            if labels.count("B") != 1:
                continue
            (run,) = re.finditer("BI*", "".join(labels))
            start, end = spans[run.start()][0], spans[run.end() - 1][1]
            examples.append(Example(_join(question)[0], passage, (start, end), "facqa", golds=(passage[start:end],)))
    return examples


def load_kinds(path: Path) -> list[Example]:
    """Read a split of the project's own questions."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        _own(row["question"], row["context"], row["answer"], row["answer_start"], "kinds", row["kind"], row["style"])
        for row in rows
    ]


def load_news(path: Path) -> list[Example]:
    """Read a split of the questions over invented news: a line holds a passage and all its questions."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        _own(question, row["context"], answer, 0, "news", kind, style)
        for row in rows
        for question, answer, kind, style in row["questions"]
    ]


def _own(question: str, passage: str, answer: str | None, start: int, source: str, kind: str, style: str) -> Example:
    """Return an example of the project's own sets."""
    span, golds = (_locate(passage, answer, start), (answer,)) if answer else (None, ())
    return Example(question, passage, span, source, kind, style, golds)


def load_paraphrases(passages: Iterable[str]) -> list[Example]:
    """Read the questions in other words about `passages`; a whole sentence answers each, or none does.

    The file names a passage by its digest and does not repeat it.
    """
    known = {sha256(passage.encode()).hexdigest()[:12]: passage for passage in passages}
    examples = []
    for line in PARAPHRASES.read_text(encoding="utf-8").splitlines():
        key, sentence, question = line.split("\t")
        if passage := known.get(key):
            span = split_sentences(passage, Span(0, len(passage)))[int(sentence) - 1] if sentence != "0" else None
            answer = (span.start, span.end) if span else None
            examples.append(Example(question, passage, answer, "paraphrases"))
    return examples


def grams(passage: str) -> set[tuple[str, ...]]:
    """Return the runs of eight words of `passage`; of a shorter one, the whole."""
    words = re.findall(r"\w+", passage.lower())
    return {tuple(words[at : at + GRAM]) for at in range(max(1, len(words) - GRAM + 1))}


def apart_from(examples: Sequence[Example], passages: Iterable[str]) -> list[Example]:
    """Leave out every example whose passage shares a run of eight words with one of `passages`."""
    held = set().union(*map(grams, set(passages)))
    apart = {passage: held.isdisjoint(grams(passage)) for passage in {example.passage for example in examples}}
    return [example for example in examples if apart[example.passage]]


@dataclass(frozen=True, slots=True)
class Data:
    """What to train on, what to tune the threshold on (part of the train splits), and what to measure on."""

    train: list[Example]
    tune: list[Example]
    idk_valid: list[Example]
    facqa_valid: list[Example]
    kinds_valid: list[Example]
    news_valid: list[Example]


def load_data(folder: Path, seed: int) -> Data:
    """Load everything; keep training apart from the tuning part and from what is measured.

    FacQA's own split repeats passages, so there it is the valid rows that give way.
    """
    idk_valid = load_idk(folder / "idk-mrc" / "valid.json")
    facqa_valid = load_facqa(folder / "facqa" / "valid.csv")
    kinds_valid = load_kinds(folder / "kinds" / "valid.jsonl")
    measured = {example.passage for example in [*idk_valid, *kinds_valid]}
    rng = random.Random(seed)
    idk = apart_from(load_idk(folder / "idk-mrc" / "train.json"), measured)
    facqa = apart_from(load_facqa(folder / "facqa" / "train.csv"), measured)
    kinds = apart_from(load_kinds(folder / "kinds" / "train.jsonl"), measured)
    kinds_held = set(rng.sample(sorted({example.passage for example in kinds}), TUNED_KINDS))
    free = apart_from(idk, {example.passage for example in kinds})
    idk_held = set(rng.sample(sorted({example.passage for example in free}), TUNED_IDK))
    held = kinds_held | idk_held
    tune = [example for example in [*idk, *kinds] if example.passage in held]
    paraphrases = load_paraphrases({example.passage for example in idk})
    train = apart_from([*idk, *facqa, *kinds, *paraphrases], held)
    facqa_valid = apart_from(facqa_valid, {example.passage for example in train})
    squad = load_idk(folder / "idk-mrc" / "trans_squad.json", "squad")
    train += [example for example in squad if len(example.passage) < LONGEST_SQUAD]
    train += load_news(NEWS / "train.jsonl")
    return Data(train, tune, idk_valid, facqa_valid, kinds_valid, load_news(NEWS / "valid.jsonl"))
