"""`tanya-csto questions` and what `index` and `ask` do with the bank, as a person at the terminal sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tanya_csto import cli
from tests.bank.making.model_server import MODEL, Call, Request, diligent, serving

Run = Callable[..., tuple[int, str, str]]

GAYO = "Kopi gayo ditanam di Aceh. Panennya dua kali setahun."
TORAJA = "Kopi toraja ditanam di Sulawesi."


@pytest.fixture(autouse=True)
def _cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a corpus of two articles."""
    folder = tmp_path / "kopi"
    folder.mkdir()
    names = {"gayo": GAYO, "toraja": TORAJA}
    (folder / "index.toml").write_text(
        "".join(f'[[article]]\nid = "{name}"\nfile = "{name}.txt"\noutlet = "Kabar {name}"\n' for name in names)
    )
    for name, text in names.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on the corpus and gives its exit code and what it printed."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.main([*arguments, "--corpus", str(folder)])
        return code, *capsys.readouterr()

    return run


def fill_in(folder: Path, questions: dict[str, list[str]]) -> None:
    """Fill in the questions of each sentence, as a person does in an editor."""
    for path in (folder / "questions").glob("*.jsonl"):
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        for line in lines:
            line["questions"] = questions.get(line["evidence"][0]["quotes"][0], [])
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))


WRITTEN = {
    "Kopi gayo ditanam di Aceh.": ["Di mana kopi gayo ditanam?", "asal kopi gayo"],
    "Panennya dua kali setahun.": ["Berapa kali kopi gayo dipanen?", "musim metik berapa kali sih?"],
    TORAJA: ["Di mana kopi toraja ditanam?", "asal kopi toraja"],
}


@pytest.mark.slow
def test_from_articles_to_answers_by_hand(folder: Path, run: Run) -> None:
    code, out, err = run("questions", "check")
    assert (code, out) == (2, "")
    assert f"tanya-csto questions new --corpus {folder}" in err
    code, out, _ = run("questions", "new")
    assert code == 0
    assert out.startswith("3 kalimat menunggu pertanyaan")
    assert run("ask", "asal kopi toraja")[2] == ""
    fill_in(folder, WRITTEN)
    code, out, _ = run("questions", "check")
    assert code == 0
    assert "Pertanyaan: 6 (terjawab 6, berselisih 0, tidak terjawab 0, basa-basi 0)" in out
    assert "Kalimat dengan pertanyaan: 3 dari 3" in out
    assert f"belum dilatih. Jalankan tanya-csto index --corpus {folder}." in out
    code, out, err = run("ask", "musim metik berapa kali")
    assert code == 0
    assert f"bank ini tidak dipakai. Jalankan tanya-csto index --corpus {folder}." in err
    assert f"Bank pertanyaan terlatih: {folder}" in run("index")[1]
    assert "Bank pertanyaan terlatih" not in run("index")[1]
    assert "belum dilatih" not in run("questions", "check")[1]
    code, out, err = run("ask", "musim metik berapa kali sih")
    assert (code, err) == (0, "")
    assert "Panennya dua kali setahun." in out


@pytest.mark.slow
def test_articles_that_change_later_are_told_with_what_to_run(folder: Path, run: Run) -> None:
    run("questions", "new")
    fill_in(folder, WRITTEN)
    run("index")
    with (folder / "index.toml").open("a") as file:
        file.write('[[article]]\nid = "ijen"\nfile = "ijen.txt"\noutlet = "Warta"\n')
    (folder / "ijen.txt").write_text("Kopi ijen ditanam di Jawa.")
    advice = f"Jalankan tanya-csto questions new --corpus {folder}, lalu tanya-csto index --corpus {folder}."
    for command in (["ask", "asal kopi gayo"], ["index"]):
        code, _, err = run(*command)
        assert (code, err.count(advice)) == (0, 1)
    code, out, _ = run("questions", "check")
    assert (code, out.count(advice)) == (1, 1)
    assert run("questions", "new")[1].startswith("1 kalimat menunggu")
    assert run("index")[2] == ""
    assert run("ask", "asal kopi gayo")[2] == ""


def test_every_fault_is_told_with_its_file_and_line(folder: Path, run: Run) -> None:
    run("questions", "new")
    fill_in(folder, WRITTEN)
    with (folder / "questions" / "toraja.jsonl").open("a") as file:
        file.write('{"kind": "answered"}\n')
        file.write('{"kind": "unanswerable", "questions": ["asal kopi gayo"]}\n')
    code, out, _ = run("questions", "check")
    assert code == 1
    assert "toraja.jsonl, baris 2: questions tidak ada." in out
    assert 'toraja.jsonl, baris 3: pertanyaan "asal kopi gayo" sudah ada di' in out
    assert out.endswith("Yang perlu diperbaiki: 2\n")
    code, _, err = run("questions", "new")
    assert code == 2
    assert f"tanya-csto questions check --corpus {folder}" in err


@pytest.mark.slow
def test_a_model_writes_what_the_corpus_then_knows(folder: Path, run: Run) -> None:
    with serving(diligent) as server:
        model = ("questions", "write", "--endpoint", server.url, "--model", MODEL)
        code, out, err = run(*model)
        assert (code, err) == (0, "")
        assert out.startswith("2 bagian belum punya pertanyaan.\nPerkiraan: ")
        assert "9 pertanyaan tersimpan dari 2 bagian." in out
        assert "Token: 200 dibaca, 80 ditulis" in out
        assert out.endswith(f"tanya-csto index --corpus {folder}.\n")
        assert run(*model)[1] == "Semua bagian sudah punya pertanyaan.\n"
    assert f"Penulis: {MODEL} 9" in run("questions", "check")[1]
    run("index")
    code, out, err = run("ask", "Apakah benar kopi toraja ditanam di Sulawesi")
    assert (code, err) == (0, "")
    assert TORAJA in out


def test_a_server_that_fails_tells_what_is_saved_and_how_to_go_on(run: Run) -> None:
    calls = iter([diligent])

    def script(request: Request, call: Call) -> None:
        if good := next(calls, None):
            good(request, call)
        else:
            call.send({"error": "invalid key"}, 401)

    with serving(script) as server:
        code, out, err = run("questions", "write", "--endpoint", server.url, "--model", MODEL)
    assert code == 2
    assert "dari 1 bagian.\n" in out
    assert "1 bagian belum selesai. Jalankan perintah yang sama untuk melanjutkan." in out
    assert err == f"Server di {server.url} menolak kunci API. Setel kunci yang benar di variabel TANYA_API_KEY.\n"


def test_the_key_of_the_environment_is_sent(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANYA_API_KEY", "rahasia")
    with serving(diligent) as server:
        _, out, err = run("questions", "write", "--endpoint", server.url, "--model", MODEL)
    assert {request.headers["Authorization"] for request in server.requests} == {"Bearer rahasia"}
    assert "rahasia" not in out + err


def test_what_was_thrown_away_is_told(run: Run) -> None:
    from tests.bank.making.model_server import fact, reply

    def script(request: Request, call: Call) -> None:
        good = [fact(quote, baku=[f"Apakah {quote}?"]) for quote in request.passage]
        call.complete(reply([*good, fact("Karangan belaka.", baku=["Apa?"])]))

    with serving(script) as server:
        _, out, _ = run("questions", "write", "--endpoint", server.url, "--model", MODEL)
    assert "Dibuang: kutipan tidak persis 2\n" in out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--endpoint", "localhost:11434"], "Alamat localhost:11434 tidak sah."),
        (["--endpoint", "http://127.0.0.1:1"], "Server di http://127.0.0.1:1 tidak dapat dihubungi."),
    ],
)
def test_a_wrong_address_is_one_line(run: Run, options: list[str], message: str) -> None:
    code, _, err = run("questions", "write", *options, "--model", MODEL)
    assert code == 2
    assert err.startswith(message)
    assert err.count("\n") == 1


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "x", "inf"])
def test_a_time_that_is_none_points_to_the_help(run: Run, seconds: str) -> None:
    with pytest.raises(SystemExit) as caught:
        run("questions", "write", "--endpoint", "http://a", "--model", MODEL, "--timeout", seconds)
    assert caught.value.code == 2


@pytest.mark.parametrize("arguments", [[], ["lain"], ["write"], ["new", "--model", "x"]])
def test_a_wrong_command_points_to_the_help(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["questions", *arguments])
    assert "--help untuk bantuan" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["new"], ["check"], ["write"]])
def test_the_help_is_in_indonesian(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["questions", *command, "--help"])
    shown = capsys.readouterr().out
    assert shown.startswith("pemakaian: tanya-csto questions")
    assert "options:" not in shown
