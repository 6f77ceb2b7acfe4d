"""The door for feedback: by form and as JSON, with the answer that the reader saw, and nothing about the reader."""

import csv
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tanya_csto import cli
from tanya_csto.errors import SettingsError
from tanya_csto.service.app import create_app
from tanya_csto.service.feedback import MAX_BODY
from tanya_csto.service.feedback_store import Feedback, FeedbackStore, open_store
from tanya_csto.service.settings import Settings
from tests.service.conftest import FakeTanya
from tests.service.html import parse

HTML = {"Accept": "text/html"}


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "umpan-balik.sqlite3")


@pytest.fixture
def open_client(tanya: FakeTanya, store: FeedbackStore) -> TestClient:
    return TestClient(create_app(tanya, store), raise_server_exceptions=False)  # type: ignore[arg-type]


def form_of(client: TestClient, path: str) -> list[tuple[str, str]]:
    """The fields of the feedback form on the page at `path`, as a browser would send them."""
    form = parse(client.get(path).text).one("form", method="post")
    assert form.attributes["action"] == "/umpan-balik"
    return [(each.attributes["name"], each.attributes["value"]) for each in form.all("input", type="hidden")]


def test_the_form_of_the_page_is_kept_with_the_answer_shown(open_client: TestClient, store: FeedbackStore) -> None:
    fields = dict(form_of(open_client, "/?q=kapan"))
    reply = open_client.post(
        "/umpan-balik", data={**fields, "verdict": "salah", "comment": " Mestinya\n2002. "}, headers=HTML
    )
    judged = parse(reply.text).one("div", **{"class": "feedback"})
    assert judged.one("p", **{"class": "note"}).text == "Terima kasih. Penilaian Anda sudah disimpan."
    assert parse(reply.text).one("main").one("a").attributes["href"] == "/?q=kapan#jawaban"
    (entry,) = store.entries()
    assert isinstance(open_client.app, FastAPI)
    version = open_client.app.version
    assert entry == Feedback("kapan", "Menurut Perspektif.co.id: 1992.", "answered", version, "salah", "Mestinya 2002.")


def test_a_page_that_says_thanks_can_be_loaded_again(open_client: TestClient, store: FeedbackStore) -> None:
    data = {"q": "kapan", "verdict": "benar"}
    reply = open_client.post("/umpan-balik", data=data, headers=HTML, follow_redirects=False)
    assert reply.status_code == 303
    assert reply.headers["location"].startswith("/umpan-balik?q=kapan&nilai=benar&tanda=")
    open_client.get(reply.headers["location"])
    assert len(store.entries()) == 1


def test_a_reason_completes_the_verdict_before_it(open_client: TestClient, store: FeedbackStore) -> None:
    fields = dict(form_of(open_client, "/?q=kapan"))
    reply = open_client.post("/umpan-balik", data={**fields, "verdict": "salah"}, headers=HTML)
    form = parse(reply.text).one("form", **{"class": "reason"})
    sent = {each.attributes["name"]: each.attributes["value"] for each in form.all("input", type="hidden")}
    ticked = {**sent, "verdict": ["salah", "tidak-mendukung"], "comment": "Kutipannya lain."}
    assert not parse(open_client.post("/umpan-balik", data=ticked, headers=HTML).text).all(
        "form", **{"class": "reason"}
    )
    assert [(entry.verdict, entry.comment) for entry in store.entries()] == [("tidak-mendukung", "Kutipannya lain.")]


def test_a_verdict_is_shown_and_can_be_changed_until_a_reason_is_given(
    open_client: TestClient, store: FeedbackStore
) -> None:
    def judge(fields: dict[str, str], **given: Any) -> tuple[dict[str, str], list[str], list[bool]]:
        root = parse(open_client.post("/umpan-balik", data={**fields, **given}, headers=HTML).text)
        form = root.one("form", **{"class": "thumbs"})
        pressed = [
            thumb.attributes["value"] for thumb in form.all("button") if thumb.attributes["aria-pressed"] == "true"
        ]
        sent = {each.attributes["name"]: each.attributes["value"] for each in form.all("input", type="hidden")}
        return sent, pressed, ["disabled" in thumb.attributes for thumb in form.all("button")]

    fields, pressed, _ = judge(dict(form_of(open_client, "/?q=kapan")), verdict="benar")
    assert pressed == ["benar"]
    fields, pressed, disabled = judge(fields, verdict="salah")
    assert (pressed, disabled) == (["salah"], [False, False])
    assert [entry.verdict for entry in store.entries()] == ["salah"]
    _, pressed, disabled = judge(fields, verdict="tidak-mendukung", comment="")
    assert (pressed, disabled) == (["salah"], [True, True])
    assert [entry.verdict for entry in store.entries()] == ["tidak-mendukung"]


def test_the_answer_of_one_article_is_judged_as_such(open_client: TestClient, tanya: FakeTanya) -> None:
    fields = dict(form_of(open_client, "/?q=kapan&artikel=suara"))
    assert open_client.post("/umpan-balik", data={**fields, "verdict": "benar"}).status_code == 201
    assert (len(tanya.asked), tanya.within) == (1, {"suara"})  # the answer that was kept is the one that is judged
    assert open_client.post("/umpan-balik", data={**fields, "artikel": "x", "verdict": "benar"}).status_code == 404


def test_json_is_kept_too(open_client: TestClient, store: FeedbackStore, tanya: FakeTanya) -> None:
    body = {"question": "beda", "history": ["kapan"], "verdict": "tidak-mendukung"}
    reply = open_client.post("/umpan-balik", json=body)
    assert (reply.status_code, reply.json()["stored"]) == (201, True)
    assert tanya.asked == [("beda", ["kapan"])]
    assert store.entries()[0].status == "conflicting"


def test_nobody_completes_the_verdict_of_another(open_client: TestClient, store: FeedbackStore) -> None:
    body = {"question": "kapan", "verdict": "benar"}
    receipt = open_client.post("/umpan-balik", json=body).json()["receipt"]
    for guess in ("1", "x", receipt[:-1]):
        open_client.post("/umpan-balik", json={**body, "verdict": "salah", "completes": guess})
    assert [entry.verdict for entry in store.entries()] == ["benar", "salah", "salah", "salah"]
    open_client.post("/umpan-balik", json={**body, "comment": "Tepat.", "completes": receipt})
    assert store.entries()[0].comment == "Tepat."


@pytest.mark.parametrize("path", ["/?q=kapan&persis=1", "/?riwayat=beda&q=kapan&persis=2"])
def test_an_answer_as_typed_is_judged_as_typed(open_client: TestClient, store: FeedbackStore, path: str) -> None:
    fields = (
        form_of(open_client, path) if "riwayat" not in path else [("riwayat", "beda"), ("q", "kapan"), ("persis", "2")]
    )
    open_client.post("/umpan-balik", data={**dict(fields), "verdict": "salah"})
    assert store.entries()[0].status == "not_found"


def test_what_steers_a_terminal_is_left_out(open_client: TestClient, store: FeedbackStore) -> None:
    open_client.post("/umpan-balik", json={"question": "kapan", "verdict": "benar", "comment": "a\x1b[31m\x00b"})
    assert store.entries()[0].comment == "a[31mb"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": "kapan"},
        {"question": "kapan", "verdict": "bagus"},
        {"question": "kapan", "verdict": "benar", "comment": "x" * 501},
        {"question": "kapan", "verdict": "benar", "email": "a@b"},
        {"question": "kapan", "verdict": "benar", "answer": "karangan"},
        {"question": "x" * MAX_BODY, "verdict": "benar"},
    ],
)
def test_anything_else_is_refused(open_client: TestClient, store: FeedbackStore, body: dict[str, str]) -> None:
    reply = open_client.post("/umpan-balik", json=body)
    assert (reply.status_code, reply.json()["code"]) == (422, "feedback-invalid")
    assert open_client.post("/umpan-balik", data=body).status_code == 422
    assert store.entries() == []


def test_a_bad_question_is_the_cores_to_refuse(open_client: TestClient) -> None:
    reply = open_client.post("/umpan-balik", json={"question": " ", "verdict": "benar"})
    assert reply.json()["code"] == "question-empty"


def test_another_site_cannot_send_it(open_client: TestClient, store: FeedbackStore) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert open_client.post("/umpan-balik", data={"q": "kapan", "verdict": "benar"}, headers=headers).status_code == 422
    assert store.entries() == []


def test_a_broken_store_is_a_problem(open_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise sqlite3.OperationalError("disk")

    assert isinstance(open_client.app, FastAPI)
    monkeypatch.setattr(open_client.app.state.feedback, "add", fail)
    reply = open_client.post("/umpan-balik", json={"question": "kapan", "verdict": "benar"})
    assert (reply.status_code, reply.json()["code"]) == (503, "feedback-failed")
    monkeypatch.setattr(open_client.app.state.feedback, "add", lambda *_given: None)
    assert open_client.post("/umpan-balik", json={"question": "kapan", "verdict": "benar"}).status_code == 503


def test_switched_off_there_is_no_form_and_no_door(client: TestClient) -> None:
    assert not parse(client.get("/?q=kapan").text).all("form", method="post")
    reply = client.post("/umpan-balik", json={"question": "kapan", "verdict": "benar"})
    assert (reply.status_code, reply.json()["code"]) == (404, "feedback-off")


def test_the_settings_name_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert open_store(Settings.read({"TANYA_FEEDBACK": ""})) is None
    named = open_store(Settings.read({"TANYA_FEEDBACK": str(tmp_path / "x.db")}))
    assert named
    assert named.path == tmp_path / "x.db"
    default = open_store(Settings.read({}))
    assert default
    assert default.path.is_relative_to(tmp_path)


def test_a_store_that_was_named_must_work_and_the_default_one_may_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "berkas").touch()
    with pytest.raises(SettingsError, match="TANYA_FEEDBACK"):
        open_store(Settings.read({"TANYA_FEEDBACK": str(tmp_path / "berkas" / "x.db")}))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "berkas"))
    assert open_store(Settings.read({})) is None
    assert "feedback is off" in caplog.text


@pytest.fixture
def kept(store: FeedbackStore, monkeypatch: pytest.MonkeyPatch) -> list[Feedback]:
    monkeypatch.setenv("TANYA_FEEDBACK", str(store.path))
    store.add(Feedback("Kapan?", "Menurut Suara.com: “1992.”", "answered", "0.1.0", "salah", "=SUM(1)"))
    store.add(Feedback("Siapa?", "Tidak ditemukan.", "not_found", "0.1.0", "benar"))
    return store.entries()


def test_the_command_lists_and_exports(kept: list[Feedback], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["feedback"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("salah (answered, versi 0.1.0)\n    =SUM(1)\n    Kapan?\n")
    cli.main(["feedback", "--json"])
    assert [Feedback(**entry) for entry in json.loads(capsys.readouterr().out)] == kept
    cli.main(["feedback", "--csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["question"] for row in rows] == ["Kapan?", "Siapa?"]
    assert rows[0]["comment"] == "'=SUM(1)"


def test_the_command_makes_no_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TANYA_FEEDBACK", str(tmp_path / "tidak-ada.db"))
    assert cli.main(["feedback"]) == 0
    assert capsys.readouterr().out == "Belum ada umpan balik.\n"
    cli.main(["feedback", "--json"])
    assert json.loads(capsys.readouterr().out) == []
    assert list(tmp_path.iterdir()) == []


def test_refused_questions_are_kept_where_the_setting_says_so(
    tanya: FakeTanya, store: FeedbackStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TANYA_FEEDBACK", str(store.path))
    client = TestClient(create_app(tanya, store, settings=Settings(refused=True)))  # type: ignore[arg-type]
    for question in ("siapa", "kapan", " siapa "):
        client.get("/ask", params={"q": question})
    shown = parse(client.get("/?q=siapa").text)
    assert "Server hanya menyimpan pertanyaan yang tidak terjawab" in shown.one("main").text
    assert cli.main(["feedback", "--refused"]) == 0
    assert capsys.readouterr().out == "3 kali: siapa\n"
    cli.main(["feedback", "--refused", "--csv"])
    assert capsys.readouterr().out == "question,times\nsiapa,3\n"
    cli.main(["feedback", "--refused", "--json"])
    assert json.loads(capsys.readouterr().out) == [{"question": "siapa", "times": 3}]


def test_refused_questions_are_not_kept_by_default(
    open_client: TestClient, store: FeedbackStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TANYA_FEEDBACK", str(store.path))
    open_client.get("/ask", params={"q": "siapa"})
    assert "Server tidak menyimpannya" in open_client.get("/?q=siapa").text
    assert cli.main(["feedback", "--refused"]) == 0
    assert "bila TANYA_REFUSED=1" in capsys.readouterr().out


def test_an_answer_comes_though_its_question_cannot_be_kept(tanya: FakeTanya, store: FeedbackStore) -> None:
    client = TestClient(create_app(tanya, store, settings=Settings(refused=True)))  # type: ignore[arg-type]
    store.path.write_bytes(b"rusak")
    assert client.get("/ask", params={"q": "siapa"}).json()["status"] == "not_found"
