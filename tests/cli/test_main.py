import contextlib
import io
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from tanya_csto import Tanya, cli
from tanya_csto.cli import terminal
from tanya_csto.corpus.articles import load_corpus
from tanya_csto.retrieval.store import INDEX, folder_of
from tanya_csto.service.app import create_app
from tests.conftest import CORPUS
from tests.service.conftest import FakeTanya


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeTanya:
    tanya = FakeTanya()
    for module in ("tanya_csto.cli.settings", "tanya_csto.service.server.process"):
        monkeypatch.setattr(f"{module}.load_corpus", lambda _folder: CORPUS)
        monkeypatch.setattr(f"{module}.Tanya", lambda _corpus, _networks, _address: tanya)
    for name in ("TANYA_HOST", "TANYA_PORT", "TANYA_CORPUS"):
        monkeypatch.delenv(name, raising=False)
    return tanya


@pytest.mark.usefixtures("fake")
def test_ask_shows_the_answer_with_quotes_and_outlets(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ask", "kapan"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Dipahami sebagai: Kapan CSTO didirikan?\n\nMenurut Perspektif.co.id: 1992.\n")
    assert "[1] Perspektif.co.id, tanggal terbit tidak tercantum\n    CSTO didirikan pada tahun 1992 setelah" in shown
    assert "Keyakinan: tinggi" in shown


@pytest.mark.usefixtures("fake")
def test_ask_shows_both_sides_and_suggestions(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["ask", "beda"])
    assert (
        "1992 (Perspektif.co.id; Suara.com): kutipan 1\n\n15 Mei 1992 (WahanaNews): kutipan 2\n"
        in capsys.readouterr().out
    )
    cli.main(["ask", "siapa"])
    assert capsys.readouterr().out.endswith("Pertanyaan yang dapat dijawab:\n- Kapan CSTO didirikan?\n")


@pytest.mark.usefixtures("fake")
def test_ask_shows_what_each_of_several_questions_got(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["ask", "semua"])
    shown = capsys.readouterr().out
    assert shown.startswith("1992, menurut Perspektif.co.id.\n\nKapan CSTO didirikan? 1992 [1][2]\n")
    assert "\nSiapa presiden Prancis? Tidak ditemukan dalam artikel.\n" in shown
    assert "\nBerapa anggotanya? Artikel-artikel berbeda keterangan [1]\n\n[1] Perspektif.co.id, tanggal" in shown


def test_ask_suggests_questions_after_an_answer(fake: FakeTanya, capsys: pytest.CaptureFixture[str]) -> None:
    fake.answers["kapan"] = replace(fake.answers["kapan"], suggestions=("A?", "B?", "C?"))
    cli.main(["ask", "kapan"])
    assert capsys.readouterr().out.endswith("\n\nKeyakinan: tinggi\n\nTanyakan juga:\n- A?\n- B?\n- C?\n")


def test_ask_json_has_every_field_in_the_order_of_the_contract(
    fake: FakeTanya, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["ask", "semua", "--json"])
    shown = json.loads(capsys.readouterr().out)
    assert list(shown) == (
        "status answer short_answer confidence probability citations sides parts understood_as suggestions".split()
    )
    assert shown["probability"] == 0.6
    assert [part["question"] for part in shown["parts"]] == [part.question for part in fake.answers["semua"].parts]


@pytest.mark.parametrize("question", ["kapan", "beda", "jahat", "halo", "semua", "siapa"])
def test_ask_json_is_the_reply_of_the_api(fake: FakeTanya, capsys: pytest.CaptureFixture[str], question: str) -> None:
    assert cli.main(["ask", question, "--json"]) == 0
    with TestClient(create_app(fake)) as client:  # type: ignore[arg-type]
        assert json.loads(capsys.readouterr().out) == client.get("/ask", params={"q": question}).json()


@pytest.mark.usefixtures("fake")
def test_articles_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["articles"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("cnbc-indonesia  CNBC Indonesia  Mengenal CSTO")


def test_every_command_answers_from_the_corpus_that_it_is_given(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tanya_csto.cli.eval.evaluate", lambda tanya, _file: ", ".join(tanya.corpus))
    monkeypatch.setattr("tanya_csto.cli.eval.read_questions", lambda file: file)
    monkeypatch.setattr("tanya_csto.cli.eval.report", str)
    assert cli.main(["articles", "--corpus", str(own)]) == 0
    assert cli.main(["eval", "soal.jsonl", "--corpus", str(own)]) == 0
    assert capsys.readouterr().out == "kopi  Kabar\nkopi\n"
    assert cli.main(["ask", "Di mana kopi toraja ditanam?", "--json", "--corpus", str(own)]) == 0
    assert json.loads(capsys.readouterr().out)["short_answer"] == "Sulawesi Selatan"
    fails(capsys, ["articles"], "lain tidak ditemukan")


def test_what_the_options_say_is_stored(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Kakao tumbuh “di” Sulawesi.\r\n".encode())))
    said = ["--outlet", "Harian “K”", "--title", "Kakao", "--published", "17 Mei 2022", "--url", "https://k.example"]
    assert cli.main(["add", "-", *said, "--corpus", str(own)]) == 0
    assert capsys.readouterr().out == "Ditambahkan: kakao  Harian “K”  Kakao  17 Mei 2022\n"
    article = load_corpus(own)["kakao"]
    assert (article.text, article.url) == ("Kakao tumbuh “di” Sulawesi.\n", "https://k.example")


def test_a_corrected_article_takes_the_place_of_the_one_before(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own.parent / "kopi.txt").write_text("Kopi toraja ditanam di Tana Toraja.", encoding="utf-8")
    said = ["--published", "1 Juni 2022", "--corpus", str(own)]
    assert cli.main(["update", str(own.parent / "kopi.txt"), *said]) == 0
    assert capsys.readouterr().out == "Diganti: kopi  Kabar  1 Juni 2022\n"
    assert load_corpus(own)["kopi"].text == "Kopi toraja ditanam di Tana Toraja."
    fails(capsys, ["update", str(own.parent / "teh.txt"), *said], "tidak ada artikel dengan id teh untuk diganti")


def test_what_the_options_say_holds_whatever_a_single_file_states(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, corpus = own.parent / "teh.md", ["--corpus", str(own)]
    file.write_text("---\noutlet: Warta\ndate: 2022-05-17\n---\nTeh tumbuh di Kerinci.", encoding="utf-8")
    assert cli.main(["add", str(file), "--published", "2022-06-01", *corpus]) == 0
    assert cli.main(["update", str(file), "--published", "2 Juni 2022", "--outlet", "Kabar", *corpus]) == 0
    assert capsys.readouterr().out == "Ditambahkan: teh  Warta  1 Juni 2022\nDiganti: teh  Kabar  2 Juni 2022\n"
    fails(capsys, ["update", str(file), "--published", "kemarin", *corpus], "published harus memuat tanggal")


def test_a_folder_is_added_whole_and_copies_are_named(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = own.parent / "masuk"
    folder.mkdir()
    text = "Panen kopi naik tahun ini juga. Harga biji kopi mencapai 3.600 rupiah."
    (folder / "lama.txt").write_text(text, encoding="utf-8")
    (folder / "baru.md").write_text(f"---\noutlet: Warta\n---\n{text} Petani senang.", encoding="utf-8")
    assert cli.main(["add", str(folder), "--outlet", "Kabar", "--corpus", str(own)]) == 0
    copies = "Mirip: lama dan baru (2 dari 2 kalimat sama)\n"
    assert capsys.readouterr() == ("Ditambahkan: baru  Warta\nDitambahkan: lama  Kabar\n", copies)
    assert cli.main(["articles", "--corpus", str(own)]) == 0
    assert capsys.readouterr().err == copies


def test_a_question_is_asked_of_a_period_and_an_outlet(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["--outlet", "Warta", "--published", "1 Juni 2022", "--corpus", str(own)]
    assert cli.main(["add", str(own.parent / "teh.txt"), *said]) == 0
    capsys.readouterr()
    question = ["ask", "Di mana teh tumbuh?", "--corpus", str(own)]
    assert cli.main([*question, "--since", "2022-06-01", "--outlet", "warta"]) == 0
    assert "[1] Warta, 1 Juni 2022\n" in capsys.readouterr().out
    fails(capsys, [*question, "--until", "2022-05-31"], "Tidak ada artikel dalam batas itu")
    fails(capsys, [*question, "--outlet", "Suara"], "Pilih dari media yang ada: Kabar, Warta.")


def test_articles_are_removed(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["add", str(own.parent / "teh.txt"), "--outlet", "Warta", "--corpus", str(own)]) == 0
    capsys.readouterr()
    assert cli.main(["remove", "kopi", "--corpus", str(own)]) == 0
    assert capsys.readouterr().out == "Dihapus: kopi  Kabar\n"
    assert list(load_corpus(own)) == ["teh"]
    fails(capsys, ["remove", "teh", "--corpus", str(own)], "Artikel terakhir")


@pytest.mark.parametrize(
    ("files", "options", "message"),
    [
        (["teh.txt"], [], "teh.txt tidak menyebut nama medianya. Sebutkan dengan --outlet."),
        (["teh.txt", "kopi.txt"], ["--title", "Teh"], "hanya untuk satu artikel"),
        (["kopi.txt"], ["--outlet", "Kabar"], "id kopi sudah dipakai"),
        (["teh.txt"], ["--outlet", "Kabar", "--url", "ftp://k.example"], "url harus berawal http://"),
        (["hilang.txt"], ["--outlet", "Kabar"], "hilang.txt tidak dapat dibaca"),
    ],
)
def test_what_cannot_be_added_is_one_line_and_changes_nothing(
    own: Path, capsys: pytest.CaptureFixture[str], files: list[str], options: list[str], message: str
) -> None:
    before = {file.name: file.read_bytes() for file in own.iterdir()}
    names = [str(own.parent / name) for name in files]
    fails(capsys, ["add", *names, *options, "--corpus", str(own)], message)
    assert {file.name: file.read_bytes() for file in own.iterdir()} == before


def test_a_long_addition_shows_on_a_terminal_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    clock = itertools.count(step=0.6)
    monkeypatch.setattr("tqdm.std.time", lambda: next(clock))

    def slowly(shown: io.StringIO) -> str:
        monkeypatch.setattr("sys.stderr", shown)
        assert list(terminal.watched(range(3))) == [0, 1, 2]
        return shown.getvalue()

    assert "2/3" in slowly(Terminal())
    assert slowly(io.StringIO()) == ""


def test_index_keeps_what_the_engine_then_finds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TANYA_MODE", "light")
    (tmp_path / "index.toml").write_text('[[article]]\nid = "a"\nfile = "a.txt"\noutlet = "Kabar"\n')
    (tmp_path / "a.txt").write_text("Rusia memimpin CSTO.")
    assert cli.main(["index", "--corpus", str(tmp_path)]) == 0
    shown = capsys.readouterr()
    assert shown.out == f"Indeks tersimpan di {folder_of(load_corpus(tmp_path), INDEX)}\n"
    monkeypatch.setattr("tanya_csto.retrieval.index.tabulate", lambda *_: pytest.fail("analysed anew"))
    assert Tanya(tmp_path).ask("Siapa memimpin CSTO?").citations[0].quote == "Rusia memimpin CSTO."


def test_index_says_where_it_cannot_be_kept(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "berkas"))
    (tmp_path / "berkas").write_text("")
    fails(capsys, ["index", "--corpus", str(own)], "Indeks tidak dapat disimpan di ")


@pytest.mark.usefixtures("fake")
def test_eval_prints_the_report(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tanya_csto.cli.eval.evaluate", lambda _tanya, file: f"hasil {file.name}")
    monkeypatch.setattr("tanya_csto.cli.eval.read_questions", lambda file: file)
    monkeypatch.setattr("tanya_csto.cli.eval.report", lambda result: f"laporan: {result}")
    assert cli.main(["eval", str(tmp_path / "soal.jsonl")]) == 0
    assert capsys.readouterr().out == "laporan: hasil soal.jsonl\n"


def fails(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert message in err


def test_index_needs_a_whole_address(capsys: pytest.CaptureFixture[str]) -> None:
    fails(capsys, ["index", "--to", "localhost"], "Setelan TANYA_INDEX tidak sah: harus alamat seperti qdrant")


@pytest.mark.usefixtures("fake")
def test_a_bad_question_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    fails(capsys, ["ask", " "], "Pertanyaan masih kosong.")


def test_a_missing_corpus_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    fails(capsys, ["serve", "--corpus", str(tmp_path / "hilang")], "hilang tidak ditemukan")


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("port", ["delapan", "70000", ""])
def test_a_bad_port_is_one_line(capsys: pytest.CaptureFixture[str], port: str) -> None:
    fails(capsys, ["serve", "--port", port], "Setelan TANYA_PORT tidak sah")


@pytest.mark.usefixtures("fake")
def test_a_taken_port_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        fails(
            capsys,
            ["serve", "--port", str(port)],
            f"Porta {port} di 127.0.0.1 tidak dapat dipakai: sudah dipakai",
        )


@pytest.mark.usefixtures("fake")
def test_an_unknown_host_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    fails(capsys, ["serve", "--host", "bukan alamat"], "alamat tidak dikenal")


@pytest.mark.usefixtures("fake")
def test_serve_tells_where_it_listens(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[str, int]] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda _self, sockets: served.append(sockets[0].getsockname()))
    assert cli.main(["serve", "--port", "0"]) == 0
    (host, port), *_ = served
    assert f"http://{host}:{port} " in capsys.readouterr().out


def run(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tanya_csto", *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", **options
    )


@pytest.mark.slow
def test_serve_serves_until_it_is_stopped() -> None:
    with run("serve", "--port", "0") as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        for _ in range(50):
            with (
                contextlib.suppress(urllib.error.URLError),
                urllib.request.urlopen(f"{found[0]}/readyz") as reply,
            ):
                break
            time.sleep(0.1)
        assert reply.status == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (out, err) == ("", "")
    assert process.returncode == 130


@pytest.mark.slow
def test_a_quote_survives_a_terminal_of_another_encoding() -> None:
    with run("ask", "Apa itu CSTO?", env={**os.environ, "PYTHONIOENCODING": "ascii"}) as process:
        out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert "“" in out


@pytest.mark.slow
def test_a_reader_that_stops_early_sees_no_trace() -> None:
    with run("articles") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=20) == 141


@pytest.mark.slow
def test_an_output_that_is_full_or_closed_is_met_without_a_trace() -> None:
    for arguments in ("articles >/dev/full", "articles >&-", "add - --outlet A --corpus x <&-"):
        command = f"{sys.executable} -m tanya_csto {arguments}"
        process = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=20)
        assert "Traceback" not in process.stderr
    assert "tidak ada isi yang dapat dikutip" in process.stderr


@pytest.mark.slow
def test_a_name_that_is_no_text_is_shown_in_one_line() -> None:
    process = subprocess.run(
        [sys.executable, "-m", "tanya_csto", "ask", "Kapan", "--corpus", b"a\xff"], capture_output=True, timeout=20
    )
    assert (process.returncode, process.stderr.count(b"\n")) == (2, 1)
    assert rb"Folder korpus a\udcff tidak ditemukan." in process.stderr


@pytest.mark.parametrize(
    "arguments",
    [[], ["buka"], ["ask"], ["ask", "a", "--xml"], ["add", "a.txt"], ["remove", "a"], ["serve", "--por", "1"]],
)
def test_a_wrong_command_points_to_the_help(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    err = capsys.readouterr().err
    assert "--help" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["", *cli.COMMANDS])
def test_the_help_is_in_indonesian(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([*command.split(), "--help"])
    assert stopped.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("pemakaian: tanya-csto")
    for english in ("usage", "options", "positional", "show this", "required"):
        assert english not in shown


@pytest.mark.slow
def test_asking_loads_no_web_service() -> None:
    asking = "import sys; from tanya_csto.cli import main; main(['ask', 'Apa itu CSTO?']); print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", asking], capture_output=True, text=True, check=True).stdout
    loaded = set(shown.splitlines()[-1].split())
    assert "tanya_csto.engine" in loaded
    assert loaded.isdisjoint({"fastapi", "starlette", "uvicorn", "jinja2", "pydantic", "prometheus_client"})


def test_a_large_corpus_without_an_index_is_told_what_makes_it_quick(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tanya_csto.cli.settings.MANY", 0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(own.parent / "cache"))
    question = ["ask", "Di mana kopi toraja ditanam?", "--corpus", str(own)]
    assert cli.main(question) == 0
    shown = capsys.readouterr()
    assert f"Jalankan tanya-csto index --corpus {own}" in shown.err
    assert "Sulawesi Selatan" in shown.out
    cli.main(["index", "--corpus", str(own)])
    capsys.readouterr()
    cli.main(question)
    assert capsys.readouterr().err == ""
