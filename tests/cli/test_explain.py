"""`tanya-csto ask --explain` tells what the answer came from, and what decided."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tanya_csto import Tanya, cli
from tanya_csto.corpus.articles import Article, Corpus

BRIDGE = Tanya(
    Corpus(
        (
            Article("satu", "Kabar", "Jembatan Ampera diresmikan pada 10 November 1965 di Palembang."),
            Article("dua", "Warta", "Jembatan Ampera diresmikan pada 30 September 1965 oleh Ahmad Yani."),
            Article("tiga", "Suara", "Jembatan Ampera diresmikan pada 10 November 1965."),
            Article("empat", "Harian", "Jembatan Suramadu diresmikan pada 10 Juni 2009."),
        )
    )
)


@pytest.fixture(autouse=True)
def _engine(monkeypatch: pytest.MonkeyPatch, tanya: Tanya) -> None:
    monkeypatch.setattr("tanya_csto.cli.ask.engine_of", lambda _options: tanya)


def explained(question: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert cli.main(["ask", "--explain", question]) == 0
    return capsys.readouterr().out.partition("\n\nPertanyaan: ")[2]


def percent(pattern: str, shown: str) -> float:
    found = re.search(pattern + r" ([\d,]+) %", shown, re.MULTILINE)
    assert found
    return float(found[1].replace(",", "."))


def test_each_step_to_an_answer_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    shown = explained("siapa sekjen csto?", capsys)
    steps = ("Jenis jawaban: person", "Konsep: ", "Bank pertanyaan: ", "Kandidat", "\n1. ", "Keputusan: ")
    places = [shown.index(step) for step in steps]
    assert places == sorted(places)
    assert "Siapa Sekretaris Jenderal CSTO?" in shown
    assert "Imangali Tasmagambetov" in shown.partition("\n1. ")[2].partition("\n2. ")[0]
    assert percent("menjawab", shown) >= percent("dijawab mulai", shown)


def test_it_is_told_whether_the_bank_holds_the_very_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert "kata demi kata" in explained("Siapa Sekretaris Jenderal CSTO?", capsys)
    assert "kata demi kata" not in explained("Siapa sebenarnya sekretaris jenderal dari CSTO itu?", capsys)


def test_a_refusal_is_told_by_what_speaks_against_it(capsys: pytest.CaptureFixture[str]) -> None:
    shown = explained("Siapa presiden Indonesia?", capsys)
    assert percent("menjawab", shown) < percent("dijawab mulai", shown)
    assert percent("tidak terjawab", shown) > 50


def test_the_weighted_features_add_up_to_the_score(capsys: pytest.CaptureFixture[str]) -> None:
    best = explained("Di mana kantor pusat CSTO?", capsys).partition("\n1. ")[2].partition("\n\n")[0]
    parts = [float(part) for part in re.findall(r"= (-?[\d.]+)", best)]
    assert len(parts) > 3
    assert sum(parts) == pytest.approx(float(best.split()[0]), abs=0.05)


def test_small_talk_has_no_candidates(capsys: pytest.CaptureFixture[str]) -> None:
    shown = explained("kamu siapa sih?", capsys)
    assert percent("basa-basi", shown) > 50
    assert "Kandidat" not in shown


def test_each_quote_beside_the_first_says_what_put_it_there(capsys: pytest.CaptureFixture[str], tanya: Tanya) -> None:
    beside = explained("Apa itu CSTO?", capsys).partition("Kutipan di samping yang pertama\n")[2]
    numbers = re.findall(r"^\[(\d)\] .+: menurut bank menyebut fakta yang sama \(Apa .+\?\)$", beside, re.MULTILINE)
    assert numbers == [str(each.n) for each in tanya.ask("Apa itu CSTO?").citations[1:]]
    assert "Kutipan di samping" not in explained("Di mana kantor pusat CSTO?", capsys)


def test_a_quote_of_a_score_that_is_near_says_how_near(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tanya: Tanya
) -> None:
    unbanked = Tanya(replace(tanya.corpus, bank=None))
    monkeypatch.setattr("tanya_csto.cli.ask.engine_of", lambda _options: unbanked)
    shown = explained("Siapa Sekretaris Jenderal CSTO?", capsys)
    scores = [float(score) for score in re.findall(r"^\d\. (-?[\d.]+) ", shown, re.MULTILINE)]
    found = re.search(r"\[2\] Suara\.com: nilainya ([\d.]+) di bawah kandidat 1, paling jauh 2\.00\n", shown)
    assert found
    assert float(found[1]) == pytest.approx(scores[0] - scores[1], abs=0.02)


def test_where_the_bank_tells_of_disagreements_its_probability_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    shown = explained("Kapan CSTO didirikan?", capsys)
    assert percent("diperselisihkan", shown) >= percent("ditampilkan mulai", shown)
    assert percent("diperselisihkan", explained("Di mana kantor pusat CSTO?", capsys)) < 1


def test_each_claim_beside_the_best_one_says_whether_it_is_a_disagreement(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tanya_csto.cli.ask.engine_of", lambda _options: BRIDGE)
    shown = explained("Kapan Jembatan Ampera diresmikan?", capsys)
    assert "klaim kandidat terbaik 10 November 1965 (Suara)" in shown
    least = percent("hal yang sama mulai", shown)
    assert percent(r"^tidak berbeda: 10 November 1965 \(Kabar\), peluang hal yang sama", shown) >= least
    assert percent(r"^berbeda: 30 September 1965 \(Warta\), peluang hal yang sama", shown) >= least
    assert percent(r"^berbeda: 10 Juni 2009 \(Harian\), peluang hal yang sama", shown) < least
    assert "tidak ada yang dibandingkan" in explained("Mengapa Jembatan Ampera diresmikan?", capsys)
    assert cli.main(["ask", "--explain", "--outlet", "Warta", "Kapan Jembatan Ampera diresmikan?"]) == 0
    assert "tidak ada klaim sejenis" in capsys.readouterr().out


def test_only_the_articles_that_are_searched_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "--explain", "--outlet", "Bangka Pos", "Di mana kantor pusat CSTO?"]) == 0
    candidates = capsys.readouterr().out.partition("Kandidat")[2]
    assert set(re.findall(r"^\d\. -?[\d.]+  ([^:]+):", candidates, re.MULTILINE)) == {"Bangka Pos"}


def test_a_reply_of_the_api_is_not_followed_by_an_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["ask", "--json", "--explain", "Apa itu CSTO?"])
    assert "tanya-csto ask --help" in capsys.readouterr().err
