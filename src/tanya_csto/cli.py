"""The command line: serve the service, ask one question, evaluate; list, add and remove articles."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import NoReturn, TypeVar

from tanya_csto.answer.answer import Answer, Citation
from tanya_csto.corpus.articles import Article, Corpus, load_corpus
from tanya_csto.corpus.documents import Document, completed, read_documents, read_plain
from tanya_csto.corpus.listing import Entry
from tanya_csto.corpus.shelf import add, remove
from tanya_csto.engine import Tanya
from tanya_csto.errors import CorpusError, TanyaError
from tanya_csto.evaluate import evaluate, report
from tanya_csto.models.networks import Networks, networks_for
from tanya_csto.retrieval.address import Address
from tanya_csto.retrieval.dense import embed, kind_of_vectors, vectors_of
from tanya_csto.retrieval.index import Index
from tanya_csto.retrieval.store import INDEX, arrays_of, keep, tables_of
from tanya_csto.retrieval.tables import Tables
from tanya_csto.service.feedback import FIELDS, Feedback
from tanya_csto.service.opinions import open_store
from tanya_csto.service.schema import AskReply
from tanya_csto.service.server import serve_alone
from tanya_csto.service.settings import Settings, variable
from tanya_csto.service.texts import part_line
from tanya_csto.service.workers import serve_together

MAX_SUGGESTIONS = 3
_STATED = ("title", "outlet", "published", "url")

_T = TypeVar("_T")


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Indonesian."""

    def __init__(self, *, description: str, prog: str | None = None) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self.options = self.add_argument_group("pilihan")
        self.options.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def add_corpus(self) -> None:
        """Let the command answer from another folder."""
        self.options.add_argument("--corpus", metavar="DIR", help="folder korpus (bawaan: korpus bersama paket)")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "pemakaian: ", 1)

    def error(self, message: str) -> NoReturn:  # noqa: ARG002
        self.exit(2, f"Perintah tidak lengkap atau tidak dikenal. Jalankan {self.prog} --help untuk bantuan.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` name (the process's own where None) and return the exit code.

    Every `TanyaError` becomes one Indonesian line on standard error and exit code 2.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # a quote is exact on any terminal and in any pipe
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except TanyaError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader, such as `head`, has seen enough; the last flush must not fail again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="tanya-csto",
        description="Tanya jawab tentang CSTO dengan kutipan persis dari artikel berita.",
    )
    commands = parser.add_subparsers(title="perintah", metavar="PERINTAH", required=True)

    serve = commands.add_parser("serve", help="jalankan layanan web", description="Jalankan layanan web.")
    serve.options.add_argument("--host", help="alamat untuk didengarkan (bawaan: 127.0.0.1)")
    serve.options.add_argument("--port", help="porta untuk didengarkan (bawaan: 8000)")
    serve.add_corpus()
    serve.options.add_argument("--workers", metavar="N", help="banyaknya proses yang menjawab (bawaan: 1)")
    serve.options.add_argument(
        "--feedback", metavar="BERKAS", help="berkas umpan balik, kosong: tidak diterima (bawaan: di folder data Anda)"
    )
    serve.set_defaults(run=_serve)

    ask = commands.add_parser("ask", help="ajukan satu pertanyaan", description="Ajukan satu pertanyaan.")
    ask.add_argument_group("isian").add_argument("question", metavar="PERTANYAAN", help="pertanyaan, dalam tanda petik")
    ask.add_corpus()
    ask.options.add_argument("--json", action="store_true", help="tampilkan balasan API apa adanya")
    ask.set_defaults(run=_ask)

    evaluate = commands.add_parser(
        "eval", help="ukur mutu jawaban", description="Ukur mutu jawaban dengan berkas soal."
    )
    evaluate.add_argument_group("isian").add_argument("file", metavar="BERKAS", type=Path, help="berkas soal (JSONL)")
    evaluate.add_corpus()
    evaluate.set_defaults(run=_eval)

    index = commands.add_parser(
        "index",
        help="siapkan korpus besar",
        description="Simpan indeks korpus di folder cache Anda, agar perintah lain tidak perlu menyusunnya lagi.",
    )
    index.options.add_argument(
        "--to",
        dest="index",
        metavar="ALAMAT",
        help="muat ke klaster, dengan alamat seperti qdrant+http://localhost:6333/tanya",
    )
    index.add_corpus()
    index.set_defaults(run=_index)

    feedback = commands.add_parser("feedback", help="umpan balik pembaca", description="Tampilkan umpan balik pembaca.")
    form = feedback.options.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="tampilkan sebagai JSON")
    form.add_argument("--csv", action="store_true", help="tampilkan sebagai CSV")
    feedback.set_defaults(run=_feedback)

    articles = commands.add_parser("articles", help="daftar artikel", description="Tampilkan daftar artikel.")
    articles.add_corpus()
    articles.set_defaults(run=_articles)

    adding = commands.add_parser(
        "add",
        help="tambahkan artikel",
        description="Tambahkan artikel ke korpus Anda sendiri, semua atau tidak satu pun.",
    )
    adding.add_argument_group("isian").add_argument(
        "files",
        metavar="BERKAS",
        nargs="+",
        help=".txt, .html, .pdf, .jsonl (satu artikel per baris), atau - (masukan baku)",
    )
    adding.options.add_argument(
        "--corpus", metavar="DIR", type=Path, required=True, help="folder korpus, dibuat bila belum ada"
    )
    adding.options.add_argument("--title", metavar="JUDUL", help="judul, bila berkas tidak menyebutnya")
    adding.options.add_argument("--outlet", metavar="MEDIA", help="nama media, bila berkas tidak menyebutnya")
    adding.options.add_argument("--published", metavar="TANGGAL", help="tanggal terbit, bila berkas tidak menyebutnya")
    adding.options.add_argument("--url", metavar="ALAMAT", help="alamat artikel, bila berkas tidak menyebutnya")
    adding.set_defaults(run=_add)

    removing = commands.add_parser(
        "remove", help="hapus artikel", description="Hapus artikel beserta berkasnya dari korpus Anda sendiri."
    )
    removing.add_argument_group("isian").add_argument("ids", metavar="ID", nargs="+", help="id artikel")
    removing.options.add_argument("--corpus", metavar="DIR", type=Path, required=True, help="folder korpus")
    removing.set_defaults(run=_remove)
    return parser


def _serve(options: argparse.Namespace) -> int:
    settings = _settings(options, "host", "port", "corpus", "feedback", "workers")
    serve = serve_alone if settings.workers == 1 else serve_together
    return serve(settings, _announce)


def _announce(address: str) -> None:
    print(f"Tanya CSTO berjalan di {address} (hentikan dengan Ctrl+C)", flush=True)


def _settings(options: argparse.Namespace, *names: str) -> Settings:
    """Return the settings of the environment, those that the command names put in front."""
    given = {variable(name): getattr(options, name) for name in names}
    return Settings.read(os.environ | {name: value for name, value in given.items() if value is not None})


def _engine(options: argparse.Namespace) -> Tanya:
    settings = _settings(options, "corpus")
    return Tanya(settings.corpus, networks_for(settings.mode), settings.index)


def _ask(options: argparse.Namespace) -> int:
    answer = _engine(options).ask(options.question)
    print(AskReply.of(answer).model_dump_json(indent=2) if options.json else _readable(answer))
    return 0


def _readable(answer: Answer) -> str:
    parts = [answer.text]
    if answer.parts:
        parts.append("\n".join(map(part_line, answer.parts)))
    if answer.understood_as:
        parts.insert(0, f"Dipahami sebagai: {answer.understood_as}")
    parts += [f"{side.claim}: kutipan {', '.join(map(str, side.citations))}" for side in answer.sides]
    parts += map(_readable_citation, answer.citations)
    if answer.confidence:
        parts.append(f"Keyakinan: {answer.confidence}")
    if suggestions := answer.suggestions[:MAX_SUGGESTIONS]:
        label = "Tanyakan juga" if answer.citations else "Pertanyaan yang dapat dijawab"
        parts.append("\n".join((f"{label}:", *(f"- {text}" for text in suggestions))))
    return "\n\n".join(parts)


def _readable_citation(citation: Citation) -> str:
    article = citation.article
    source = ", ".join(filter(None, (article.outlet, article.title, article.published)))
    return f"[{citation.n}] {source}\n{textwrap.indent(citation.quote, '    ')}"


def _eval(options: argparse.Namespace) -> int:
    print(report(evaluate(_engine(options), options.file)))
    return 0


def _index(options: argparse.Namespace) -> int:
    settings = _settings(options, "corpus", "index")
    corpus, networks = load_corpus(settings.corpus), networks_for(settings.mode)
    if options.index is not None and settings.index is not None:
        return _load(settings.index, corpus, networks)
    tables = Tables.of(corpus.articles, _watched)
    print(f"Indeks tersimpan di {keep(arrays_of(tables), corpus, INDEX)}")
    if networks:
        vectors = embed(Index(corpus), networks.encoder, _watched)
        print(f"Vektor tersimpan di {keep({'vectors': vectors}, corpus, kind_of_vectors(networks))}")
    return 0


def _load(address: Address, corpus: Corpus, networks: Networks | None) -> int:
    cluster = address.cluster()
    from tanya_csto.retrieval.upload import Upload

    model, vectors = (networks.version, vectors_of(Index(corpus), networks)) if networks else ("", None)
    upload = Upload(tables_of(corpus), model, vectors)
    upload.to(cluster, _watched)
    print(f"{upload.size} bagian korpus siap di {address}")
    return 0


def _feedback(options: argparse.Namespace) -> int:
    entries = _kept(Settings.read())
    if options.json:
        print(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=2))
    elif options.csv:
        rows = csv.writer(sys.stdout, lineterminator="\n")
        rows.writerow(FIELDS)
        rows.writerows(map(_cell, astuple(entry)) for entry in entries)
    else:
        print("\n\n".join(map(_readable_feedback, entries)) or "Belum ada umpan balik.")
    return 0


def _kept(settings: Settings) -> list[Feedback]:
    """Return what the store holds, without making one."""
    if settings.feedback is None or not settings.feedback.is_file():
        return []
    store = open_store(settings)
    return store.entries() if store else []


def _cell(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _readable_feedback(entry: Feedback) -> str:
    comment = f"\n    {entry.comment}" if entry.comment else ""
    return f"{entry.verdict} ({entry.status}, versi {entry.version}){comment}\n    {entry.question}\n    {entry.answer}"


def _articles(options: argparse.Namespace) -> int:
    for article in load_corpus(_settings(options, "corpus").corpus).articles:
        print(_row(article))
    return 0


def _row(article: Article | Entry) -> str:
    return "  ".join(filter(None, (article.id, article.outlet, article.title, article.published)))


def _add(options: argparse.Namespace) -> int:
    given = {name: value for name in _STATED if (value := getattr(options, name)) is not None}
    documents = [document for file in _watched(options.files) for document in _documents(file)]
    if given and len(documents) != 1:
        raise CorpusError("documents-several")
    documents = [completed(document, given) for document in documents]
    for entry in add(options.corpus, documents, _watched):
        print(f"Ditambahkan: {_row(entry)}")
    return 0


def _documents(file: str) -> tuple[Document, ...]:
    return (read_plain(sys.stdin.buffer.read(), "masukan baku"),) if file == "-" else read_documents(Path(file))


def _remove(options: argparse.Namespace) -> int:
    for entry in remove(options.corpus, options.ids):
        print(f"Dihapus: {_row(entry)}")
    return 0


def _watched(items: Sequence[_T]) -> Iterable[_T]:
    """Return the items, and show on a terminal how far the work on them is where it takes longer than a second."""
    try:
        from tqdm import tqdm
    except ImportError:
        return items
    bar: Iterable[_T] = tqdm(items, disable=None, delay=1, leave=False)
    return bar


if __name__ == "__main__":
    raise SystemExit(main())
