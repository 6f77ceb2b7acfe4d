"""Any corpus: a service that answers from articles of one's own says nothing of the built-in ones."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tanya_csto import Tanya, cli
from tanya_csto.corpus.articles import load_corpus
from tanya_csto.language.lexicon import lexicon
from tests.conftest import CORPUS
from tests.service.live import ROOT, Service, serving

pytestmark = pytest.mark.slow

COLLECTIONS = ROOT / "training" / "collections"
NAMES = [
    *("CSTO", "ODKB", "NATO", "Kremlin", "Moskow", "Soviet", "Tashkent", "Washingtonpost", "Lanzhou"),
    *("Rusia", "Ukraina", "Belarus", "Belarusia", "Armenia", "Kazakhstan", "Kirgistan", "Kirgizstan", "Kyrgyzstan"),
    *("Tajikistan", "Uzbekistan", "Azerbaijan", "Abkhazia", "Ossetia", "Finlandia", "Swedia", "Afghanistan"),
    *("Putin", "Pashinyan", "Tasmagambetov", "Imangali", "Stoltenberg", "Peskov", "Yanukovych", "Rahmon", "Abramovich"),
]
OUTLETS = [article.outlet for article in CORPUS.articles]
IDS = "|".join(CORPUS)  # where an id stands: "suara" by itself is a word like any other
BUILT_IN = re.compile(
    rf"csto|(?<!\w)(?:{'|'.join(map(re.escape, NAMES + OUTLETS))})(?!\w)"
    rf"|/(?:artikel|articles)/(?:{IDS})(?![\w-])|\"(?:id|article_id|example)\": ?\"(?:{IDS})\"",
    re.IGNORECASE,
)
TALK = [
    *(kind["phrases"][0] for kind in lexicon("smalltalk").values() if isinstance(kind, dict)),
    *("kamu robot?", "Sumbernya dari mana?", "Mana yang benar?", "What is this about?"),
]
STATIC = sorted(path.name for path in (ROOT / "web" / "static").iterdir())


@dataclass(frozen=True)
class Foreign:
    """Articles that have nothing to do with the built-in ones, with questions about them, and what serves them."""

    folder: Path
    questions: list[dict[str, Any]]
    service: Service

    def of(self, **wanted: object) -> list[str]:
        """The questions without an earlier one that are as wanted."""
        found = (row for row in self.questions if not row["history"])
        return [row["question"] for row in found if all(row[key] == value for key, value in wanted.items())]


@pytest.fixture(scope="module", params=["final", "letusan", "sidang"])
def foreign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Foreign]:
    folder = tmp_path_factory.mktemp("foreign") / request.param
    shutil.copytree(COLLECTIONS / request.param, folder)
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    formal = [row["question"] for row in questions if row["answerable"] and row["style"] == "formal"]
    index = folder / "index.toml"
    suggestions = f"suggestions = {json.dumps(formal[:8], ensure_ascii=False)}\n"
    index.write_text(suggestions + index.read_text(encoding="utf-8"), encoding="utf-8")
    with serving(folder.parent, "--corpus", str(folder), log_level="debug", log_questions="1") as service:
        yield Foreign(folder, questions, service)


@pytest.fixture(scope="module")
def tanya(foreign: Foreign) -> Tanya:
    return Tanya(foreign.folder)


def found_in(text: str) -> list[str]:
    return [text[max(0, each.start() - 80) : each.end() + 40] for each in BUILT_IN.finditer(text)]


def test_no_reply_speaks_of_them(foreign: Foreign) -> None:
    said, statuses = [], set()
    messages = [{"question": text} for text in TALK]
    rows = [row for number, row in enumerate(foreign.questions) if row["sides"] or number % 5 == 0]
    messages += [{name: row[name] for name in ("question", "history")} for row in rows]
    messages += [{"question": "Mana yang benar?", "history": foreign.of(category="date")[:1]}]
    for message in messages:
        status, body, _ = foreign.service.post("/ask", message)
        assert status == 200
        statuses.add(json.loads(body)["status"])
        said += found_in(body.decode())
    assert said == []
    assert statuses == {"answered", "conflicting", "not_found", "smalltalk"}


def test_no_page_speaks_of_them(foreign: Foreign) -> None:
    ids = list(load_corpus(foreign.folder))
    asked = [foreign.of(category=name)[0] for name in ("date", "conflict", "unanswerable")] + ["halo", "kapn itu?"]
    pages = ["/", "/?tampilan=ringkas", "/artikel", "/docs", "/warna.css", *(f"/static/{name}" for name in STATIC)]
    pages += [f"/artikel/{each}" for each in ids] + ["/artikel/tidak-ada", "/tidak-ada", "/?q=", "/artikel?hal=9"]
    for text in asked:
        query = urlencode({"q": text})
        pages += [f"/?{query}", f"/?{query}&tampilan=ringkas", f"/?{query}&bagian=jawaban", f"/?{query}&bagian=teks"]
        pages += [f"/percakapan.md?{query}", f"/?riwayat=halo&{query}", f"/?{query}&artikel={ids[0]}"]
    assert {page: said for page in pages if (said := found_in(body_of(foreign.service, page, "text/html,*/*")))} == {}


def test_no_reply_to_a_program_speaks_of_them(foreign: Foreign) -> None:
    ids = list(load_corpus(foreign.folder))
    paths = ["/openapi.json", "/articles", "/questions", "/questions?q=k", "/healthz", "/readyz", "/ask", "/ask?q="]
    paths += [f"/articles/{each}" for each in (*ids, "tidak-ada")]
    paths += ["/ask?q=kapan&outlet=Tidak+Ada", "/ask?q=kapan&since=kemarin", "/ask?q=" + "x" * 501]
    assert {path: said for path in paths if (said := found_in(body_of(foreign.service, path, "*/*")))} == {}


def test_the_description_asks_what_these_articles_answer(foreign: Foreign) -> None:
    document = json.loads(body_of(foreign.service, "/openapi.json", "*/*"))
    (example, *_) = document["components"]["schemas"]["AskRequest"]["examples"]
    reply = json.loads(foreign.service.post("/ask", example)[1])
    assert reply["status"] in ("answered", "conflicting")
    assert document["components"]["schemas"]["AskReply"]["examples"][0] == reply


def test_no_line_of_the_log_and_no_word_of_the_start_speaks_of_them(foreign: Foreign) -> None:
    foreign.service.ask(foreign.of(category="date")[0])
    foreign.service.get("/tidak-ada")
    foreign.service.wait_for("request", count=2)
    assert found_in(json.dumps(foreign.service.lines())) == []
    assert found_in(foreign.service.said) == []


def test_no_command_speaks_of_them(foreign: Foreign, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = ("--corpus", str(foreign.folder))
    asked = [foreign.of(category=name)[0] for name in ("date", "conflict", "unanswerable")]
    for text in (*asked, "halo", "makasih"):
        assert cli.main(["ask", text, *corpus]) == 0
    assert cli.main(["ask", asked[0], "--json", *corpus]) == 0
    assert cli.main(["articles", *corpus]) == 0
    assert cli.main(["ask", "", *corpus]) == 2
    assert cli.main(["ask", "kapan?", "--outlet", "Tidak Ada", *corpus]) == 2
    for arguments in ([], *([name] for name in cli.COMMANDS)):
        with pytest.raises(SystemExit):
            cli.main([*arguments, "--help"])
    shown = "".join(capsys.readouterr())
    assert found_in(shown.replace("tanya-csto", "")) == []  # what the command itself is called


def test_no_slip_of_the_keyboard_is_taken_for_one_of_their_names(tanya: Tanya) -> None:
    mended = {typo: tanya.understand(f"Siapa {typo} itu?").text for name in NAMES for typo in slips(name.casefold())}
    assert {typo: text for typo, text in mended.items() if not found_in(typo) and found_in(text)} == {}


def slips(word: str) -> Iterator[str]:
    """Yield the word with a letter left out, or swapped with the next."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


def body_of(service: Service, path: str, accept: str) -> str:
    return service.get(path, Accept=accept)[1].decode()
