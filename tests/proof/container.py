"""The container image: built, measured, and asked as a container engine runs it, but without one.

    python -m tests.proof.container [light] [full]

As root on Debian with buildah and mmdebstrap, and a network for what a build installs. The base is a Debian like the
slim one of the image registries. The service then runs as the image's user, on a root that is read-only but for /tmp,
and the first questions of the corpus and hostile ones are put to it.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tanya_csto.corpus.articles import load_corpus
from tests.proof.hostile import HTML, PATHS, SQL, TEMPLATES

ROOT = Path(__file__).parents[2]
BASE = "localhost/tanya-csto-base"
MAX_MEGABYTES = {"light": 250, "full": 430}
SLIM = [f"--dpkgopt=path-exclude=/usr/share/{name}/*" for name in ("doc", "locale", "man")]
CERTIFICATES = "/usr/local/share/ca-certificates"  # those that this machine trusts besides Debian's


def run(*command: str) -> str:
    """Run a command to its end and return what it prints."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return done.stdout.strip()


def make_base() -> None:
    """Make the Debian that the image is built on, once."""
    known = subprocess.run(["buildah", "inspect", "--type", "image", BASE], capture_output=True, check=False)
    if known.returncode == 0:
        return
    with tempfile.TemporaryDirectory() as name:
        run("mmdebstrap", "--mode=root", "--variant=minbase", *SLIM, "trixie", f"{name}/base.tar")
        (Path(name) / "Containerfile").write_text("FROM scratch\nADD base.tar /\n")
        run("buildah", "build", "--isolation=chroot", "--tag", BASE, name)


def build(target: str) -> str:
    """Build one target of the Containerfile and return the name of its image."""
    image = f"localhost/tanya-csto-{target}"
    options = ["--isolation=chroot", "--layers", "--format=docker", f"--volume={CERTIFICATES}:{CERTIFICATES}:ro"]
    run("buildah", "build", *options, f"--build-arg=BASE={BASE}", "--target", target, "--tag", image, ".")
    return image


@contextmanager
def mounted(image: str) -> Iterator[Path]:
    """Give the files of an image."""
    container = run("buildah", "from", image)
    try:
        yield Path(run("buildah", "mount", container))
    finally:
        run("buildah", "rm", container)


def command_in(root: Path, config: dict[str, Any], *command: str) -> list[str]:
    """Return the command that runs `command` in the image as an engine does with --read-only."""
    mounts = [
        f"mount --bind {root} {root}",
        f"mount -o remount,ro,bind {root}",
        f"mount -t tmpfs tmpfs {root}/tmp",  # noqa: S108 - inside the image
        f"mount --rbind /dev {root}/dev",
        f"mount -t proc proc {root}/proc",
        f'exec chroot --userspec={config["User"]} {root} env -i "$@"',
    ]
    return ["unshare", "--mount", "sh", "-c", " && ".join(mounts), "sh", *config["Env"], *command]


def ask(address: str, mode: str) -> None:
    """Put questions to the service, and check what it promises of every reply."""

    def get(path: str) -> str:
        with urllib.request.urlopen(address + path, timeout=30) as reply:
            return str(reply.read(), "utf-8")

    assert json.loads(get("/readyz"))["mode"] == mode
    questions = load_corpus().suggestions[:10]
    for question in (*questions, *HTML, *TEMPLATES, *SQL, *PATHS):
        query = urlencode({"q": question})
        reply = json.loads(get(f"/ask?{query}"))
        for cited in reply["citations"]:
            text = json.loads(get(f"/articles/{cited['article_id']}"))["text"]
            assert text[cited["start"] : cited["end"]] == cited["quote"]
        assert reply["citations"] or question not in questions, f"no answer to {question}"
        assert question not in HTML or question not in get(f"/?{query}"), f"unescaped: {question}"


def prove(target: str) -> None:
    """Build a target, measure it, run it and ask it; an AssertionError says what does not hold."""
    image = build(target)
    config = json.loads(run("buildah", "inspect", "--type", "image", image))["Docker"]["config"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", config["User"]), f"runs as {config['User']}"
    with mounted(image) as root:
        size = int(run("du", "--summarize", "--block-size=M", str(root)).partition("M")[0])
        print(f"{target}: {size} MB", flush=True)
        assert size <= MAX_MEGABYTES[target], f"larger than {MAX_MEGABYTES[target]} MB"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config["Env"] += [f"TANYA_PORT={port}", "TANYA_RATE=0"]
        command = command_in(root, config, *config["Entrypoint"], *config["Cmd"])
        kind, *check = config["Healthcheck"]["Test"]
        assert kind == "CMD"

        def is_healthy() -> bool:
            told = subprocess.run(command_in(root, config, *check), stderr=subprocess.DEVNULL, check=False)
            return told.returncode == 0

        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as service:
            try:
                assert service.stdout
                assert "berjalan di" in service.stdout.readline()
                ask(f"http://127.0.0.1:{port}", target)
                assert is_healthy(), "not healthy"
            finally:
                service.terminate()
            assert service.wait(timeout=30) == 0
        assert not is_healthy(), "healthy without a service"
    print(f"{target}: answers, and ends when told to", flush=True)


def main() -> int:
    """Prove the targets that are named, else both; return 1 where something does not hold."""
    make_base()
    for target in sys.argv[1:] or MAX_MEGABYTES:
        try:
            prove(target)
        except AssertionError as error:
            print(f"{target}: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
