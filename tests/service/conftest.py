from collections.abc import Callable, Sequence, Set
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tanya_csto.answer.answer import Answer, Citation, Part, Side
from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.engine import Tanya
from tanya_csto.errors import QuestionError
from tanya_csto.question.parser import Question, parse_question
from tanya_csto.question.validation import validate_question
from tanya_csto.service.app import create_app
from tanya_csto.service.settings import Settings
from tanya_csto.text.spans import Span
from tests.conftest import CORPUS

EVIL = "<script>alert('CSTO')</script>"

GetPage = Callable[..., Response]


def cite(n: int, article: Article, quote: str, *marks: str) -> Citation:
    start = article.text.index(quote)
    highlights = []
    for mark in marks:
        at = article.text.index(mark, start)
        highlights.append(Span(at, at + len(mark)))
    return Citation(n, article, Span(start, start + len(quote)), tuple(highlights))


def canned(corpus: Corpus) -> dict[str, Answer]:
    """One answer of each kind, quoting the real articles and one made to be hostile."""
    perspektif, wahana, evil = corpus["perspektif"], corpus["wahananews"], corpus["jahat"]
    founded = cite(1, perspektif, "CSTO didirikan pada tahun 1992 setelah pecahnya Uni Soviet", "1992")
    signed = cite(2, wahana, "ditandatangani di Tashkent (Uzbekistan) pada 15 Mei 1992.", "Tashkent", "15 Mei 1992")
    return {
        "kapan": Answer(
            status="answered",
            text="Menurut Perspektif.co.id: 1992.",
            short_answer="1992",
            confidence="tinggi",
            probability=0.98765,
            citations=(founded, signed),
            understood_as="Kapan CSTO didirikan?",
            suggestions=("Apa itu CSTO?", "Siapa anggotanya?"),
        ),
        "beda": Answer(
            status="conflicting",
            text="Artikel berbeda keterangan.",
            short_answer="1992",
            confidence="sedang",
            citations=(founded, signed),
            sides=(Side("1992", ("Perspektif.co.id", "Suara.com"), (1,)), Side("15 Mei 1992", ("WahanaNews",), (2,))),
        ),
        "jahat": Answer(
            status="answered",
            text=f"Menurut {evil.outlet}: {EVIL}",
            short_answer=EVIL,
            confidence="rendah",
            citations=(cite(1, evil, f'Kata "{EVIL}" & 😀 dipakai.', EVIL),),
            understood_as=EVIL,
        ),
        "semua": Answer(
            status="answered",
            text="1992, menurut Perspektif.co.id.",
            short_answer="1992",
            confidence="sedang",
            probability=0.6,
            citations=(founded, signed),
            parts=(
                Part("Kapan CSTO didirikan?", "answered", "1992", (1, 2)),
                Part("Siapa presiden Prancis?", "not_found", None, ()),
                Part(f"Di mana {EVIL}?", "answered", None, (2,)),
                Part("Berapa anggotanya?", "conflicting", "enam", (1,)),
            ),
            suggestions=("Apa itu CSTO?",),
        ),
        "halo": Answer(status="smalltalk", text="Halo! Silakan bertanya tentang CSTO."),
    }


class FakeTanya:
    """Answers from the canned answers by the first word; what it was asked stays in `asked`."""

    def __init__(self) -> None:
        text = f'Pembuka.\n\nKata "{EVIL}" & 😀 dipakai.\nPenutup.\n'
        evil = Article("jahat", f"Harian {EVIL}", text, title=f"Judul {EVIL}", published="1 Mei 2022")
        self.corpus = replace(CORPUS, articles=(*CORPUS.articles, evil))
        self.answers = canned(self.corpus)
        self.mode = "light"
        self.networks = self.address = None
        self.asked: list[tuple[str, list[str]]] = []

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        as_typed: bool = False,
        within: frozenset[str] | None = None,
    ) -> Answer:
        question = question.strip()
        if not question:
            raise QuestionError("question-empty")
        if len(question) > 500:
            raise QuestionError("question-too-long", limit=500)
        if any(ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 for text in (question, *history) for letter in text):
            raise QuestionError("question-unreadable")
        if len(history) > 10:
            raise QuestionError("history-too-long", limit=10)
        self.asked.append((question, list(history)))
        self.within: Set[str] | None = within
        if as_typed:
            question = "persis"
        refusal = Answer("not_found", "Artikel tidak memuat jawabannya.", suggestions=("Kapan CSTO didirikan?",))
        return self.answers.get(question.split()[0].lower(), refusal)

    def complete(self, text: str, limit: int = 8) -> tuple[str, ...]:
        assert not text or text == validate_question(text)
        return tuple(each for each in self.corpus.suggestions if each.lower().startswith(text.lower()))[:limit]

    def understand(
        self,
        question: str,
        history: Sequence[str] = (),  # noqa: ARG002 - it carries nothing over
    ) -> Question:
        return parse_question(question)


@pytest.fixture
def tanya() -> FakeTanya:
    return FakeTanya()


@pytest.fixture
def client(tanya: FakeTanya) -> TestClient:
    return TestClient(
        create_app(tanya, settings=Settings(rate=0, cache=0)),  # type: ignore[arg-type]
        raise_server_exceptions=False,
    )


@pytest.fixture(scope="session")
def engine(corpus: Corpus) -> Tanya:
    """The real engine on the built-in articles."""
    return Tanya(corpus)


@pytest.fixture(scope="session")
def real(engine: Tanya) -> TestClient:
    """The service as it is shipped, around the real engine."""
    return TestClient(create_app(engine, settings=Settings(rate=0)))


@pytest.fixture
def page(client: TestClient) -> GetPage:
    """Get a page as a browser does."""
    return lambda path, **options: client.get(path, headers={"Accept": "text/html,*/*"}, **options)
