"""Claims: what sentences say, in a form in which "enam negara" and "6 negara" are the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tanya_csto.ranking.claims import COMPARED, Claim, find_claim, find_rivals, name_key
from tests.ranking.setting import Case


@pytest.mark.parametrize(
    ("one", "other"), [("Kyrgyzstan", "Kirgistan"), ("Belarusia", "Belarus"), ("Putin", "Vladimir Putin")]
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != name_key("Armenia")


def claim_of(question: str, sentence: str) -> Claim | None:
    case = Case(question, sentence)
    return find_claim(case.question, case.ranked[0])


@pytest.mark.parametrize(
    ("question", "sentence", "kind", "label"),
    [
        ("Kapan CSTO didirikan?", "CSTO didirikan pada 15 Mei 1992.", "date", "15 Mei 1992"),
        ("Berapa personel CSTO?", "Personel CSTO sekitar 3.600\u00a0orang.", "figure", "sekitar 3.600 orang"),
        ("Siapa presiden Rusia?", "Presiden Rusia Vladimir Putin tiba.", "name", "Vladimir Putin"),
        ("Di mana kantor CSTO?", "Kantor CSTO di Moskow.", "name", "Moskow"),
    ],
)
def test_a_claim_shows_the_words_of_the_article(question: str, sentence: str, kind: str, label: str) -> None:
    claim = claim_of(question, sentence)
    assert claim is not None
    assert (claim.kind, claim.label) == (kind, label)
    assert claim.span is not None
    assert " ".join(claim.span.of(sentence).split()) == label


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Georgia anggota CSTO.", "Ya"),
        ("Georgia bukan anggota CSTO.", "Tidak"),
        ("Georgia belum menjadi anggota CSTO.", "Tidak"),
        ("CSTO membantah Georgia anggota.", "Tidak"),
        ("Georgia dilarang menjadi anggota CSTO.", "Tidak"),
    ],
)
def test_a_sentence_affirms_or_denies(sentence: str, label: str) -> None:
    claim = claim_of("Apakah Georgia anggota CSTO?", sentence)
    assert claim is not None
    assert (claim.kind, claim.label, claim.span) == ("polarity", label, None)


def test_what_the_question_denies_too_is_no_denial() -> None:
    claim = claim_of("Apakah Georgia dilarang ikut CSTO?", "Georgia dilarang ikut CSTO.")
    assert claim is not None
    assert claim.label == "Ya"


@pytest.mark.parametrize(
    ("question", "contradicts"),
    [("Kapan CSTO dibentuk?", True), ("Tahun berapa CSTO dibentuk?", False), ("Hari apa CSTO dibentuk?", True)],
)
def test_of_a_date_only_the_part_that_is_asked_for_is_compared(question: str, contradicts: bool) -> None:
    one = claim_of(question, "CSTO dibentuk pada Selasa, 15 Mei 1992.")
    other = claim_of(question, "CSTO dibentuk pada Rabu, 20 Mei 1992.")
    assert one is not None
    assert other is not None
    assert one.contradicts(other) == contradicts


@pytest.mark.parametrize(
    ("best", "other", "rivals"),
    [
        ("CSTO punya 9 pangkalan.", "CSTO punya 4 pangkalan.", 1),
        ("CSTO punya 9 pangkalan, 4 pangkalan ditutup.", "CSTO punya 4 pangkalan.", 0),
        ("CSTO punya 9 pangkalan.", "CSTO punya 4 pangkalan dari 9 pangkalan.", 0),
        ("CSTO punya 9 pangkalan, kata 4 orang.", "CSTO punya 4 pangkalan.", 0),
    ],
)
def test_a_sentence_that_says_both_contradicts_neither(best: str, other: str, rivals: int) -> None:
    case = Case("Berapa pangkalan CSTO?", best, other)
    assert len(list(find_rivals(case.question, case.ranked))) == rivals


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Mengapa Armenia keluar?", "Armenia keluar karena kecewa pada 2024."),
        ("Siapa saja anggota CSTO?", "Anggota CSTO: Rusia, Armenia, dan Belarus."),
        ("Apa itu CSTO?", "CSTO adalah aliansi militer Rusia."),
        ("Kapan CSTO didirikan?", "CSTO didirikan di Tashkent."),
        ("Kapan CSTO didirikan?", "CSTO Didirikan 1992\nHujan turun di Moskow."),
    ],
)
def test_some_sentences_claim_nothing_that_can_be_compared(question: str, sentence: str) -> None:
    assert claim_of(question, sentence) is None


FOUNDED, STAFF, LEADER = "Kapan CSTO didirikan?", "Berapa personel CSTO?", "Siapa presiden Tajikistan?"
SESSION = "Pukul berapa CSTO bersidang?"


@pytest.mark.parametrize(
    ("question", "one", "other", "differ"),
    [
        (FOUNDED, "CSTO didirikan pada 1992.", "CSTO didirikan pada 2002.", True),
        (FOUNDED, "CSTO didirikan pada 1992.", "CSTO didirikan pada 15 Mei 1992.", False),
        (FOUNDED, "CSTO didirikan pada 15 Mei.", "CSTO didirikan pada 15 Mei 1992.", False),
        (FOUNDED, "CSTO didirikan pada 15 Mei 1992.", "CSTO didirikan pada 15 Juni 1992.", True),
        (FOUNDED, "CSTO didirikan pada 15 Mei 1992.", "CSTO didirikan pada Jumat (15/5/1992).", False),
        (FOUNDED, "CSTO didirikan pada 12 dan 13 Mei 1992.", "CSTO didirikan pada 12 Mei 1992.", False),
        (FOUNDED, "CSTO didirikan pada 1992.", "CSTO didirikan antara tahun 1992 dan 2002.", False),
        (SESSION, "CSTO bersidang pukul 09.00 WIB.", "CSTO bersidang pukul 9 pagi.", False),
        (SESSION, "CSTO bersidang pukul 09.00 WIB.", "CSTO bersidang pukul 09.30.", True),
        (STAFF, "Personel CSTO enam orang.", "Personel CSTO 6 orang.", False),
        (STAFF, "Personel CSTO 3.600 orang.", "Personel CSTO 25 ribu orang.", True),
        (LEADER, "Presiden Tajikistan Emomali Rahmon tiba.", "Presiden Tajikistan Rahmon tiba.", False),
        (LEADER, "Presiden Tajikistan Emomali Rahmon tiba.", "Presiden Tajikistan Zhu Yong tiba.", True),
        (LEADER, "Presiden Tajikistan Emomali Rahmon tiba.", "Presiden Tajikistan Emomali Rahmanov tiba.", True),
        (LEADER, "Presiden Tajikistan Emomali Rahmon tiba.", "Presiden Tajikistan Emomali tiba.", False),
    ],
)
def test_what_is_stated_differently_contradicts(question: str, one: str, other: str, differ: bool) -> None:
    left, right = claim_of(question, one), claim_of(question, other)
    assert left is not None
    assert right is not None
    assert left.contradicts(right) is right.contradicts(left) is differ


def test_claims_of_two_kinds_do_not_contradict() -> None:
    date, figure = claim_of(FOUNDED, "CSTO didirikan pada 1992."), claim_of(STAFF, "Personel CSTO 3.600 orang.")
    assert date is not None
    assert figure is not None
    assert not date.contradicts(figure)


# Rivals


def rivals(question: str, *articles: str) -> list[str]:
    case = Case(question, *articles)
    return [rival.claim.label for rival in find_rivals(case.question, case.ranked)]


@pytest.mark.parametrize(
    "other", ["35 persen personel CSTO", "Rp35 miliar untuk personel CSTO", "Personel CSTO 35 jam"]
)
def test_figures_in_other_units_are_no_rivals(other: str) -> None:
    found = rivals(STAFF, "Personel CSTO 25 ribu tentara.", f"{other} dipotong.", "Personel CSTO 3.600 orang.")
    assert found in (["25 ribu tentara"], ["3.600 orang"])


def test_the_claims_of_other_articles_are_rivals_whether_they_agree_or_not() -> None:
    articles = "CSTO didirikan pada 1992.", "CSTO didirikan pada 2002.", "CSTO didirikan pada 1992 itu."
    assert sorted(rivals(FOUNDED, *articles)) == ["1992", "2002"]


@pytest.mark.parametrize(
    "articles",
    [
        ("CSTO didirikan pada 1992. CSTO didirikan pada 2002.",),
        ("CSTO didirikan pada 1992.", "CSTO didirikan di Tashkent."),
        ("CSTO didirikan pada 1992.", "NATO didirikan pada 1949."),
        ("CSTO didirikan di Tashkent.", "CSTO didirikan."),
    ],
)
def test_the_same_article_another_name_and_no_claim_are_no_rivals(articles: tuple[str, ...]) -> None:
    assert rivals(FOUNDED, *articles) == []


def test_only_the_best_candidates_are_compared() -> None:
    case = Case(FOUNDED, "CSTO didirikan pada 1992.", "CSTO didirikan pada 2002.")
    best, other = case.ranked
    assert [rival.candidate for rival in find_rivals(case.question, [best] * (COMPARED - 1) + [other])] == [other]
    assert list(find_rivals(case.question, [best] * COMPARED + [other])) == []


@pytest.mark.parametrize(
    ("question", "other", "counted", "asked"),
    [
        ("Berapa orang personel CSTO?", "Konon personel CSTO 25 ribu orang.", 1, 1),
        (STAFF, "Konon personel CSTO 25 ribu orang.", 1, 0),
        ("Berapa orang personel CSTO?", "Konon personel CSTO 25 ribu tentara.", 0, 0),
    ],
)
def test_figures_may_count_the_same(question: str, other: str, counted: float, asked: float) -> None:
    case = Case(question, "Personel CSTO 3.600 orang.", other)
    (rival,) = find_rivals(case.question, case.ranked)
    assert (rival.features["counted"], rival.features["asked"]) == (counted, asked)


@pytest.mark.parametrize(
    ("question", "articles", "figure", "polarity"),
    [
        (FOUNDED, ("CSTO didirikan pada 1992.", "Konon CSTO didirikan pada tahun 2002."), 1, 0),
        (STAFF, ("Personel CSTO 3.600 orang.", "Konon personel CSTO 25 ribu orang."), 1, 0),
        (LEADER, ("Presiden Tajikistan Zhu Yong tiba.", "Hari ini Presiden Tajikistan Emomali Rahmon tiba."), 0, 0),
        ("Apakah Georgia anggota CSTO?", ("Georgia anggota CSTO.", "Konon Georgia bukan anggota CSTO."), 0, 1),
    ],
)
def test_a_rival_is_described_by_scores_and_kind(
    question: str, articles: tuple[str, ...], figure: float, polarity: float
) -> None:
    case = Case(question, *articles)
    best, other = case.ranked
    (rival,) = find_rivals(case.question, case.ranked)
    features = rival.features
    assert (features["bias"], features["figure"], features["polarity"]) == (1, figure, polarity)
    assert features["rival"] == other.score < best.score
    assert features["gap"] == pytest.approx(best.score - other.score)
    assert features["context"] == min(best.features["context"], other.features["context"])
    assert "reading" not in features


@pytest.mark.parametrize(
    ("other", "share"),
    [("CSTO didirikan pada 2002.", 3 / 4), ("Konon CSTO didirikan oleh Rusia pada 2002.", 3 / 4)],
)
def test_a_rival_shares_words_with_the_best_one(other: str, share: float) -> None:
    case = Case(FOUNDED, "CSTO didirikan pada 1992.", other)
    (rival,) = find_rivals(case.question, case.ranked)
    assert rival.features["shared"] == share


@pytest.mark.parametrize(
    ("one", "other", "signs"),
    [
        ("Pada 5 Juli 2025 personel CSTO 41 orang.", "Per 5 Juli, personel CSTO 96 orang.", [1]),
        ("Pada 5 Juli 2025 personel CSTO 41 orang.", "Per 28 Juni, personel CSTO 96 orang.", []),
        ("Personel CSTO 41 orang.", "Per 28 Juni, personel CSTO 96 orang.", []),
        ("Personel CSTO 41 orang.", "Personel CSTO 96 orang.", [0]),
    ],
)
def test_a_rival_does_not_speak_of_another_date_than_the_question(one: str, other: str, signs: list[float]) -> None:
    for question in ("Berapa personel CSTO per 5 Juli 2025?", "per 5 juli 2025 berapa personel csto"):
        case = Case(question, one, other)
        assert [rival.features["asked_date"] for rival in find_rivals(case.question, case.ranked)] == signs


@pytest.mark.parametrize(
    ("question", "one", "other", "sign"),
    [
        (STAFF, "Pada Rabu personel CSTO 41 orang.", "Pada Kamis personel CSTO 96 orang.", -1),
        (STAFF, "Pada Rabu personel CSTO 41 orang.", "Pada Rabu (5/7), personel CSTO 96 orang.", 1),
        (STAFF, "Pada 2024 personel CSTO 41 orang.", "Personel CSTO 96 orang.", 0),
        (FOUNDED, "CSTO didirikan pada 1992.", "CSTO didirikan pada 2002.", 0),
        (FOUNDED, "Kata Putin, Kamis, CSTO didirikan pada 1992.", "Kata Putin, Senin, CSTO didirikan pada 2002.", -1),
    ],
)
def test_a_rival_may_speak_of_another_date_than_the_best_one(question: str, one: str, other: str, sign: float) -> None:
    case = Case(question, one, other)
    (rival,) = find_rivals(case.question, case.ranked)
    assert rival.features["same_date"] == sign


@pytest.mark.parametrize(("other", "lower"), [({"reading": 0.2}, 0.2), ({"reading": 0.9}, 0.5), ({}, -1.0)])
def test_the_worse_reading_of_both_counts_where_they_were_read(other: dict[str, float], lower: float) -> None:
    case = Case(FOUNDED, "CSTO didirikan pada 1992.", "CSTO didirikan pada 2002.")
    best, second = case.ranked
    read = (
        replace(best, features={**best.features, "reading": 0.5}),
        replace(second, features={**second.features, **other}),
    )
    (rival,) = find_rivals(case.question, read)
    assert rival.features["reading"] == lower


class Comparing:
    """Knows of two sentences whether both answer, and remembers which it compared."""

    def __init__(self) -> None:
        self.compared: list[tuple[str, str, str]] = []

    def same_matter(self, question: str, one: str, other: str) -> float:
        self.compared.append((question, one, other))
        return 2.5


def test_the_encoder_is_asked_of_claims_that_contradict_the_best_one_alone() -> None:
    articles = "CSTO didirikan pada 1992.", "CSTO didirikan pada 2002.", "CSTO didirikan pada 1992 itu."
    case, encoder = Case(FOUNDED, *articles), Comparing()
    rivals = find_rivals(case.question, case.ranked, encoder)  # type: ignore[arg-type]
    found = {rival.claim.label: rival.features for rival in rivals}
    assert found["2002"]["matter"] == 2.5
    assert "matter" not in found["1992"]
    best = case.ranked[0].retrieved.indexed.sentence.text
    assert encoder.compared == [(case.question.text, best, "CSTO didirikan pada 2002.")]


def test_a_weekday_is_asked_about_however_it_is_spelt() -> None:
    case = Case("Berapa personel CSTO pada Jum'at?", "Pada Jumat personel CSTO 41.", "Pada Jumat personel CSTO 96.")
    (rival,) = find_rivals(case.question, case.ranked)
    assert rival.features["asked_date"] == 1
