"""The engine: three promises that hold for any text, and what the articles are known to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tanya_csto.answer.answer import Answer
from tanya_csto.answer.compose import MAX_CITATIONS
from tanya_csto.corpus.articles import Corpus
from tanya_csto.engine import MAX_SUGGESTIONS, Tanya
from tanya_csto.errors import QuestionError
from tanya_csto.models.networks import Networks
from tests.conftest import CORPUS, CorpusWriter, corpus_of

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


def known(tanya: Tanya) -> set[str]:
    """Return the questions that may be shown to people."""
    facts = tanya.corpus.bank.facts if tanya.corpus.bank else ()
    return {*tanya.corpus.suggestions, *(fact.questions[0] for fact in facts if fact.kind in ("answered", "contested"))}


def bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def assert_valid(answer: Answer, tanya: Tanya, asked: Sequence[str] = ()) -> None:
    """Assert all that every answer promises; `asked` are the question and those before it."""
    for n, citation in enumerate(answer.citations, start=1):
        article = tanya.corpus[citation.article.id]
        assert citation.n == n
        assert article.text[citation.span.start : citation.span.end] == citation.quote == citation.quote.strip() != ""
        assert all(citation.span.contains(mark) and len(mark) for mark in citation.highlights)
        assert not any(span.overlaps(citation.span) for span in article.boilerplate)
    assert len(answer.citations) <= MAX_CITATIONS
    assert len(answer.suggestions) <= MAX_SUGGESTIONS
    assert set(answer.suggestions) <= known(tanya)
    assert answer.status == "smalltalk" or not set(map(bare, answer.suggestions)) & set(map(bare, asked))
    assert answer.text == answer.text.strip() != ""
    assert "\n" not in answer.text
    assert answer.text[0] == answer.text[0].upper()
    if answer.understood_as is not None:
        assert answer.understood_as.endswith("?")
        assert answer.understood_as[:1] == answer.understood_as[:1].upper()
    if answer.status in ("not_found", "smalltalk"):
        assert (answer.short_answer, answer.confidence, answer.probability) == (None, None, None)
        assert (answer.citations, answer.sides) == ((), ())
    else:
        assert answer.citations
        assert answer.confidence in ("tinggi", "sedang", "rendah")
        assert answer.probability is not None
        assert 0 <= answer.probability <= 1
        assert answer.short_answer is None or answer.short_answer in answer.citations[0].quote
    for part in answer.parts:
        assert part.status in ("answered", "conflicting", "not_found")
        assert bool(part.citations) == (part.status != "not_found")
        if part.short_answer is not None:
            assert part.short_answer in answer.citations[part.citations[0] - 1].quote
    if answer.parts:
        assert len(answer.parts) > 1
        assert sorted(n for part in answer.parts for n in part.citations) == [each.n for each in answer.citations]
    if "conflicting" in (answer.status, *(part.status for part in answer.parts)):
        assert len(answer.sides) >= 2
        for side in answer.sides:
            assert side.claim
            assert side.citations
            assert {answer.citations[n - 1].article.outlet for n in side.citations} <= set(side.outlets)
    else:
        assert answer.sides == ()


def essence(answer: Answer) -> Answer:
    """Return an answer without what depends on the questions before it, where it does not lean on them."""
    return replace(answer, suggestions=())


@pytest.fixture(scope="module")
def unbanked(corpus: Corpus) -> Tanya:
    """Return an engine of the five articles alone."""
    return Tanya(replace(corpus, bank=None))


@pytest.fixture(params=["banked", "unbanked"])
def either(request: pytest.FixtureRequest, tanya: Tanya, unbanked: Tanya) -> Tanya:
    """Return the engine with the bank, then the one without."""
    return tanya if request.param == "banked" else unbanked


# The promises


@pytest.mark.slow
@given(questions, st.lists(questions, max_size=3))
@examples(max_examples=150)
def test_any_text_gets_a_valid_answer_or_a_question_error(tanya: Tanya, question: str, history: list[str]) -> None:
    try:
        answer = tanya.ask(question, history)
    except QuestionError:
        return
    assert_valid(answer, tanya, [question, *history])
    assert tanya.ask(question, history) == answer


@given(questions, st.lists(questions, max_size=2), st.booleans())
@examples(max_examples=60)
def test_the_same_holds_without_a_bank_and_as_typed(
    unbanked: Tanya, question: str, history: list[str], as_typed: bool
) -> None:
    try:
        answer = unbanked.ask(question, history, as_typed=as_typed)
    except QuestionError:
        return
    assert_valid(answer, unbanked, [question, *history])


@pytest.mark.parametrize("text", STRANGE)
def test_strange_texts_get_a_valid_answer_or_a_question_error(tanya: Tanya, text: str) -> None:
    for history in ((), (text,), ("Apa itu CSTO?",)):
        try:
            answer = tanya.ask(text, history)
        except QuestionError:
            continue
        assert_valid(answer, tanya, [text, *history])


@pytest.mark.slow
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


@pytest.mark.slow
def test_every_question_of_the_bank_that_is_shown_is_answered(tanya: Tanya) -> None:
    assert tanya.corpus.bank is not None
    asked = [fact.questions[0] for fact in tanya.corpus.bank.facts if fact.kind in ("answered", "contested")]
    refused = [question for question in asked if tanya.ask(question).status not in ("answered", "conflicting")]
    assert len(asked) > 100
    assert refused == []


@pytest.mark.parametrize("question", CORPUS.suggestions)
def test_every_suggestion_is_answered(tanya: Tanya, question: str) -> None:
    answer = tanya.ask(question)
    assert answer.status in ("answered", "conflicting")
    assert answer.understood_as is None
    assert_valid(answer, tanya, [question])


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Siapa Sekretaris Jenderal CSTO?", "Imangali Tasmagambetov"),
        ("siapa sekjen csto", "Imangali Tasmagambetov"),
        ("Siapa Sekretaris Jenderal NATO?", "Jens Stoltenberg"),
        ("Siapa Perdana Menteri Armenia?", "Nikol Pashinyan"),
        ("Siapa Presiden Tajikistan?", "Emomali Rahmon"),
        ("Di mana kantor pusat CSTO?", "Moskow"),
        ("Berapa jumlah personel pasukan penjaga perdamaian CSTO?", "3.600"),
        ("Kapan pasukan penjaga perdamaian CSTO dikerahkan ke Kazakhstan?", "Januari 2022"),
    ],
)
def test_short_answers_are_words_of_the_first_quote(tanya: Tanya, question: str, short: str) -> None:
    answer = tanya.ask(question)
    assert answer.status == "answered"
    assert answer.short_answer is not None
    assert short in answer.short_answer in answer.citations[0].quote
    assert answer.text.casefold().startswith(answer.short_answer.casefold())
    assert answer.text[0].isupper()
    first = answer.citations[0]
    assert any(answer.short_answer in mark.of(first.article.text) for mark in first.highlights)


def test_all_five_outlets_are_named_under_what_they_say_of_the_founding(tanya: Tanya) -> None:
    answer = tanya.ask("Kapan CSTO didirikan?")
    assert answer.status == "conflicting"
    assert_valid(answer, tanya)
    every = {article.outlet for article in tanya.corpus.articles}
    assert len(every) == 5
    assert {outlet for side in answer.sides for outlet in side.outlets} == every
    assert all(outlet in answer.text for outlet in every)
    assert {citation.article.outlet for citation in answer.citations} == every
    for side in answer.sides:
        assert f"{side.claim} (" in answer.text
        for citation in (answer.citations[n - 1] for n in side.citations):
            marks = [mark.of(citation.article.text) for mark in citation.highlights]
            assert [re.findall(r"\d{4}", mark) for mark in marks] == [re.findall(r"\d{4}", side.claim)]


def test_every_disagreement_of_the_bank_is_laid_out(tanya: Tanya) -> None:
    assert tanya.corpus.bank is not None
    facts = [fact for fact in tanya.corpus.bank.facts if fact.kind == "contested"]
    assert len(facts) > 3
    for fact in facts:
        answer = tanya.ask(fact.questions[0])
        assert answer.status == "conflicting", fact.questions[0]
        assert_valid(answer, tanya)
        told = {side.claim: {each.article.outlet for each in side.evidence} for side in fact.sides}
        assert {side.claim: set(side.outlets) for side in answer.sides} == told
        claims = {(each.article.id, each.answer) for side in fact.sides for each in side.evidence}
        for citation in answer.citations:
            assert all((citation.article.id, mark) in claims for mark in citation.highlights)


def test_an_undisputed_member_is_no_disagreement(tanya: Tanya) -> None:
    answer = tanya.ask("Apakah Rusia anggota CSTO?")
    assert answer.status == "answered"
    assert "Rusia" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "Siapa presiden Indonesia?",
        "Siapa presiden Brasil?",
        "Siapa Perdana Menteri Kazakhstan?",
        "Kapan NATO didirikan?",
        "Berapa harga emas hari ini?",
        "Siapa sekretaris jenderal PBB?",
        "Siapa juara Piala Dunia 2022?",
        "resep rendang",
        # told only by boilerplate: links, bylines, captions
        "Siapa Roman Abramovich?",
        "Siapa Mark Rutte?",
        "Siapa Iwan Satriawan?",
        "Berapa hektare reklamasi Ancol?",
    ],
)
def test_what_the_articles_do_not_say_is_refused_and_nothing_quoted(tanya: Tanya, question: str) -> None:
    answer = tanya.ask(question)
    assert answer.status == "not_found"
    assert_valid(answer, tanya, [question])
    assert answer.text.startswith("Tidak ditemukan.")


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


# Several questions in one message


def parts(answer: Answer) -> list[tuple[str, str]]:
    return [(part.question, part.status) for part in answer.parts]


def quotes(answer: Answer, place: int) -> list[str]:
    return [answer.citations[n - 1].quote for n in answer.parts[place].citations]


def test_two_questions_get_two_answers_in_order(either: Tanya) -> None:
    answer = either.ask("Kapan CSTO didirikan dan di mana kantor pusatnya?")
    assert_valid(answer, either)
    assert parts(answer)[0] == ("Kapan CSTO didirikan?", "conflicting")
    assert [status for _, status in parts(answer)] == ["conflicting", "answered"]
    assert answer.parts[1].question.startswith("Di mana kantor pusat")
    assert all(re.search("1992|1994|2002", quote) for quote in quotes(answer, 0))
    assert "kantor pusat CSTO berada di Moskow" in quotes(answer, 1)[0]
    assert (answer.status, answer.parts[1].short_answer) == ("conflicting", "Moskow")
    assert answer.text.index("1992 (") < answer.text.index("Moskow,")


@pytest.mark.parametrize(
    "message",
    [
        "Mohon informasinya, kapan CSTO didirikan?",
        "Tolong jawab pertanyaan berikut: kapan CSTO didirikan?",
        "Saya sedang menulis makalah tentang NATO. Kapan CSTO didirikan? Terima kasih.",
        "kpn csto didirikan makasih",
        "oh gitu, keren. kapan CSTO didirikan?",
    ],
)
def test_what_stands_around_a_question_changes_nothing(either: Tanya, message: str) -> None:
    plain, framed = either.ask("Kapan CSTO didirikan?"), either.ask(message)
    assert replace(framed, understood_as=None) == plain
    assert framed.understood_as == "Kapan CSTO didirikan?"


def test_one_question_of_two_may_be_refused(either: Tanya) -> None:
    answer = either.ask("Siapa presiden Brasil dan di mana kantor pusat CSTO?")
    assert_valid(answer, either)
    assert parts(answer) == [("Siapa presiden Brasil?", "not_found"), ("Di mana kantor pusat CSTO?", "answered")]
    assert (answer.status, answer.short_answer) == ("answered", "Moskow")
    assert "Siapa presiden Brasil? Tidak ditemukan dalam artikel." in answer.text
    assert answer.suggestions


def test_four_questions_leave_no_side_without_a_quote(tanya: Tanya) -> None:
    answer = tanya.ask(
        "Kapan CSTO didirikan? Di mana kantor pusat CSTO? Siapa Sekretaris Jenderal CSTO?"
        " Siapa Sekretaris Jenderal NATO?"
    )
    assert len(answer.parts) == 4
    assert_valid(answer, tanya)


def test_a_message_that_asks_the_same_twice_gets_one_answer(tanya: Tanya) -> None:
    answer = tanya.ask("Di mana kantor pusat CSTO? Kantor pusat CSTO di mana?")
    assert (answer.status, answer.short_answer, answer.parts) == ("answered", "Moskow", ())


# Chats


@pytest.mark.parametrize(
    ("history", "question", "words"),
    [
        (["Apa itu CSTO?"], "Di mana kantor pusatnya?", "Moskow"),
        (["Apa itu CSTO?", "Di mana kantor pusatnya?"], "siapa sekjennya?", "Tasmagambetov"),
        (["Apa itu CSTO?", "terima kasih"], "Siapa sekretaris jenderalnya?", "Tasmagambetov"),
        (["Siapa Sekretaris Jenderal CSTO?"], "kalau NATO?", "Stoltenberg"),
        (["Siapa yang memimpin CSTO?"], "kalau NATO?", "Amerika Serikat"),
    ],
)
def test_a_follow_up_takes_its_subject_from_before(tanya: Tanya, history: list[str], question: str, words: str) -> None:
    answer = tanya.ask(question, history)
    assert answer.status == "answered"
    assert words in answer.citations[0].quote
    assert_valid(answer, tanya, [question, *history])


def test_its_members_are_those_of_what_was_spoken_of(tanya: Tanya) -> None:
    answer = tanya.ask("anggotanya siapa?", ["Apa itu CSTO?"])
    assert answer.status in ("answered", "conflicting")
    assert all(name in answer.citations[0].quote for name in ("Rusia", "Armenia", "Tajikistan"))


@pytest.mark.parametrize(
    ("history", "question", "understood_as"),
    [
        (["Apa kepanjangan CSTO?"], "kalau NATO?", "Apa kepanjangan NATO?"),
        (["Siapa yang memimpin CSTO?"], "kalau NATO?", "Siapa yang memimpin NATO?"),
        (["Apakah Rusia anggota CSTO?"], "bagaimana dengan Uzbekistan?", "Apakah Uzbekistan anggota CSTO?"),
        ([], "kpn csto didirikan?", "Kapan CSTO didirikan?"),
        ([], "Halo min, apa itu CSTO?", "Apa itu CSTO?"),
        ([], "Apa itu CSTO?", None),
        ([], "apa itu csto", None),
        (["Apa itu NATO?"], "Siapa Perdana Menteri Armenia?", None),
    ],
)
def test_it_is_told_in_a_plain_sentence_how_a_question_was_understood(
    tanya: Tanya, history: list[str], question: str, understood_as: str | None
) -> None:
    assert tanya.ask(question, history).understood_as == understood_as


def test_without_a_bank_a_subject_put_in_is_told(unbanked: Tanya) -> None:
    answer = unbanked.ask("Di mana kantor pusatnya?", ["Apa itu CSTO?"])
    assert (answer.understood_as, answer.short_answer) == ("Di mana kantor pusat CSTO?", "Moskow")


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("Siapa Sekretaris Jenderal NATO?", ["Siapa Perdana Menteri Armenia?"]),
        ("Di mana kantor pusat CSTO?", ["Apa itu NATO?", "Siapa yang memimpin NATO?"]),
        ("Siapa presiden Brasil?", ["Siapa Sekretaris Jenderal CSTO?"]),
        ("Siapa presiden Indonesia?", ["markas csto dimana, trus sekjennya siapa?"]),
        ("Kapan CSTO didirikan?", ["Siapa Presiden Tajikistan?"]),
        ("Halo", ["Apa itu CSTO?"]),
    ],
)
def test_a_question_that_stands_by_itself_carries_nothing(tanya: Tanya, question: str, history: list[str]) -> None:
    assert essence(tanya.ask(question, history)) == essence(tanya.ask(question))


def test_a_person_is_who_answered_the_question_before(tanya: Tanya) -> None:
    understood_as = tanya.ask("apa kata dia?", ["Siapa Sekretaris Jenderal NATO?"]).understood_as
    assert understood_as == "Apa kata Jens Stoltenberg?"


def test_a_repeated_question_keeps_the_subject_of_the_chat(tanya: Tanya) -> None:
    once = tanya.ask("Di mana markasnya?", ["Apa itu NATO?", "Kapan didirikan?"])
    again = tanya.ask("Di mana markasnya?", ["Kapan didirikan?", "Apa itu NATO?", "Kapan didirikan?"])
    assert essence(again) == essence(once)


@pytest.mark.slow
def test_what_is_remembered_of_a_chat_is_not_taken_for_another(corpus: Corpus) -> None:
    tanya = Tanya(corpus)
    chats: tuple[list[str], ...] = (["Siapa pemimpin CSTO?"], ["Kapan NATO didirikan?"], [])
    first = [tanya.ask("kalau Armenia?", chat) for chat in chats]
    assert len({answer.understood_as for answer in first}) == 3
    assert [tanya.ask("kalau Armenia?", chat) for chat in chats] == first
    assert [Tanya(corpus).ask("kalau Armenia?", chat) for chat in chats] == first


def test_a_long_chat_is_no_trouble(tanya: Tanya) -> None:
    words = list(dict.fromkeys(re.findall(r"[a-z]{5,}", " ".join(each.text for each in tanya.corpus.articles))))
    history = [" ".join(words[start : start + 22]) for start in range(0, 220, 22)]
    assert_valid(tanya.ask("berapa jumlahnya", history), tanya)


# Further questions


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("Di mana kantor pusat CSTO?", []),
        ("di mana kantor pusat csto", []),
        ("Kapan CSTO didirikan?", []),
        ("Siapa presiden Brasil?", []),
        ("Berapa luas kantor pusat Uni Afrika?", []),
        ("Kapan CSTO didirikan dan di mana kantor pusatnya?", []),
        ("kalau NATO?", ["Siapa Sekretaris Jenderal CSTO?"]),
        ("Halo", []),
        ("Halo", ["Apa itu CSTO?"]),
    ],
)
def test_there_is_always_something_else_to_ask(tanya: Tanya, question: str, history: list[str]) -> None:
    answer = tanya.ask(question, history)
    assert 1 <= len(answer.suggestions) <= MAX_SUGGESTIONS
    assert len(set(answer.suggestions)) == len(answer.suggestions)
    assert set(answer.suggestions) <= known(tanya)
    assert bare(question) not in {bare(each) for each in answer.suggestions}


def test_what_was_asked_is_not_offered_again(tanya: Tanya) -> None:
    question = "Di mana kantor pusat CSTO?"
    chat: list[str] = []
    for _ in range(4):
        answer = tanya.ask(question, chat)
        chat.append(question)
        assert not set(answer.suggestions) & set(chat)
        question = answer.suggestions[0]


def test_typing_is_completed_to_questions_that_are_answered(either: Tanya) -> None:
    found = either.complete("kapan cs")
    assert 1 <= len(found) <= 8
    assert set(found) <= known(either)
    assert all("kapan" in each.casefold() and "cs" in each.casefold() for each in found)
    begun = [each.casefold().startswith("kapan cs") for each in found]
    assert begun == sorted(begun, reverse=True)
    assert either.complete(" KAPAN CS ") == found
    assert either.complete("kapan cs", limit=1) == found[:1]
    assert either.complete("zzz") == ()


def test_a_whole_question_is_completed_to_itself(either: Tanya) -> None:
    assert either.complete("kapan csto didirikan")[0] == "Kapan CSTO didirikan?"


# Small talk


@pytest.mark.parametrize("text", ["Halo", "makasih ya", "kamu siapa?", "trims", "HAI 👋", "selamat pagi"])
def test_small_talk_is_answered_as_such(either: Tanya, text: str) -> None:
    answer = either.ask(text)
    assert answer.status == "smalltalk"
    assert answer.suggestions
    assert_valid(answer, either)


@pytest.mark.parametrize("greeting", ["Halo, ", "Selamat pagi kak! ", "min "])
def test_a_greeting_in_front_changes_no_answer(either: Tanya, greeting: str) -> None:
    answer = either.ask(f"{greeting}siapa Sekretaris Jenderal CSTO?")
    assert (answer.status, answer.short_answer) == ("answered", "Imangali Tasmagambetov")


def test_the_sources_are_named(tanya: Tanya) -> None:
    answer = tanya.ask("sumbernya dari mana?")
    assert answer.status == "smalltalk"
    assert all(article.outlet in answer.text for article in tanya.corpus.articles)


@pytest.mark.parametrize("text", ["What is CSTO?", "Who is the leader of NATO?"])
def test_english_is_answered_in_both_languages(either: Tanya, text: str) -> None:
    answer = either.ask(text, ["Apa itu CSTO?"])
    assert answer.status == "smalltalk"
    assert "bahasa Indonesia" in answer.text
    assert "Indonesian" in answer.text
    assert answer.suggestions


def test_whether_an_answer_can_be_trusted_is_told_by_the_answer_before(tanya: Tanya) -> None:
    text = "jawabanmu bisa dipercaya?"
    sure = tanya.ask(text, ["Di mana kantor pusat CSTO?"])
    disputed = tanya.ask(text, ["Kapan CSTO didirikan?"])
    refused = tanya.ask(text, ["Siapa presiden Brasil?"])
    assert {each.status for each in (sure, disputed, refused)} == {"smalltalk"}
    place = tanya.ask("Di mana kantor pusat CSTO?")
    assert place.citations[0].article.outlet in sure.text
    assert f"keyakinan {place.confidence}" in sure.text
    assert all(article.outlet in disputed.text for article in tanya.corpus.articles)
    assert "tidak menilai" in refused.text
    assert essence(refused) == essence(tanya.ask(text))


# As typed


def test_a_question_as_typed_is_not_mended() -> None:
    tanya = Tanya(corpus_of("Kantor pusat ASEAN berada di Jakarta."))
    text = "di mana kantr pusat asean?"
    assert (tanya.ask(text).short_answer, tanya.ask(text).understood_as) == ("Jakarta", "Di mana kantor pusat ASEAN?")
    typed = tanya.ask(text, as_typed=True)
    assert typed.understood_as is None
    assert (typed.probability or 0) < (tanya.ask(text).probability or 0)  # "kantr" is found nowhere


@pytest.mark.parametrize(
    "text", ["kpn csto didirikan?", "Halo min, apa itu CSTO?", "siapa presiden belarusia?", "siapa sekjen csto"]
)
def test_nothing_was_understood_otherwise_as_typed(tanya: Tanya, text: str) -> None:
    assert tanya.ask(text, as_typed=True).understood_as is None


def test_a_question_as_typed_takes_nothing_over(tanya: Tanya) -> None:
    text = "Di mana kantor pusat CSTO?"
    assert essence(tanya.ask(text, ["Apa itu NATO?"], as_typed=True)) == essence(tanya.ask(text))
    leaning = "kalau NATO?"
    history = ["Siapa Sekretaris Jenderal CSTO?"]
    assert essence(tanya.ask(leaning, history, as_typed=True)) == essence(tanya.ask(leaning, as_typed=True))


def test_a_message_as_typed_is_one_question(tanya: Tanya) -> None:
    assert tanya.ask("Kapan CSTO didirikan dan di mana kantor pusatnya?", as_typed=True).parts == ()


@pytest.mark.parametrize("text", ["ﾞ", "ﾟ", "Apa itu ﾞ CSTO?"])
def test_a_sound_mark_alone_is_no_word(tanya: Tanya, text: str) -> None:
    assert_valid(tanya.ask(text), tanya)
    assert_valid(tanya.ask("berapa jumlahnya?", [text]), tanya)


# Other corpora


def test_it_answers_from_any_folder(write_corpus: CorpusWriter) -> None:
    index = '[[article]]\nid = "a"\nfile = "a.txt"\noutlet = "Kabar"\n'
    tanya = Tanya(write_corpus(index, {"a.txt": "Kantor pusat ASEAN berada di Jakarta.\n"}))
    answer = tanya.ask("Di mana kantor pusat ASEAN?")
    assert (answer.status, answer.short_answer) == ("answered", "Jakarta")
    assert answer.citations[0].quote == "Kantor pusat ASEAN berada di Jakarta."
    refused = tanya.ask("Siapa presiden Rusia?")
    assert (refused.status, refused.suggestions, tanya.complete("di")) == ("not_found", (), ())


def test_it_answers_from_a_corpus_in_memory() -> None:
    corpus = corpus_of("Kantor pusat ASEAN berada di Jakarta.")
    assert Tanya(corpus).corpus is corpus


def test_a_corpus_without_a_bank_shows_a_disagreement() -> None:
    tanya = Tanya(corpus_of("CSTO didirikan pada 1992.", "CSTO didirikan pada tahun 2002.", "Hujan turun."))
    answer = tanya.ask("Kapan CSTO didirikan?")
    assert answer.status == "conflicting"
    assert_valid(answer, tanya)
    assert {side.claim: side.outlets for side in answer.sides} == {"1992": ("Kabar",), "2002": ("Warta",)}
    marks = {mark.of(citation.article.text) for citation in answer.citations for mark in citation.highlights}
    assert marks == {"1992", "2002"}


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Kapan CSTO didirikan?", "conflicting"),
        ("Di mana kantor pusat CSTO?", "answered"),
        ("Siapa Sekretaris Jenderal CSTO?", "answered"),
        ("Siapa presiden Brasil?", "not_found"),
        ("resep rendang", "not_found"),
    ],
)
def test_the_articles_answer_without_a_bank(unbanked: Tanya, question: str, status: str) -> None:
    answer = unbanked.ask(question)
    assert answer.status == status
    assert_valid(answer, unbanked, [question])
    assert answer.suggestions


def test_a_question_is_understood_behind_its_chat(tanya: Tanya) -> None:
    assert tanya.understand("kpn csto ddirikan?").text == "kapan csto didirikan?"
    assert tanya.understand("kalau NATO?", ["Siapa yang memimpin CSTO?"]).text == "Siapa yang memimpin NATO?"
    assert tanya.understand("Menurut Suara.com, kapan CSTO dibentuk?").articles == frozenset({"suara"})


def test_a_question_without_a_subject_takes_that_of_the_chat(tanya: Tanya) -> None:
    whole = tanya.ask("Kapan CSTO didirikan?")
    assert tanya.ask("Kapan didirikan?", ["Di mana kantor pusat CSTO?"]).sides == whole.sides
    assert tanya.ask("Di mana kantor pusat CSTO dan kapan didirikan?").parts[1].status == "conflicting"


# With the networks


@pytest.fixture(scope="module")
def full(corpus: Corpus, networks: Networks) -> Tanya:
    return Tanya(corpus, networks)


def test_the_mode_is_told(tanya: Tanya, full: Tanya) -> None:
    assert (tanya.mode, full.mode) == ("light", "full")


@pytest.mark.parametrize(
    ("question", "history", "status"),
    [
        ("Kapan CSTO didirikan?", [], "conflicting"),
        ("Siapa Sekretaris Jenderal CSTO?", [], "answered"),
        ("kalau NATO?", ["Siapa Sekretaris Jenderal CSTO?"], "answered"),
        ("Siapa juara Piala Dunia 2022?", [], "not_found"),
        ("<script>alert(1)</script> {{ 7 * 7 }}", [], "not_found"),
        ("Halo", [], "smalltalk"),
    ],
)
def test_the_promises_hold_with_the_networks(full: Tanya, question: str, history: list[str], status: str) -> None:
    answer = full.ask(question, history)
    assert answer.status == status
    assert_valid(answer, full, [question, *history])
    assert full.ask(question, history) == answer


@pytest.mark.parametrize("line", ["***", "– – –", "🤝 🤝 🤝."])
def test_a_line_without_a_word_takes_no_side(networks: Networks, line: str) -> None:
    full = Tanya(corpus_of("CSTO pernah berperang.", f"CSTO rapat.\n\n{line}\n\nCSTO bubar."), networks)
    assert full.ask("Apakah CSTO pernah berperang?").citations[0].quote == "CSTO pernah berperang."


def test_only_the_articles_asked_for_are_searched(tanya: Tanya) -> None:
    question = "Siapa Sekretaris Jenderal CSTO?"
    assert tanya.ask(question, within=frozenset({"suara", "wahananews"})).status == "not_found"
    answer = tanya.ask(question, within=frozenset({"suara", "perspektif"}))
    assert {citation.article.id for citation in answer.citations} == {"perspektif"}
    assert tanya.ask(question) == tanya.ask(question, within=frozenset(tanya.corpus))


def test_articles_that_a_question_names_but_the_filter_leaves_out_are_not_searched(tanya: Tanya) -> None:
    assert tanya.ask("Apa itu CSTO menurut Suara.com?", within=frozenset({"suara"})).status == "answered"
    assert tanya.ask("Apa itu CSTO menurut Suara.com?", within=frozenset({"bangkapos"})).status == "not_found"


def test_a_disagreement_is_shown_among_the_articles_asked_for(tanya: Tanya) -> None:
    question = "Kapan CSTO didirikan?"
    both = tanya.ask(question, within=frozenset({"suara", "perspektif"}))
    assert both.status == "conflicting"
    assert {outlet for side in both.sides for outlet in side.outlets} == {"Suara.com", "Perspektif.co.id"}
    assert tanya.ask(question, within=frozenset({"perspektif"})).short_answer == "1992"
