"""The way of one question that stands by itself: candidates, reading, what is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tanya_csto.answer.finding import ConflictSide, Finding, Quote
from tanya_csto.corpus.articles import Corpus
from tanya_csto.corpus.bank import Evidence, Fact
from tanya_csto.finder import RELATED, Finder, answered, conflicting
from tanya_csto.models.networks import Networks
from tanya_csto.text.spans import Span
from tests.ranking.setting import Case

QUESTION = "Kapan CSTO didirikan?"


@pytest.fixture(scope="module")
def light(corpus: Corpus) -> Finder:
    return Finder(corpus, None, None)


@pytest.fixture(scope="module")
def unbanked(corpus: Corpus) -> Finder:
    return Finder(replace(corpus, bank=None), None, None)


@pytest.mark.parametrize("name", ["light", "unbanked"])
def test_candidates_stand_best_first_and_are_quoted_as_they_would_be(name: str, request: pytest.FixtureRequest) -> None:
    finder: Finder = request.getfixturevalue(name)
    question = finder.parse("Di mana kantor pusat CSTO?")
    ranked, opinion = finder.candidates(question)
    assert (opinion is None) is (name == "unbanked")
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)
    assert "Moskow" in finder.quote(ranked[0], question)
    assert list(finder.readings(question, ranked)) == []  # there is no reader


def test_candidates_are_read_as_long_as_there_is_doubt(corpus: Corpus, networks: Networks) -> None:
    full = Finder(corpus, networks, None)
    question = full.parse("Di mana kantor pusat CSTO?")
    unread, _ = full.search(question)
    first, read = full.readings(question, unread)
    assert not any("read" in each.features for each in unread)
    passage = unread[0].retrieved.indexed.passage
    assert {each.retrieved.indexed.passage for each in first if "read" in each.features} == {passage}
    always, never = (-1, 2), (0, 0)
    for between, on_between, expected in ((always, always, read), (always, never, first), (never, always, unread)):
        full.model = replace(full.model, read_between=between, read_on_between=on_between)
        assert full.candidates(question)[0] == expected
    chosen = [each for each in read if "read" in each.features]
    assert chosen
    assert all(-1 <= each.features[name] <= 1 for each in chosen for name in ("reading", "answerable"))
    assert all("similarity" in each.features for each in read)
    assert sorted(each.number for each in read) == sorted(each.number for each in unread)
    assert "Moskow" in full.quote(read[0], question)


def test_within_some_articles_nothing_else_is_found_and_nothing_else_remembered(light: Finder) -> None:
    asked = "Di mana kantor pusat CSTO?"
    assert light.find(asked).status == "answered"
    silent = light.find(asked, frozenset({"bangkapos"}))
    assert all(quote.article.id == "bangkapos" for quote in silent.quotes)
    assert light.find(asked).quotes[0].article.id == "suara"


def found(case: Case, told: tuple[Fact, Evidence] | None = None) -> Finding:
    return answered(case.question, case.ranked, told, 0.9, None, case.index)


def words(case: Case, text: str, article: int = 0) -> Span:
    start = case.index.corpus.articles[article].text.index(text)
    return Span(start, start + len(text))


def proof(case: Case, sentence: str, answer: str | None, article: int = 0) -> Evidence:
    told = words(case, answer, article) if answer else None
    return Evidence(case.index.corpus.articles[article], (words(case, sentence, article),), told)


def shown(finding: Finding) -> list[str]:
    return [quote.span.of(quote.article.text) for quote in finding.quotes]


def marked(quote: Quote) -> list[str]:
    return [mark.of(quote.article.text) for mark in quote.marks]


def test_the_best_sentence_is_quoted_with_its_short_answer() -> None:
    finding = found(Case(QUESTION, "CSTO didirikan pada 1992. Hujan turun."))
    assert (finding.status, finding.probability, finding.short_answer) == ("answered", 0.9, "1992")
    assert shown(finding) == ["CSTO didirikan pada 1992."]
    assert marked(finding.quotes[0]) == ["1992"]


def test_sentences_far_behind_the_best_are_not_cited() -> None:
    case = Case(QUESTION, "CSTO didirikan pada 1992.", "CSTO didirikan pada 1992 itu.", "Pasukan CSTO besar.")
    scores = [5.0, 5.0 - RELATED, 5.0 - RELATED - 0.1]
    ranked = [replace(each, score=score) for each, score in zip(case.ranked, scores, strict=True)]
    finding = answered(case.question, ranked, None, 0.9, None, case.index)
    assert [quote.article for quote in finding.quotes] == [each.article for each in case.ranked[:2]]


def test_the_bank_tells_which_words_answer() -> None:
    sentence = "Organisasi CSTO adalah aliansi militer."
    case = Case("Apa itu CSTO?", sentence)
    evidence = proof(case, sentence, "aliansi militer")
    fact = Fact("answered", ("Apa itu CSTO?",), evidence=(evidence,))
    finding = found(case, (fact, evidence))
    assert (finding.short_answer, marked(finding.quotes[0])) == ("aliansi militer", ["aliansi militer"])
    assert finding.fact is fact


def test_what_the_bank_tells_is_cut_to_the_name_that_is_asked_for() -> None:
    sentence = "Presiden Rusia Vladimir Putin tiba."
    case = Case("Siapa presiden Rusia?", sentence)
    evidence = proof(case, sentence, "Presiden Rusia Vladimir Putin")
    fact = Fact("answered", ("Siapa presiden Rusia?",), evidence=(evidence,))
    assert found(case, (fact, evidence)).short_answer == "Vladimir Putin"


def test_where_the_bank_tells_other_words_they_are_the_answer() -> None:
    question = "Siapa yang mendirikan CSTO?"
    sentence = "Rusia mendirikan CSTO pada 1992 setelah pecahnya Uni Soviet."
    case = Case(question, sentence)
    evidence = proof(case, sentence, "setelah pecahnya Uni Soviet")
    fact = Fact("answered", (question,), evidence=(evidence,))
    assert found(case, (fact, evidence)).short_answer == "setelah pecahnya Uni Soviet"


@pytest.mark.parametrize(
    ("question", "told", "short"),
    [
        ("Kapan Putin bertemu para pemimpin?", "para pemimpin negara anggota", "17 Mei 2022"),
        ("Di mana Putin bertemu para pemimpin?", "17 Mei 2022", "Moskow"),
        ("Di mana Putin bertemu para pemimpin?", "para pemimpin", "para pemimpin"),
    ],
)
def test_where_the_bank_tells_no_such_thing_the_one_in_the_sentence_answers(
    question: str, told: str, short: str
) -> None:
    sentence = "Putin bertemu para pemimpin negara anggota pada 17 Mei 2022 di Moskow."
    case = Case(question, sentence)
    evidence = proof(case, sentence, told)
    fact = Fact("answered", ("Siapa yang ditemui Putin?",), evidence=(evidence,))
    assert found(case, (fact, evidence)).short_answer == short


def test_evidence_of_several_sentences_is_quoted_whole() -> None:
    case = Case("Kenapa Armenia keluar?", "Armenia keluar dari CSTO. Hujan turun deras. Putin pulang.")
    article = case.index.corpus.articles[0]
    spans = (words(case, "Armenia keluar dari CSTO."), words(case, "Hujan turun deras."))
    evidence = Evidence(article, spans, words(case, "Hujan turun deras"))
    fact = Fact("answered", ("Kenapa Armenia keluar?",), evidence=(evidence,))
    finding = found(case, (fact, evidence))
    assert shown(finding)[0] == "Armenia keluar dari CSTO. Hujan turun deras."
    assert finding.short_answer == "Hujan turun deras"


def test_evidence_for_why_is_quoted_with_the_reason_behind_it() -> None:
    case = Case("Kenapa Armenia keluar?", "Armenia keluar dari CSTO. Sebab, Armenia kecewa. Putin pulang.")
    evidence = proof(case, "Armenia keluar dari CSTO.", "keluar")
    fact = Fact("answered", ("Kenapa Armenia keluar?",), evidence=(evidence,))
    assert shown(found(case, (fact, evidence)))[0] == "Armenia keluar dari CSTO. Sebab, Armenia kecewa."


@pytest.mark.parametrize(("asked", "cited"), [(None, 2), (frozenset({"kabar"}), 1)])
def test_all_that_tell_the_fact_are_cited_where_no_outlet_is_asked(asked: frozenset[str] | None, cited: int) -> None:
    case = Case(QUESTION, "CSTO didirikan pada 1992.", "Tahun kelahirannya 1992.")
    proofs = (proof(case, "CSTO didirikan pada 1992.", "1992"), proof(case, "Tahun kelahirannya 1992.", "1992", 1))
    fact = Fact("answered", (QUESTION,), evidence=proofs)
    question = replace(case.question, articles=asked)
    finding = answered(question, case.ranked[:1], (fact, proofs[0]), 0.9, None, case.index)
    assert len({quote.article.id for quote in finding.quotes}) == cited


@pytest.mark.parametrize(
    ("asked", "article", "chosen", "short"),
    [
        ("Apakah vaksin itu berbahaya?", "Tidak ada bukti bahwa vaksin itu berbahaya.", "vaksin itu berbahaya", None),
        ("Apakah vaksin itu berbahaya?", "Vaksin itu tidak berbahaya.", "tidak berbahaya", "tidak berbahaya"),
        ("Apakah vaksin berbahaya?", "Semua vaksin itu tidak berbahaya.", "Semua vaksin itu", None),
        ("Apa langkah kota?", "Langkah kota itu:\n- menambah petugas", "Langkah kota itu", None),
        ("Siapa yang mengambil langkah?", "Kemarin langkah ini diambil Ibu Sari:\n- menambah petugas", "Sari", "Sari"),
    ],
)
def test_words_that_are_denied_or_announce_the_answer_are_none(
    asked: str, article: str, chosen: str, short: str | None
) -> None:
    case = Case(asked, article)
    best = replace(case.ranked[0], short=words(case, chosen))
    finding = answered(case.question, (best,), None, 0.9, None, case.index)
    assert finding.short_answer == short


def test_words_outside_the_first_quote_are_no_short_answer() -> None:
    case = Case("Kenapa Armenia keluar?", "Armenia keluar dari CSTO. Hujan turun deras.")
    best = replace(case.ranked[0], short=words(case, "Hujan turun deras"))
    finding = answered(case.question, [best], None, 0.9, None, case.index)
    assert finding.short is None
    assert shown(finding) == ["Armenia keluar dari CSTO."]


def test_the_short_answer_of_a_disagreement_is_the_claim_of_the_first_quote() -> None:
    case = Case(QUESTION, "CSTO didirikan pada 1992.", "Konon CSTO didirikan pada 2002.")
    first, second = case.index.corpus.articles[:2]
    one = Quote(first, Span(0, len(first.text)), (words(case, "1992"),))
    other = Quote(second, Span(0, len(second.text)), (words(case, "2002", 1),))
    finding = conflicting(case.question, (ConflictSide("1992", (one,)), ConflictSide("2002", (other,))), 0.8)
    assert (finding.status, finding.short_answer, finding.quotes) == ("conflicting", "1992", (one, other))


def test_a_disagreement_without_marked_words_has_no_short_answer() -> None:
    case = Case(QUESTION, "CSTO didirikan pada 1992.")
    article = case.index.corpus.articles[0]
    side = ConflictSide("lama", (Quote(article, Span(0, len(article.text)), ()),))
    assert conflicting(case.question, (side, side), 0.8).short is None


def test_a_side_names_each_outlet_once() -> None:
    case = Case(QUESTION, "CSTO didirikan pada 1992.", "CSTO lahir pada 1992.")
    quotes = tuple(Quote(article, Span(0, 4), ()) for article in case.index.corpus.articles)
    assert ConflictSide("1992", (*quotes, quotes[0])).outlets == ("Kabar", "Warta")


@pytest.mark.parametrize(
    ("asked", "short"),
    [
        ("Siapa saja tersangka kasus itu?", "Ani Lestari dan Budi Utama"),
        ("Berapa tersangka kasus itu?", "dua tersangka"),
    ],
)
def test_those_whom_the_next_sentence_names_are_the_list_and_quoted(asked: str, short: str) -> None:
    article = "Polisi menetapkan dua tersangka kasus itu. Mereka adalah Ani Lestari dan Budi Utama. Hujan turun."
    case = Case(asked, article)
    finding = answered(case.question, case.ranked[:1], None, 0.9, None, case.index)
    assert finding.short_answer == short
    assert finding.quotes[0].span.of(article).endswith("Budi Utama.")


def test_a_disagreement_of_the_texts_knows_what_the_bank_says(corpus: Corpus) -> None:
    finder = Finder(corpus, None, None)
    finder.compares_texts = True
    finding = finder.find(QUESTION)
    assert finding.status == "conflicting"
    assert finding.fact is None
    assert finding.opinion is not None  # whose questions are suggested
