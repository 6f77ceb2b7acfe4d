import asyncio
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Thread, current_thread
from typing import Any

import pytest
from anyio import to_thread

from tanya_csto.answer.answer import Answer
from tanya_csto.engine import Tanya
from tanya_csto.errors import QuestionError
from tanya_csto.service.answers import AnswerCache, AnswerService, Asked
from tanya_csto.service.context import RequestContext
from tanya_csto.service.schema import AskReply
from tests.service.conftest import FakeTanya


def cache_of(tanya: FakeTanya, most: int) -> AnswerCache:
    return AnswerCache(tanya, most)  # type: ignore[arg-type]


def ask(answers: AnswerCache, question: str, history: Sequence[str] = (), **how: Any) -> tuple[Answer, bool]:
    return answers.ask(Asked(question, tuple(history), **how))


def test_a_repeated_question_is_answered_from_memory(tanya: FakeTanya) -> None:
    answers = cache_of(tanya, 10)
    first, second = ask(answers, "kapan", []), ask(answers, "kapan", [])
    assert (first[1], second[1]) == (False, True)
    assert first[0] is second[0]
    assert len(tanya.asked) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("kapan", []), ("Kapan", [])),
        (("kapan", []), ("kapan", ["kapan"])),
        (("kapan", ["a", "b"]), ("kapan", ["b", "a"])),
        (("kapan", ["a", "b"]), ("kapan", ['a", "b'])),
        (("kapan", ["ab"]), ("kapan", ["a", "b"])),
    ],
)
def test_another_question_is_another_one(
    tanya: FakeTanya, one: tuple[str, list[str]], other: tuple[str, list[str]]
) -> None:
    answers = cache_of(tanya, 10)
    ask(answers, *one)
    assert ask(answers, *other)[1] is False


def test_no_unreadable_question_poses_as_two_readable_ones(tanya: FakeTanya) -> None:
    answers = cache_of(tanya, 10)
    ask(answers, "kapan", ["apa"])
    for question in ("kapan\x00apa", "kapan\x1fapa", '["kapan", "apa"]\x00'):
        with pytest.raises(QuestionError):
            ask(answers, question, [])


def test_a_refused_question_is_not_kept(tanya: FakeTanya) -> None:
    answers = cache_of(tanya, 10)
    for _ in range(2):
        with pytest.raises(QuestionError):
            ask(answers, "", [])
    assert not answers._kept


def test_the_oldest_answers_go_first(tanya: FakeTanya) -> None:
    answers = cache_of(tanya, 2)
    for question in ("kapan", "beda", "kapan", "halo"):
        ask(answers, question, [])
    assert [ask(answers, question, [])[1] for question in ("kapan", "halo", "beda")] == [True, True, False]


def test_long_questions_take_no_more_room(tanya: FakeTanya) -> None:
    answers = cache_of(tanya, 50)
    for n in range(500):
        ask(answers, f"{n} " + "x" * 490, ["y" * 500] * 10)
    assert len(answers._kept) == 50
    assert sum(map(sys.getsizeof, answers._kept)) < 5000


def test_without_room_nothing_is_kept(tanya: FakeTanya) -> None:
    answers = cache_of(tanya, 0)
    assert [ask(answers, "kapan", [])[1] for _ in range(2)] == [False, False]


def test_only_what_is_worked_out_waits_for_a_thread(tanya: FakeTanya) -> None:
    service = AnswerService(cache_of(tanya, 10), RequestContext())

    async def ask_twice() -> tuple[AskReply, AskReply, AskReply]:
        first = await service.reply(Asked("kapan"))
        to_thread.current_default_thread_limiter().total_tokens = 1
        async with to_thread.current_default_thread_limiter():  # the only one is taken
            again = await asyncio.wait_for(service.reply(Asked("kapan")), 5)
            waiting = asyncio.ensure_future(service.reply(Asked("halo")))
            await asyncio.sleep(0)
            assert not waiting.done()
        return first, again, await waiting

    first, again, _ = asyncio.run(ask_twice())
    assert again is first


def test_a_refused_question_is_written_down_in_a_thread(tanya: FakeTanya) -> None:
    class Store:
        def add_refused(self, _: str) -> None:
            threads.append(current_thread())

    threads: list[Thread] = []
    service = AnswerService(cache_of(tanya, 10), RequestContext(), Store())  # type: ignore[arg-type]

    async def ask_again() -> Thread:
        await service.reply(Asked("tidak ada"))
        service.context.answer_status = None  # another request
        await service.reply(Asked("tidak ada"))
        return current_thread()

    loop = asyncio.run(ask_again())
    assert len(threads) == 2
    assert loop not in threads


def test_threads_get_the_same_answers(engine: Tanya) -> None:
    questions = ["Kapan CSTO didirikan?", "Apa itu CSTO?", "Siapa presiden Indonesia?", "Halo", "Apa tujuannya?"]
    expected = [engine.ask(question) for question in questions]
    answers = AnswerCache(engine, 3)
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda n: ask(answers, questions[n % 5], [])[0], range(200)))
    assert got == [expected[n % 5] for n in range(200)]


def test_the_version_is_of_the_letters() -> None:
    one, other = FakeTanya(), FakeTanya()
    assert cache_of(one, 1).version == cache_of(other, 1).version
    other.corpus = replace(one.corpus, articles=one.corpus.articles[:-1])
    assert cache_of(one, 1).version != cache_of(other, 1).version


def test_answers_from_other_articles_are_kept_apart() -> None:
    answers = cache_of(FakeTanya(), 8)
    narrowed = [None, frozenset({"suara"}), frozenset({"suara", "wahananews"}), frozenset(), None]
    assert [ask(answers, "kapan", within=within)[1] for within in narrowed] == [False, False, False, False, True]
