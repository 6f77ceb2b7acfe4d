"""The engine: three promises that hold for any text, and what the articles are known to say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tanya_csto.answer.answer import Answer
from tanya_csto.answer.compose import MAX_CITATIONS
from tanya_csto.corpus.articles import Corpus, load_corpus
from tanya_csto.engine import MAX_SUGGESTIONS, Tanya
from tanya_csto.errors import QuestionError
from tanya_csto.question.concepts import MAX_CONCEPTS
from tests.conftest import CorpusWriter, corpus_of

WORDS = (
    "apa itu siapa kapan di mana berapa mengapa bagaimana apakah saja CSTO csto NATO Rusia Armenia Uzbekistan"
    " Kazakhstan anggota didirikan presiden perdana menteri sekretaris jenderal pasukan penjaga perdamaian kantor pusat"
    " Pasal 4 1992 tujuan kalau nya itu menurut Suara.com halo terima kasih brp knp dmn 🛡️ ?"
).split()
STRANGE = (
    "🛡️" * 40,
    "👩‍👩‍👧‍👦 CSTO 👍🏽",
    "ما هي منظمة معاهدة الأمن الجماعي؟",
    "\u202eOTSC uti apA",
    "A\u200bp\u200ca\u200d i\u2060tu C\ufeffSTO?",
    "<script>alert('CSTO')</script>",
    "{{ 7 * 7 }} {% for x in y %} ${CSTO} %s {0} {csto}",
    "'; DROP TABLE artikel; --",
    "CSTO " * 100,
    "x" * 500,
    "memper" * 83,
    "?" * 500,
    "1992/" * 100,
    "nya" * 160,
    "ﬁrewall ½ ² Ⅳ ①",
    "什么是集体安全条约组织？",
    "Z̸̡̢a͜l͝g̵o CSTO",
    ".\u00a0.\u3000.",
    "null",
    "-1",
)

questions = (
    st.text(max_size=120)
    | st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
    | st.sampled_from(STRANGE)
)


def assert_valid(answer: Answer, corpus: Corpus) -> None:
    """Assert all that every answer promises."""
    for n, citation in enumerate(answer.citations, start=1):
        article = corpus[citation.article.id]
        assert citation.n == n
        assert article.text[citation.span.start : citation.span.end] == citation.quote == citation.quote.strip() != ""
        assert all(citation.span.contains(mark) and len(mark) for mark in citation.highlights)
        assert not any(mark.span.overlaps(citation.span) for mark in article.furniture)
    assert len(answer.citations) <= MAX_CITATIONS
    assert len(answer.suggestions) <= MAX_SUGGESTIONS
    assert set(answer.suggestions) <= set(corpus.suggestions)
    assert answer.text == answer.text.strip() != ""
    assert "\n" not in answer.text
    if answer.status in ("not_found", "smalltalk"):
        assert (answer.short_answer, answer.confidence) == (None, None)
        assert (answer.citations, answer.sides) == ((), ())
    else:
        assert answer.citations
        assert answer.confidence in ("tinggi", "sedang", "rendah")
        assert answer.short_answer is None or answer.short_answer in answer.citations[0].quote
    if answer.status == "conflicting":
        assert len(answer.sides) >= 2
        for side in answer.sides:
            assert side.claim
            assert side.citations
            assert set(side.citations) <= {citation.n for citation in answer.citations}
    else:
        assert answer.sides == ()


def outlets(answer: Answer) -> list[set[str]]:
    """Return the outlets of each side."""
    return [{answer.citations[n - 1].article.outlet for n in side.citations} for side in answer.sides]


# The promises


@given(questions, st.lists(questions, max_size=3))
@examples(max_examples=150)
def test_any_text_gets_a_valid_answer_or_a_question_error(tanya: Tanya, question: str, history: list[str]) -> None:
    try:
        answer = tanya.ask(question, history)
    except QuestionError:
        return
    assert_valid(answer, tanya.corpus)
    assert tanya.ask(question, history) == answer


@pytest.mark.parametrize("text", STRANGE)
def test_strange_texts_get_a_valid_answer_or_a_question_error(tanya: Tanya, text: str) -> None:
    for history in ((), (text,), ("Apa itu CSTO?",)):
        try:
            answer = tanya.ask(text, history)
        except QuestionError:
            continue
        assert_valid(answer, tanya.corpus)


def test_two_engines_give_the_same_answers(tanya: Tanya) -> None:
    other = Tanya()
    assert all(other.ask(text) == tanya.ask(text) for text in tanya.corpus.suggestions)


def test_a_question_leaves_no_trace_in_the_next(tanya: Tanya) -> None:
    before = tanya.ask("Siapa sekretaris jenderalnya?")
    tanya.ask("Siapa Sekretaris Jenderal CSTO?")
    assert tanya.ask("Siapa sekretaris jenderalnya?") == before


@pytest.mark.parametrize(
    ("question", "history", "code"),
    [
        (" ", [], "question-empty"),
        ("x" * 501, [], "question-too-long"),
        ("\x00", [], "question-unreadable"),
        ("Apa?", ["x"] * 11, "history-too-long"),
        ("Apa?", [""], "question-empty"),
    ],
)
def test_what_cannot_be_asked_is_a_question_error(tanya: Tanya, question: str, history: list[str], code: str) -> None:
    with pytest.raises(QuestionError) as caught:
        tanya.ask(question, history)
    assert caught.value.code == code


# What the articles say


@pytest.mark.parametrize("question", load_corpus().suggestions)
def test_every_suggestion_is_answered(tanya: Tanya, question: str) -> None:
    answer = tanya.ask(question)
    assert answer.status in ("answered", "conflicting")
    assert answer.understood_as is None
    assert_valid(answer, tanya.corpus)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Siapa Sekretaris Jenderal CSTO?", "Imangali Tasmagambetov"),
        ("siapa sekjen csto", "Imangali Tasmagambetov"),
        ("Siapa Sekretaris Jenderal NATO?", "Jens Stoltenberg"),
        ("Siapa Perdana Menteri Armenia?", "Nikol Pashinyan"),
        ("Siapa Presiden Tajikistan?", "Emomali Rahmon"),
        ("Di mana kantor pusat CSTO?", "Moskow"),
        ("Berapa jumlah personel pasukan penjaga perdamaian CSTO?", "sekitar 3.600 orang"),
        ("Kapan pasukan penjaga perdamaian CSTO dikerahkan ke Kazakhstan?", "Januari 2022"),
    ],
)
def test_short_answers(tanya: Tanya, question: str, short: str) -> None:
    answer = tanya.ask(question)
    assert (answer.status, answer.short_answer) == ("answered", short)
    assert short.casefold() in answer.text.casefold()


@pytest.mark.parametrize(
    ("question", "claims"),
    [
        ("Kapan CSTO didirikan?", ["1992", "2002"]),
        ("Negara mana saja yang menjadi anggota CSTO?", ["6 negara", "9 negara"]),
        ("Apakah Uzbekistan anggota CSTO?", ["tidak (lagi) disebut sebagai anggota", "termasuk anggota"]),
    ],
)
def test_known_disagreements_show_their_sides(tanya: Tanya, question: str, claims: list[str]) -> None:
    answer = tanya.ask(question)
    assert answer.status == "conflicting"
    assert_valid(answer, tanya.corpus)
    assert all(any(claim in side.claim for side in answer.sides) for claim in claims)
    assert len(set.union(*outlets(answer))) >= 2
    assert all(outlet in answer.text for side in outlets(answer) for outlet in side)


@pytest.mark.parametrize("question", ["Berapa jumlah negara anggota CSTO?", "csto ada berapa negara?"])
def test_the_number_of_members_is_disputed_between_outlets(tanya: Tanya, question: str) -> None:
    answer = tanya.ask(question)
    assert answer.status == "conflicting"
    claims = " ".join(side.claim for side in answer.sides)
    assert "9" in claims
    assert "6" in claims or "enam" in claims
    assert "lima" not in claims


def test_an_undisputed_member_is_no_disagreement(tanya: Tanya) -> None:
    answer = tanya.ask("Apakah Rusia anggota CSTO?")
    assert answer.status == "answered"
    assert "Rusia" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "Siapa presiden Indonesia?",
        "markas nato",
        "Siapa Perdana Menteri Kazakhstan?",
        "Siapa presiden Kazakhstan?",
        "Siapa Perdana Menteri Rusia?",
        "Siapa presiden Belarus?",
        "Kapan NATO didirikan?",
        "Apa ibu kota Kazakhstan?",
        "Berapa harga emas hari ini?",
        "Siapa sekretaris jenderal PBB?",
        "resep rendang",
        # told only by furniture: links, bylines, captions
        "Siapa Roman Abramovich?",
        "Siapa Mark Rutte?",
        "Siapa Perdana Menteri Belanda?",
        "Siapa Iwan Satriawan?",
        "Siapa penulis artikel Bangka Pos?",
        "Siapa Ratu Tisha?",
        "Apa yang terjadi dengan Shell dan Vivo?",
        "Berapa hektare reklamasi Ancol?",
        "Siapa Mauro Zijlstra?",
    ],
)
def test_what_the_articles_do_not_say_is_refused(tanya: Tanya, question: str) -> None:
    answer = tanya.ask(question)
    assert answer.status == "not_found"
    assert answer.suggestions


def test_a_refusal_suggests_what_is_nearest(tanya: Tanya) -> None:
    assert "Di mana kantor pusat CSTO?" in tanya.ask("Berapa luas kantor pusat Uni Afrika?").suggestions


@pytest.mark.parametrize(
    ("question", "article_id", "words"),
    [
        ("Menurut Suara.com, kapan CSTO dibentuk?", "suara", "antara tahun 1992 dan 2002"),
        ("Menurut Bangka Pos, kapan CSTO dibentuk?", "bangkapos", "1992"),
        ("menurut cnbc indonesia negara mana saja anggota csto", "cnbc-indonesia", "Belarus,Armenia"),
        ("Apa itu CSTO menurut WahanaNews?", "wahananews", "aliansi militer"),
        ("Negara mana saja anggota CSTO menurut perspektif.co.id?", "perspektif", "Kyrgyzstan"),
    ],
)
def test_a_named_outlet_is_the_only_one_quoted(tanya: Tanya, question: str, article_id: str, words: str) -> None:
    answer = tanya.ask(question)
    assert answer.status == "answered"
    assert {citation.article.id for citation in answer.citations} == {article_id}
    assert words in answer.citations[0].quote


# Chats


@pytest.mark.parametrize(
    ("history", "question", "words"),
    [
        (["Apa itu CSTO?"], "Di mana kantor pusatnya?", "Moskow"),
        (["Apa itu CSTO?", "Di mana kantor pusatnya?"], "siapa sekjennya?", "Tasmagambetov"),
        (["Apa itu CSTO?", "terima kasih"], "Siapa sekretaris jenderalnya?", "Tasmagambetov"),
        (["Siapa Sekretaris Jenderal CSTO?"], "kalau NATO?", "Stoltenberg"),
    ],
)
def test_a_follow_up_takes_its_subject_from_before(tanya: Tanya, history: list[str], question: str, words: str) -> None:
    answer = tanya.ask(question, history)
    assert answer.status == "answered"
    assert words in answer.citations[0].quote


@pytest.mark.parametrize(
    ("history", "question", "understood_as"),
    [
        (["Apa kepanjangan CSTO?"], "kalau NATO?", "Apa kepanjangan NATO?"),
        (["Apakah Rusia anggota CSTO?"], "bagaimana dengan Uzbekistan?", "Apakah Uzbekistan anggota CSTO?"),
        ([], "kpn csto didirikan?", "kapan csto didirikan?"),
        ([], "Halo min, apa itu CSTO?", "apa itu CSTO?"),
        ([], "Apa itu CSTO?", None),
        (["Apa itu NATO?"], "Siapa Perdana Menteri Armenia?", None),
    ],
)
def test_it_is_told_how_a_question_was_understood(
    tanya: Tanya, history: list[str], question: str, understood_as: str | None
) -> None:
    assert tanya.ask(question, history).understood_as == understood_as


def test_a_subject_put_in_is_told(tanya: Tanya) -> None:
    understood_as = tanya.ask("Di mana kantor pusatnya?", ["Apa itu CSTO?"]).understood_as
    assert understood_as is not None
    assert "CSTO" in understood_as


def test_a_new_full_question_carries_nothing(tanya: Tanya) -> None:
    question = "Siapa Sekretaris Jenderal NATO?"
    assert tanya.ask(question, ["Siapa Perdana Menteri Armenia?"]) == tanya.ask(question)


@pytest.mark.parametrize("text", ["Halo", "makasih ya", "kamu siapa?", "trims", "HAI 👋"])
def test_small_talk_is_answered_as_such(tanya: Tanya, text: str) -> None:
    answer = tanya.ask(text)
    assert answer.status == "smalltalk"
    assert answer.suggestions


@pytest.mark.parametrize("greeting", ["Halo, ", "Selamat pagi kak! ", "min "])
def test_a_greeting_in_front_changes_no_answer(tanya: Tanya, greeting: str) -> None:
    answer = tanya.ask(f"{greeting}siapa Sekretaris Jenderal CSTO?")
    assert (answer.status, answer.short_answer) == ("answered", "Imangali Tasmagambetov")


# Other corpora


def test_it_answers_from_any_folder(write_corpus: CorpusWriter) -> None:
    index = '[[article]]\nid = "a"\nfile = "a.txt"\noutlet = "Kabar"\n'
    tanya = Tanya(write_corpus(index, {"a.txt": "Kantor pusat ASEAN berada di Jakarta.\n"}))
    answer = tanya.ask("Di mana kantor pusat ASEAN?")
    assert (answer.status, answer.short_answer) == ("answered", "Jakarta")
    assert answer.citations[0].quote == "Kantor pusat ASEAN berada di Jakarta."
    assert tanya.ask("Siapa presiden Rusia?").suggestions == ()


def test_it_answers_from_a_corpus_in_memory() -> None:
    corpus = corpus_of("Kantor pusat ASEAN berada di Jakarta.")
    assert Tanya(corpus).corpus is corpus


def test_a_question_as_typed_is_not_mended(tanya: Tanya) -> None:
    assert tanya.ask("kpn csto ddirikan?").citations
    typed = tanya.ask("kpn csto ddirikan?", as_typed=True)
    assert (typed.status, typed.understood_as) == ("not_found", None)


def test_a_question_as_typed_takes_nothing_over(tanya: Tanya) -> None:
    alone = tanya.ask("Kapan CSTO didirikan?", ["Apa itu NATO?"], as_typed=True)
    assert alone == tanya.ask("Kapan CSTO didirikan?")


@pytest.mark.parametrize("text", ["ﾞ", "ﾟ", "Apa itu ﾞ CSTO?"])
def test_a_sound_mark_alone_is_no_word(tanya: Tanya, text: str) -> None:
    assert tanya.ask(text).status in ("answered", "not_found")
    assert tanya.ask("berapa jumlahnya?", [text]).status in ("answered", "conflicting", "not_found")


def test_a_repeated_question_keeps_the_subject_of_the_chat(tanya: Tanya) -> None:
    once = tanya.ask("Di mana markasnya?", ["Apa itu NATO?", "Kapan didirikan?"])
    again = tanya.ask("Di mana markasnya?", ["Kapan didirikan?", "Apa itu NATO?", "Kapan didirikan?"])
    assert again == once


def test_a_question_behind_a_long_chat_carries_no_more_than_a_question_may_hold(corpus: Corpus) -> None:
    words = list(dict.fromkeys(re.findall(r"[a-z]{5,}", " ".join(article.text for article in corpus.articles))))
    history = [" ".join(words[start : start + 22]) for start in range(0, 220, 22)]
    tanya = Tanya(corpus)
    inherited = tanya.understand("berapa jumlahnya", history).concepts
    assert len(inherited) == MAX_CONCEPTS
    latest = {concept.surface for concept in tanya.understand(history[-1]).concepts}
    assert latest <= {concept.surface for concept in inherited}


def test_what_is_remembered_of_a_chat_is_not_taken_for_another(corpus: Corpus) -> None:
    tanya, chats = Tanya(corpus), (["Apa itu CSTO?"], ["Apa itu NATO?"], [])
    first = [tanya.ask("Apa tujuannya?", chat) for chat in chats]
    assert len({answer.understood_as for answer in first}) == 3
    assert [tanya.ask("Apa tujuannya?", chat) for chat in chats] == first
    assert [Tanya(corpus).ask("Apa tujuannya?", chat) for chat in chats] == first
