"""A fault run: what can break is broken while questions come in, and no answer is wrong and no feedback is lost.

    python -m tests.proof.faults [NAME ...]

Each fault starts a service of its own on 127.0.0.1, and is over within a minute or two. One that this machine lacks
something for is left out: the last line says so, and the run fails, as what was not tried is not borne.
"""

from __future__ import annotations

import contextlib
import http.client
import importlib.util
import itertools
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tanya_csto.corpus.files import shipped
from tests.service.live import ROOT, Service, serving

QUESTIONS = [json.loads(line)["question"] for line in (ROOT / "tests/questions/dev.jsonl").open(encoding="utf-8")]
BROKEN = (OSError, http.client.HTTPException)  # how a connection ends whose process was killed
DAY, YEAR = 86_400, 366 * 86_400  # seconds
SAMPLE = QUESTIONS[::8]  # for the networks, which take their time
NETWORK_FILES = ("model.int8.onnx", "encoder.int8.onnx", "comparer.int8.onnx", "tokenizer.model")


class LeftOutError(Exception):
    """The fault cannot be made here, and why."""


def right_answers(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every answer from one process that nothing disturbs."""
    with serving(folder, log_level="error") as service:
        return {question: got(service, question) for question in QUESTIONS}


def got(service: Service, question: str) -> bytes:
    """Return the answer; asking again is for the caller, who may know why it broke."""
    status, body, _ = service.ask(question)
    assert status == 200, (status, body)
    return body


def got_again(service: Service, question: str) -> tuple[bytes, int]:
    """Return the answer, asked as often as the connection breaks, and how often it did."""
    for broken in range(200):
        try:
            return got(service, question), broken
        except BROKEN:
            time.sleep(0.05)
    raise AssertionError("the service does not come back")


@contextlib.contextmanager
def meanwhile(fault: Callable[[], None], pause: float) -> Iterator[list[int]]:
    """Run `fault` every `pause` seconds; the list holds one entry for each time."""
    stop, done = threading.Event(), []

    def again() -> None:
        while not stop.wait(pause):
            fault()
            done.append(1)

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield done
    finally:
        stop.set()
        thread.join()


def ask_all(service: Service, right: dict[str, bytes], times: int = 1, again: bool = False) -> str:
    """Ask everything from four threads, and check every byte."""

    def one(question: str) -> int:
        body, broken = got_again(service, question) if again else (got(service, question), 0)
        assert body == right[question], question
        return broken

    with ThreadPoolExecutor(4) as pool:
        broken = sum(pool.map(one, QUESTIONS * times))
    return f"{len(QUESTIONS) * times} answers right" + (
        f", {broken} connections broken and asked again" if again else ""
    )


def agree(folder: Path, right: dict[str, bytes]) -> str:
    """1, 2 and 4 workers give the same bytes."""
    for workers in ("1", "2", "4"):
        with serving(folder, workers=workers, log_level="error") as service:
            ask_all(service, right, times=2)
    return f"{len(QUESTIONS) * 6} answers of 1, 2 and 4 workers the same to the byte"


def killed_workers(folder: Path, right: dict[str, bytes]) -> str:
    """Workers are killed while they answer."""
    with serving(folder, workers="2", log_level="error") as service:

        def kill() -> None:
            if (workers := service.workers()) and len(workers) > 1:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311

        rounds = 0
        with meanwhile(kill, 1.0) as kills:
            while len(kills) < 12:
                ask_all(service, right, again=True)
                rounds += 1
        return f"{len(kills)} kills: {rounds * len(QUESTIONS)} answers right"


def hangups(folder: Path, right: dict[str, bytes]) -> str:
    """Hangups come as fast as they can; nobody asks again."""
    with serving(folder, workers="2", log_level="info") as service:
        with meanwhile(service.hang_up, 0.001) as storm:
            told = ask_all(service, right, times=2)
        return f"{len(storm)} hangups, {len(service.lines('reloaded'))} reloads: {told}"


def killed_feedback(folder: Path, right: dict[str, bytes]) -> str:  # noqa: ARG001
    """The whole service is killed while it keeps feedback: what it said it has, it has."""
    path, said, rounds = folder / "umpan-balik.sqlite3", [], 6
    for number in range(rounds):
        with serving(folder, workers="2", feedback=str(path), log_level="error") as service:
            workers, deadline = service.workers(), time.monotonic() + 1.0 + random.random()  # noqa: S311

            def give(thread: int, service: Service = service, number: int = number) -> None:
                for each in range(10_000):
                    comment = f"{number} {thread} {each}"
                    with contextlib.suppress(*BROKEN):
                        body = {"question": "Apa itu CSTO?", "verdict": "benar", "comment": comment}
                        if service.post("/umpan-balik", body)[0] != 201:
                            return
                        said.append(comment)
                        continue
                    return

            with ThreadPoolExecutor(4) as pool:
                done = pool.map(give, range(4))
                time.sleep(max(0.0, deadline - time.monotonic()))
                for process in (service.process.pid, *workers):
                    os.kill(process, signal.SIGKILL)
                list(done)
    with sqlite3.connect(path) as connection:
        kept = {comment for (comment,) in connection.execute("SELECT comment FROM feedback")}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert said
    assert not set(said) - kept
    return f"{rounds} kills: {len(said)} entries acknowledged, all of them kept"


def full_disk(folder: Path, right: dict[str, bytes]) -> str:
    """No file may grow any more: feedback is refused politely, questions are answered, and it recovers."""
    path, said = folder / "umpan-balik.sqlite3", []
    with serving(folder, feedback=str(path), log_level="error") as service:

        def give(comment: str) -> tuple[int, bytes]:
            body = {"question": "Apa itu CSTO?", "verdict": "salah", "comment": comment}
            status, reply, _ = service.post("/umpan-balik", body)
            if status == 201:
                said.append(comment)
            return status, reply

        assert give("awal")[0] == 201
        free = resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, (16_384, free[1]))
        refused = [give(f"penuh {number} " + "x" * 400) for number in range(80)]
        full = [json.loads(body)["code"] for status, body in refused if status != 201]
        assert full, "the disk never got full"
        assert set(full) == {"feedback-failed"}
        told = ask_all(service, right)
        resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, free)
        assert give("akhir")[0] == 201
    with sqlite3.connect(path) as connection:
        kept = {comment for (comment,) in connection.execute("SELECT comment FROM feedback")}
    assert not set(said) - kept
    return f"{len(full)} entries refused with 503, {len(said)} acknowledged and kept; {told}"


def clock_jump(folder: Path, right: dict[str, bytes]) -> str:
    """The clock of the machine jumps years back and forth; time that has passed goes on."""
    if shutil.which("cc") is None:
        raise LeftOutError("needs a C compiler (Debian package gcc)")
    clock, preloaded = folder / "jam", folder / "clock.so"
    build = ("cc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", preloaded, Path(__file__).with_name("clock.c"))
    subprocess.run(build, check=True)
    clock.write_bytes(bytes(8))
    jumps = itertools.cycle((-10 * YEAR, 10 * YEAR, -DAY, 400 * DAY, 0))

    def jump() -> None:
        with clock.open("r+b") as file:
            file.write(next(jumps).to_bytes(8, sys.byteorder, signed=True))

    with (
        in_environment({"LD_PRELOAD": str(preloaded), "CLOCK_SHIFT": str(clock)}),
        serving(folder, workers="2", rate="1000", burst="2000", log_level="info") as service,
    ):
        with meanwhile(jump, 0.05) as jumped:
            told = ask_all(service, right, times=2)
        years = {str(line["time"])[:4] for line in service.lines("request")}
    assert len(years) > 2, "the clock did not jump"
    return f"{len(jumped)} jumps over the years {min(years)} to {max(years)}: {told}"


@contextlib.contextmanager
def in_environment(more: dict[str, str]) -> Iterator[None]:
    """Let processes that start here have `more` in their environment."""
    before = dict(os.environ)
    os.environ.update(more)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def corrupt_corpus(folder: Path, right: dict[str, bytes]) -> str:
    """The index and the articles are broken in many ways, each followed by a hangup; nor does a start take them."""
    corpus, sound = folder / "korpus", shipped("corpus")
    shutil.copytree(sound, corpus)
    chance = random.Random(7)  # noqa: S311
    with serving(folder, corpus=str(corpus), workers="2", log_level="info") as service:
        names = sorted(file.name for file in corpus.iterdir() if file.suffix in (".toml", ".txt"))
        for number in range(12):
            file = corpus / names[number % len(names)]
            data = bytearray(file.read_bytes())
            match number % 4:
                case 0:
                    file.unlink()
                case 1:
                    file.write_bytes(b"")
                case 2:
                    data[chance.randrange(len(data))] = 0xFF
                    file.write_bytes(data)
                case 3:
                    file.write_bytes(b"\xff\xfe" + data)
            service.hang_up()
            service.wait_for("reload refused", number + 1)
            for question in chance.sample(QUESTIONS, 10):
                assert got(service, question) == right[question]
            if number == 0:
                with contextlib.suppress(AssertionError), serving(folder / "kedua", corpus=str(corpus)):
                    raise SystemExit("a service started from a broken corpus")
            shutil.copy(sound / file.name, file)
        service.hang_up()
        service.wait_for("reloaded", 2)
        told = ask_all(service, right)
    return f"12 broken corpora refused; {told}"


def corrupt_index(folder: Path, right: dict[str, bytes]) -> str:
    """A file of the stored index is broken before a start: it is made anew from the articles, and the log warns."""
    with in_environment({"XDG_CACHE_HOME": str(folder)}):
        subprocess.run([sys.executable, "-m", "tanya_csto", "index"], cwd=folder, check=True, capture_output=True)
        files = sorted((folder / "tanya-csto").glob("*.index/*"))
        assert len(files) >= len(HARMS)
        for file, harm in zip(files, itertools.cycle(HARMS), strict=False):
            sound = file.read_bytes()
            replace_file(file, harm(sound))
            with serving(folder, log_level="warning") as service:
                assert service.lines("index unusable"), f"{file.name} {harm.__name__} without a warning"
                for question in SAMPLE:
                    assert got(service, question) == right[question], question
            replace_file(file, sound)
    return f"{len(files)} starts with a broken index: {len(files) * len(SAMPLE)} answers right"


def corrupt_model(folder: Path, right: dict[str, bytes]) -> str:
    """The files of the networks are broken before a start: the light mode answers, and the log warns."""
    checkout = copied_checkout(folder)
    for name in NETWORK_FILES:
        file = network_file(checkout, name)
        sound = file.read_bytes()
        for harm in HARMS:
            replace_file(file, harm(sound))
            with serving(folder, root=checkout, mode="full", log_level="warning") as service:
                assert mode_of(service) == "light", f"{name} {harm.__name__} was taken for sound"
                assert service.lines("networks unavailable"), f"{name} {harm.__name__} without a warning"
                for question in SAMPLE:
                    assert got(service, question) == right[question], question
        replace_file(file, sound)
    starts = len(NETWORK_FILES) * len(HARMS)
    return f"{starts} starts with a broken file went to the light mode: {starts * len(SAMPLE)} answers right"


def corrupt_model_meanwhile(folder: Path, right: dict[str, bytes]) -> str:  # noqa: ARG001
    """The files of the networks break while the service runs: what is loaded answers on, also after a hangup."""
    checkout = copied_checkout(folder)
    with serving(folder, root=checkout, mode="full", cache="0", log_level="info") as service:
        assert mode_of(service) == "full", service.lines("networks unavailable")
        full = {question: got(service, question) for question in SAMPLE}
        for name, harm in zip(NETWORK_FILES, itertools.cycle((truncated, altered, removed)), strict=False):
            file = network_file(checkout, name)
            replace_file(file, harm(file.read_bytes()))
            assert {question: got(service, question) for question in SAMPLE} == full, name
        service.hang_up()
        service.wait_for("reloaded", seconds=120)
        assert {question: got(service, question) for question in SAMPLE} == full, "after the hangup"
    asked = (len(NETWORK_FILES) + 1) * len(SAMPLE)
    return f"{len(NETWORK_FILES)} files broken, then a hangup: {asked} answers of the full mode as before"


def copied_checkout(folder: Path) -> Path:
    """Return a copy of the code with its networks, which may be broken.

    Raises:
        LeftOutError: the packages that run the networks are not installed.
    """
    lacking = [name for name in ("onnxruntime", "sentencepiece") if importlib.util.find_spec(name) is None]
    if lacking:
        raise LeftOutError(f"needs {' and '.join(lacking)} (pip install -e '.[full]')")
    for name in ("src", "corpus", "web"):
        shutil.copytree(ROOT / name, folder / "checkout" / name)
    return folder / "checkout"


def network_file(checkout: Path, name: str) -> Path:
    """Return the file of a network in a checkout."""
    return checkout / "src" / "tanya_csto" / "models" / name


def replace_file(file: Path, content: bytes | None) -> None:
    """Write the file anew, as an update would; remove it where there is no content."""
    file.unlink(missing_ok=True)
    if content is not None:
        file.write_bytes(content)


def mode_of(service: Service) -> str:
    """Return by what the service says that it answers."""
    status, body, _ = service.get("/readyz")
    assert status == 200
    return str(json.loads(body)["mode"])


def removed(sound: bytes) -> None:
    """Leave no file."""


def emptied(sound: bytes) -> bytes:  # noqa: ARG001
    """Leave an empty file."""
    return b""


def truncated(sound: bytes) -> bytes:
    """Leave the first half."""
    return sound[: len(sound) // 2]


def beheaded(sound: bytes) -> bytes:
    """Turn every bit of the first 16 bytes."""
    return bytes(byte ^ 0xFF for byte in sound[:16]) + sound[16:]


def altered(sound: bytes) -> bytes:
    """Turn one bit in the middle, where a network keeps its weights."""
    middle = len(sound) // 2
    return sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :]


HARMS: tuple[Callable[[bytes], bytes | None], ...] = (removed, emptied, truncated, beheaded, altered)
FAULTS = (
    agree,
    killed_workers,
    hangups,
    killed_feedback,
    full_disk,
    clock_jump,
    corrupt_corpus,
    corrupt_index,
    corrupt_model_meanwhile,
    corrupt_model,
)


def main() -> int:
    """Run the faults that are named, else all; return 1 where one was not borne or not run."""
    left_out = []
    by_name = {fault.__name__: fault for fault in FAULTS}
    if unknown := [name for name in sys.argv[1:] if name not in by_name]:
        print(f"no such fault: {', '.join(unknown)} (there are {', '.join(by_name)})")
        return 1
    chosen = [by_name[name] for name in sys.argv[1:] or by_name]
    with tempfile.TemporaryDirectory() as name:
        right = right_answers(Path(name))
        print(f"{len(right)} answers known", flush=True)
        for fault in chosen:
            folder = Path(name) / fault.__name__
            (folder / "kedua").mkdir(parents=True)
            try:
                print(f"{fault.__name__}: {fault(folder, right)}", flush=True)
            except LeftOutError as reason:
                print(f"{fault.__name__}: LEFT OUT: {reason}", flush=True)
                left_out.append(fault.__name__)
            except AssertionError as error:
                print(f"{fault.__name__}: NOT BORNE: {error}")
                return 1
    print(f"{len(chosen) - len(left_out)} faults borne" + (f", LEFT OUT: {', '.join(left_out)}" if left_out else ""))
    return 1 if left_out else 0


if __name__ == "__main__":
    sys.exit(main())
