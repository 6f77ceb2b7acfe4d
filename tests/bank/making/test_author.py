"""The author: each passage is asked for once, whatever stops the work, and the bank is sound at every moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tanya_csto.bank.making.author import Author
from tanya_csto.bank.making.chat import ChatServer
from tanya_csto.bank.making.training import train_bank
from tanya_csto.bank.store import save
from tanya_csto.corpus.articles import Corpus, load_articles, load_corpus
from tanya_csto.corpus.bank import QuestionBank, load_bank
from tanya_csto.corpus.bank_editor import editing
from tanya_csto.engine import Tanya
from tanya_csto.errors import EndpointError
from tanya_csto.retrieval.index import Index
from tests.bank.making.model_server import MODEL, Call, ModelServer, Request, Script, diligent, fact, reply, serving

PLACES = {"gayo": "Aceh", "toraja": "Sulawesi", "kintamani": "Bali", "ijen": "Jawa"}
MANIFEST = "".join(
    f'[[article]]\nid = "{name}"\nfile = "{name}.txt"\noutlet = "Kabar {name}"\ntitle = "Kopi {name}"\n'
    for name in PLACES
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a corpus of four articles, a passage each."""
    (tmp_path / "index.toml").write_text(MANIFEST)
    for name, place in PLACES.items():
        lines = [f"Kopi {name} ditanam di {place}.", f"Panen {name} berlangsung dua kali setahun."]
        (tmp_path / f"{name}.txt").write_text(" ".join(lines))
    return tmp_path


@contextmanager
def authoring(folder: Path, server: ModelServer, timeout: float = 30) -> Iterator[Author]:
    corpus = load_articles(folder)
    with editing(folder, corpus.articles) as editor:
        yield Author(Index(corpus), editor, ChatServer(server.url, MODEL, timeout=timeout), pause=lambda _: None)


def write(folder: Path, script: Script, timeout: float = 30) -> tuple[Author, ModelServer]:
    with serving(script) as server, authoring(folder, server, timeout) as author:
        author.write()
    return author, server


def bank_of(folder: Path) -> QuestionBank:
    bank = load_bank(folder, load_articles(folder).articles)
    assert bank is not None
    return bank


def test_every_passage_gets_its_questions(folder: Path) -> None:
    author, server = write(folder, diligent)
    assert len(server.asked) == len(PLACES)
    bank = bank_of(folder)
    assert author.tally.questions == sum(len(fact.questions) for fact in bank.facts) == 8 * 3
    assert author.tally.done == 4
    assert (author.tally.read, author.tally.written) == (400, 160)
    assert {fact.kind for fact in bank.facts} == {"answered", "unanswerable"}
    assert bank.authors == {1: MODEL}
    assert {hand for fact in bank.facts for hand in fact.hands} == {1}
    assert load_corpus(folder).bank == bank


def test_what_is_done_is_not_asked_again(folder: Path) -> None:
    write(folder, diligent)
    before = {path.name: path.read_bytes() for path in (folder / "questions").iterdir()}
    author, server = write(folder, diligent)
    assert author.drafts == ()
    assert server.requests == []
    assert {path.name: path.read_bytes() for path in (folder / "questions").iterdir()} == before


def test_a_new_article_is_all_that_is_asked_for(folder: Path) -> None:
    write(folder, diligent)
    with (folder / "index.toml").open("a") as file:
        file.write('[[article]]\nid = "lintong"\nfile = "lintong.txt"\noutlet = "Kabar"\n')
    (folder / "lintong.txt").write_text("Kopi lintong ditanam di Sumatra.")
    assert load_corpus(folder).bank is None
    _, server = write(folder, diligent)
    assert server.asked == [["Kopi lintong ditanam di Sumatra."]]
    assert load_corpus(folder).bank is not None


def after(count: int, then: Callable[[Request, Call], None]) -> Script:
    """Return a script that is diligent `count` times, and from then on another."""
    left = iter(range(count))

    def script(request: Request, call: Call) -> None:
        (diligent if next(left, None) is not None else then)(request, call)

    return script


def test_an_interruption_keeps_what_was_written_and_the_rest_follows(folder: Path) -> None:
    def interrupted(passages: Sequence[object]) -> Iterator[object]:
        for place, passage in enumerate(passages):
            if place == 2:
                raise KeyboardInterrupt
            yield passage

    with serving(diligent) as server, pytest.raises(KeyboardInterrupt), authoring(folder, server) as author:
        author.write(interrupted)
    first = server.asked
    assert len(first) == 2
    assert len(bank_of(folder).facts) == 2 * 4
    _, again = write(folder, diligent)
    assert len(again.asked) == 2
    assert len({tuple(passage) for passage in (*first, *again.asked)}) == 4


@pytest.mark.parametrize(
    "fault",
    [
        lambda _, call: call.send({"error": "out of memory"}, 500),
        lambda _, call: call.complete("Maaf, saya tidak bisa."),
        lambda _, call: call.complete('{"fakta": [', "length"),
        lambda _, call: call.send(b'{"choices": [{"mess'),
        lambda _, call: call.complete(reply([fact("Kalimat karangan.", baku=["Apa?"])])),
        lambda _, call: setattr(call, "close_connection", True),
    ],
    ids=["500", "prose", "cut by length", "cut JSON", "invented quotes", "closed"],
)
def test_a_fault_that_passes_is_got_over(folder: Path, fault: Script) -> None:
    faults = iter([True, True])

    def script(request: Request, call: Call) -> None:
        (fault if next(faults, False) else diligent)(request, call)

    author, server = write(folder, script)
    assert author.tally.done == 4
    assert len(server.asked) == 4 + 2


def test_a_passage_that_fails_is_left_for_the_next_time(folder: Path) -> None:
    def script(request: Request, call: Call) -> None:
        if "toraja" in request.user:
            call.complete("Maaf.")
        else:
            diligent(request, call)

    author, server = write(folder, script)
    assert author.tally.done == 3
    assert len(server.asked) == 3 + 3
    _, again = write(folder, diligent)
    assert again.asked == [["Kopi toraja ditanam di Sulawesi.", "Panen toraja berlangsung dua kali setahun."]]


def test_a_server_that_keeps_failing_ends_the_work_with_what_was_written(folder: Path) -> None:
    script = after(1, lambda _, call: call.send({"error": "out of memory"}, 503))
    with pytest.raises(EndpointError, match="out of memory"):
        write(folder, script)
    assert len(bank_of(folder).facts) == 4


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (lambda _, call: call.send({"error": {"message": "no such model"}}, 404), "endpoint-rejected"),
        (lambda _, call: call.send({"error": "key"}, 401), "endpoint-key"),
        (lambda _, call: call.send({"error": "response_format"}, 400), "endpoint-rejected"),
    ],
)
def test_a_fault_that_stays_ends_the_work_at_once(folder: Path, fault: Script, code: str) -> None:
    with serving(fault) as server, pytest.raises(EndpointError) as caught, authoring(folder, server) as author:
        author.write()
    assert caught.value.code == code
    assert len(server.asked) == 1


def test_a_near_miss_that_another_article_answers_is_thrown_away(folder: Path) -> None:
    def script(request: Request, call: Call) -> None:
        planted = request.passage[0]
        asked = ["Di mana kopi toraja ditanam?", "Siapa yang menemukan kopi gayo?"]
        call.complete(reply([], [{"mirip": planted, "pertanyaan": asked}] if "gayo" in planted else []))

    with pytest.raises(EndpointError, match="tidak memuat pertanyaan yang kutipannya tepat"):
        write(folder, script)
    assert [fact.questions for fact in bank_of(folder).facts] == [("Siapa yang menemukan kopi gayo?",)]


def test_the_passage_and_its_neighbours_contradict_no_near_miss(folder: Path) -> None:
    def script(request: Request, call: Call) -> None:
        (planted, _) = request.passage
        call.complete(reply([], [{"mirip": planted, "pertanyaan": [f"Apakah {planted.rstrip('.')}?"]}]))

    author, _ = write(folder, script)
    assert author.tally.questions == 4


def test_a_passage_is_told_with_those_before_and_behind_it(folder: Path) -> None:
    passages = [f"{name} {'di lereng gunung ' * 16}sejak lama." for name in ("Awal", "Tengah", "Ujung")]
    (folder / "gayo.txt").write_text(" ".join(passages))
    _, server = write(folder, diligent)
    (middle,) = (request.user for request in server.requests if request.passage == [passages[1]])
    assert f"SEBELUMNYA:\n{passages[0]}\n" in middle
    assert middle.endswith(f"SESUDAHNYA:\n{passages[2]}")


def test_what_is_thrown_away_is_counted_over_all_passages(folder: Path) -> None:
    def script(request: Request, call: Call) -> None:
        good = fact(request.passage[0], baku=[f"Benarkah {request.passage[0]}"])
        call.complete(reply([good, fact("Kalimat karangan.", baku=["Apa?"])]))

    author, _ = write(folder, script)
    assert author.tally.dropped == {"quote": len(PLACES)}


def test_the_estimate_grows_with_the_passages(folder: Path) -> None:
    with serving(diligent) as server:
        with authoring(folder, server) as author:
            read, written = author.estimate()
            assert len(author.drafts) == 4
        with authoring(folder, server) as author:
            author.write()
            assert author.tally.read > 0
        with authoring(folder, server) as author:
            assert author.estimate() == (0, 0)
    assert read > sum(len(text) for text in PLACES) / 3
    assert written > 0


@pytest.mark.slow
def test_what_is_written_can_be_trained_and_answers(folder: Path) -> None:
    write(folder, diligent)
    bank = load_corpus(folder).bank
    assert bank is not None
    assert bank.folder is not None
    save(train_bank(bank), bank.folder)
    tanya = Tanya(folder)
    assert tanya.ask("Apakah benar Kopi toraja ditanam di Sulawesi?").citations[0].quote == (
        "Kopi toraja ditanam di Sulawesi."
    )
    assert tanya.ask("Siapa yang membantah bahwa kopi gayo ditanam di Aceh").status == "not_found"
    assert "Apakah benar Kopi toraja ditanam di Sulawesi?" in tanya.complete("toraja")


@pytest.mark.slow
def test_what_no_line_tells_is_left_to_the_text(folder: Path) -> None:
    """A model writes neither small talk nor disagreements."""
    for name, year in (("gayo", 1908), ("toraja", 1918)):
        (folder / f"{name}.txt").write_text(f"Pasar kopi itu didirikan pada {year}.")
    write(folder, diligent)
    bank = load_corpus(folder).bank
    assert bank is not None
    assert bank.folder is not None
    save(train_bank(bank), bank.folder)
    tanya = Tanya(folder)
    assert tanya.ask("halo").status == "smalltalk"
    assert {side.claim for side in tanya.ask("Kapan pasar kopi didirikan?").sides} == {"1908", "1918"}


def test_the_corpus_is_the_articles_alone(folder: Path) -> None:
    write(folder, diligent)
    assert isinstance(load_articles(folder), Corpus)
    assert load_articles(folder).bank is None
