"""Stages: what an answer goes through, told to those who watch and to nobody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tanya_csto.engine import Tanya
from tanya_csto.stages import stage, watched
from tests.conftest import corpus_of


def test_an_answer_goes_through_every_stage_in_order(tanya: Tanya) -> None:
    with watched() as seconds:
        tanya.ask("Kapan persisnya CSTO itu mulai didirikan orang?")
    assert list(seconds) == ["understand", "search", "choose"]
    assert all(0 < each < 10 for each in seconds.values())


def test_what_was_just_answered_is_only_understood(tanya: Tanya) -> None:
    tanya.ask("Di mana letak kantor pusat CSTO itu?")
    with watched() as seconds:
        tanya.ask("Di mana letak kantor pusat CSTO itu?")
    assert list(seconds) == ["understand"]


def test_a_message_in_english_is_only_understood(tanya: Tanya) -> None:
    with watched() as seconds:
        tanya.ask("Who is the leader of the alliance?")
    assert list(seconds) == ["understand"]


def test_small_talk_is_told_by_the_bank_which_is_searched(tanya: Tanya) -> None:
    with watched() as seconds:
        assert tanya.ask("selamat sore semuanya").status == "smalltalk"
    assert list(seconds) == ["understand", "search", "choose"]


def test_small_talk_without_a_bank_is_only_understood() -> None:
    with watched() as seconds:
        assert Tanya(corpus_of("CSTO adalah aliansi.")).ask("Halo").status == "smalltalk"
    assert list(seconds) == ["understand"]


def test_a_stage_gone_through_twice_takes_both_times(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([10.0, 13.0, 20.0, 24.0])
    monkeypatch.setattr("tanya_csto.stages.perf_counter", lambda: next(clock))
    with watched() as seconds:
        for _ in range(2):
            with stage("search"):
                pass
    assert seconds == {"search": 7.0}


def test_a_stage_that_fails_has_taken_its_time() -> None:
    with watched() as seconds, pytest.raises(ZeroDivisionError), stage("choose"):
        1 / 0  # noqa: B018
    assert list(seconds) == ["choose"]


def test_threads_do_not_see_the_stages_of_one_another() -> None:
    together = Barrier(2)

    def watch(name: str) -> list[str]:
        with watched() as seconds:
            together.wait(5)
            with stage(name):  # type: ignore[arg-type]
                together.wait(5)
        return list(seconds)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(watch, ("search", "choose"))) == [["search"], ["choose"]]


def test_nobody_needs_to_watch() -> None:
    with watched() as seconds:
        pass
    with stage("search"):
        pass
    assert seconds == {}
