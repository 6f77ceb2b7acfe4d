import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tanya_csto.answer.answer import Answer, Part
from tanya_csto.corpus.articles import Article, Corpus
from tanya_csto.service import pages
from tanya_csto.service.app import use
from tanya_csto.service.quotes import quote_url
from tests.conftest import EXAMPLES
from tests.service.conftest import EVIL, FakeTanya, GetPage, cite
from tests.service.html import Element, parse

ReadPage = Callable[..., Element]


@pytest.fixture
def read(page: GetPage) -> ReadPage:
    def get(path: str, **options: Any) -> Element:
        reply = page(path, **options)
        assert (reply.status_code, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
        return parse(reply.text)

    return get


def hidden(root: Element) -> list[str]:
    return [field.attributes["value"] for field in root.all("input", name="riwayat")]


def test_the_first_view_offers_the_form_examples_and_every_source(read: ReadPage, tanya: FakeTanya) -> None:
    root = read("/")
    form = root.one("form")
    assert (form.attributes["action"], form.attributes["method"]) == ("/#jawaban", "get")
    assert form.one("label").attributes["for"] == form.one("textarea", name="q").attributes["id"]
    examples = root.one("ul", **{"class": "examples"}).all("a")
    assert [example.one("span").text for example in examples] == list(EXAMPLES)
    assert len(examples) == 6
    disputed = [example.one("span").text for example in examples if example.all("small")]
    assert disputed == ["Kapan CSTO didirikan?", "Apakah Uzbekistan anggota CSTO?"]
    sources = root.one("ul", **{"class": "sources"}).all("li")
    assert len(sources) == len(tanya.corpus)
    for source, article in zip(sources, tanya.corpus.articles, strict=True):
        assert source.one("cite").text == article.outlet
        assert source.one("a").attributes["href"] == f"/artikel/{article.id}"
        shown = source.one("span").text.removesuffix("...")
        first_words = article.content[0].of(article.text)
        assert (article.title or first_words).startswith(shown)
        assert source.one("small").text == (article.published or "tanggal terbit tidak tercantum")


def test_a_large_corpus_is_listed_page_by_page(
    read: ReadPage, page: GetPage, tanya: FakeTanya, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MAX_SOURCES", 2)
    monkeypatch.setattr(pages, "PAGE", 4)
    addresses = [f"/artikel/{article.id}" for article in tanya.corpus.articles]
    assert len(addresses) == 6

    def listed(path: str) -> tuple[list[str], list[str]]:
        root = read(path)
        links = [source.one("a").attributes["href"] for source in root.one("ul", **{"class": "sources"}).all("li")]
        return links, [link.attributes["href"] for link in root.all("a") if "hal=" in link.attributes.get("href", "")]

    first_view = read("/")
    assert "dari 6 artikel" in first_view.one("div", id="awal").text
    assert "Lihat semua 6 artikel" in [link.text for link in first_view.all("a", href="/artikel")]
    assert listed("/")[0] == addresses[:2]
    assert listed("/artikel") == (addresses[:4], ["/artikel?hal=2"])
    assert listed("/artikel?hal=2") == (addresses[4:], ["/artikel?hal=1"])
    assert page("/artikel?hal=3").status_code == 404


def presented(page: GetPage, tanya: FakeTanya, **given: Any) -> tuple[set[str], str]:
    """What the pages show of a corpus that says so of itself: the names, and the words around them."""
    tanya.corpus = replace(tanya.corpus, **given)
    paths = ("/", "/?q=siapa", "/artikel/suara", "/artikel/tidak-ada", "/docs", "/umpan-balik?q=siapa")
    roots = [parse(page(path).text) for path in paths]
    heads = [root.one("title").text + root.one("meta", name="description").attributes["content"] for root in roots]
    names = {root.one("p", **{"class": "name"}).text for root in roots}
    first = roots[0].one("div", id="awal")
    return names, " ".join([*heads, first.one("h1").text, first.one("p", **{"class": "lead"}).text])


def test_the_page_is_named_after_what_the_articles_are_about(page: GetPage, tanya: FakeTanya) -> None:
    names, text = presented(page, tanya, about="kopi & <teh>")
    assert names == {"Tanya kopi & <teh>"}
    assert "ingin Anda ketahui tentang kopi & <teh>?" in text
    names, text = presented(page, tanya, about=None)
    assert names == {"Tanya"}
    assert "ingin Anda ketahui?" in text
    assert "kata demi kata dari 6 artikel berita." in text
    assert "CSTO" not in text
    assert "tentang" not in text


def test_a_corpus_has_a_name_a_greeting_and_a_colour_of_its_own(
    page: GetPage, client: TestClient, tanya: FakeTanya
) -> None:
    names, text = presented(page, tanya, name="Arsip <Desa>", greeting="Selamat datang & silakan.", color="#aa2255")
    assert names == {"Arsip <Desa>"}
    assert "Selamat datang & silakan." in text
    assert "ingin Anda ketahui" not in text
    sheets = [link.attributes["href"] for link in parse(page("/").text).all("link", rel="stylesheet")]
    assert sheets == ["/static/app.css", "/warna.css"]
    reply = client.get("/warna.css", headers={"Accept": "text/css,*/*;q=0.1"})
    assert (reply.headers["content-type"], "#aa2255" in reply.text) == ("text/css; charset=utf-8", True)
    presented(page, tanya, color=None)
    assert client.get("/warna.css").status_code == 404


def test_where_no_source_states_a_date_it_is_said_once(real: TestClient) -> None:
    text = parse(real.get("/").text).one("aside").text
    assert text.count("mencantumkan tanggal terbit") == 1
    assert "tidak tercantum" not in text


def test_an_answer_shows_its_words_and_the_quote_with_them_marked(read: ReadPage, tanya: FakeTanya) -> None:
    root = read("/?q=kapan")
    answer = tanya.answers["kapan"]
    assert root.one("article").one("h2").text == "kapan"
    assert root.one("p", **{"class": "short"}).text == answer.short_answer
    understood = root.one("p", **{"class": "understood"})
    assert understood.text.startswith("Saya mencari jawaban untuk “Kapan CSTO didirikan?” Bukan itu?")
    assert root.one("div", role="group").attributes["data-kabar"] == answer.text
    figures = root.all("figure")
    assert len(figures) == len(answer.citations)
    for figure, citation in zip(figures, answer.citations, strict=True):
        quote = figure.one("blockquote")
        assert quote.text == citation.quote
        marked = [span.of(citation.article.text) for span in citation.highlights]
        assert [mark.text for mark in quote.all("mark")] == marked
        link, cited = (urlsplit(address) for address in (figure.one("a").attributes["href"], quote.attributes["cite"]))
        assert (link.path, link.fragment) == (cited.path, cited.fragment)
        assert link.query.startswith(cited.query)
    assert [cite.text for cite in root.one("article").all("cite")] == ["Perspektif.co.id", "WahanaNews"]


@pytest.mark.parametrize(
    ("question", "said"), [("kapan", []), ("semua", ["Kutipan ini mungkin"]), ("jahat", ["Belum"])]
)
def test_only_an_answer_in_doubt_says_how_sure_it_is(read: ReadPage, question: str, said: list[str]) -> None:
    notes = read(f"/?q={question}").all("p", **{"class": "confidence"})
    assert [note.text.startswith(words) for note, words in zip(notes, said, strict=True)] == [True] * len(said)


def test_a_quote_with_no_words_of_its_own_to_answer_stands_large(read: ReadPage, tanya: FakeTanya) -> None:
    tanya.answers["apa"] = replace(tanya.answers["kapan"], short_answer=None)
    root = read("/?q=apa")
    assert not root.all("p", **{"class": "short"})
    assert root.one("figure", **{"class": "quote large"}).one("blockquote").text.startswith("CSTO didirikan")


def test_a_short_answer_stands_large_above_its_quote(real: TestClient) -> None:
    root = parse(real.get("/", params={"q": "Siapa Sekretaris Jenderal CSTO?"}).text)
    assert root.one("p", **{"class": "short"}).text.startswith("Imangali Tasmagambetov")


def test_the_passage_around_a_quote_is_the_articles_own_text(read: ReadPage, tanya: FakeTanya) -> None:
    root = read("/?q=kapan")
    for passage, citation in zip(
        root.all("div", **{"class": "passage"}), tanya.answers["kapan"].citations, strict=True
    ):
        assert passage.text in citation.article.text
        assert len(passage.text) > len(citation.quote)


@pytest.mark.parametrize("question", ["kapan", "beda", "jahat"])
def test_the_link_of_every_quote_leads_to_the_same_words_marked(read: ReadPage, question: str) -> None:
    root = read(f"/?q={question}")
    for figure in root.all("figure"):
        url = figure.one("a").attributes["href"]
        article = read(url).one("article", id="teks")
        marks = article.all("mark")
        assert "".join(mark.text for mark in marks) == figure.one("blockquote").text
        assert marks[0].attributes["id"] == urlsplit(url).fragment == "kutipan-1"


def test_the_page_links_where_the_api_links(client: TestClient, read: ReadPage) -> None:
    urls = [citation["url"] for citation in client.get("/ask?q=kapan").json()["citations"]]
    assert [quote.attributes["cite"] for quote in read("/?q=kapan").all("blockquote")] == urls


def test_a_disagreement_shows_each_side_with_its_outlets_and_its_own_quotes(read: ReadPage, tanya: FakeTanya) -> None:
    root = read("/?q=beda")
    sides = root.all("section", **{"class": "side"})
    answer = tanya.answers["beda"]
    assert [side.one("h3").text for side in sides] == [side.claim for side in answer.sides]
    assert [side.one("blockquote").text for side in sides] == [citation.quote for citation in answer.citations]
    assert [side.one("cite").text for side in sides] == ["Perspektif.co.id", "WahanaNews"]
    assert sides[0].one("p", **{"class": "note"}).text == "Juga menurut Suara.com"
    counts = [side.one("div", **{"class": "head"}).one("p").text for side in sides]
    assert counts == ["2 dari 6 sumber", "1 dari 6 sumber"]


def test_several_questions_show_one_block_each_with_its_answer_and_its_quotes(read: ReadPage, tanya: FakeTanya) -> None:
    answer = read("/?q=semua").one("div", role="group")
    blocks = [div for div in answer.all("div") if div.attributes.get("class", "").startswith("card ")]
    assert [block.one("h3").text for block in blocks] == [part.question for part in tanya.answers["semua"].parts]
    founded, signed = (citation.quote for citation in tanya.answers["semua"].citations)
    quotes = [[quote.text for quote in block.all("blockquote")] for block in blocks]
    assert quotes == [[founded, signed], [], [signed], [founded]]
    assert blocks[0].one("p", **{"class": "short"}).text == "1992"
    assert blocks[1].one("p").text == "Tidak ditemukan dalam artikel."
    assert blocks[3].one("p", **{"class": "verdict"}).text == "Artikel-artikel berbeda keterangan"


def test_parts_that_all_find_nothing_still_say_what_was_searched(read: ReadPage, tanya: FakeTanya) -> None:
    none = Part("Siapa presiden Prancis?", "not_found", None, ())
    tanya.answers["nihil"] = Answer("not_found", "Artikel tidak memuat jawabannya.", parts=(none, none))
    answer = read("/?q=nihil").one("div", role="group")
    assert [heading.text for heading in answer.all("h3")] == ["Siapa presiden Prancis?"] * 2
    assert [text.text for text in answer.all("p", **{"class": "text"})] == ["Tidak ditemukan dalam artikel."] * 2


def test_a_disputed_part_shows_its_sides_and_the_other_part_its_quote(read: ReadPage, tanya: FakeTanya) -> None:
    both, mixed = tanya.answers["semua"], tanya.answers["beda"]
    parts = (Part("Kapan?", "conflicting", "1992", (1,)), Part("Di mana?", "answered", None, (2,)))
    tanya.answers["campur"] = replace(both, status="conflicting", sides=mixed.sides[:1], parts=parts)
    answer = read("/?q=campur").one("div", role="group")
    (side,) = answer.all("section", **{"class": "side"})
    assert side.one("h4").text == "1992"
    assert side.one("blockquote").text == both.citations[0].quote
    assert [quote.text for quote in answer.all("blockquote")] == [citation.quote for citation in both.citations]


@pytest.mark.parametrize(("question", "label"), [("kapan", "Tanyakan juga"), ("siapa", "Mungkin maksud Anda:")])
def test_more_questions_are_offered_after_an_answer_and_after_a_refusal(
    read: ReadPage, tanya: FakeTanya, question: str, label: str
) -> None:
    answer = read(f"/?q={question}").one("div", role="group")
    links = answer.one("ul", **{"class": "chips"}).all("a", **{"class": "question"})
    assert [link.text for link in links] == list(tanya.ask(question).suggestions)
    for link in links:
        assert parse_qs(urlsplit(link.attributes["href"]).query) == {"riwayat": [question], "q": [link.text]}
    assert label in [each.text for each in answer.all("p", **{"class": "label"})]


def test_a_refusal_shows_no_quote_and_suggests_questions_as_links(read: ReadPage) -> None:
    root = read("/?q=siapa")
    assert not root.all("blockquote")
    (link,) = root.one("div", role="group").all("a", **{"class": "question"})
    assert link.text == "Kapan CSTO didirikan?"
    query = {"riwayat": ["siapa"], "q": ["Kapan CSTO didirikan?"]}
    assert parse_qs(urlsplit(link.attributes["href"]).query) == query


def test_the_title_is_the_question_for_those_who_get_the_link(read: ReadPage) -> None:
    root = read("/?q=kapan")
    assert root.one("meta", property="og:title").attributes["content"] == root.one("title").text == "kapan – Tanya CSTO"


def test_smalltalk_is_one_line(read: ReadPage, tanya: FakeTanya) -> None:
    answer = read("/?q=halo").one("div", role="group")
    assert answer.text.strip() == tanya.answers["halo"].text


def test_the_form_carries_the_history_without_a_script(read: ReadPage, tanya: FakeTanya) -> None:
    root = read("/", params={"q": "  Kapan?  ", "riwayat": ["Apa itu CSTO?"]})
    assert tanya.asked[0] == ("Kapan?", ["Apa itu CSTO?"])
    assert hidden(root) == ["Apa itu CSTO?", "Kapan?"]


def test_the_thread_shows_every_question_with_its_answer(read: ReadPage) -> None:
    root = read("/", params={"q": "halo", "riwayat": ["kapan", "beda"]})
    turns = root.one("div", id="percakapan").all("article")
    assert [turn.one("h2").text for turn in turns] == ["kapan", "beda", "halo"]
    assert [turn.one("div", role="group").attributes["class"] for turn in turns] == [
        "answer answered",
        "answer conflicting",
        "answer smalltalk",
    ]
    assert root.one("div", id="jawaban") is turns[-1].one("div", role="group")
    ids = [
        element.attributes["id"]
        for tag in ("div", "figure", "h2", "span")
        for element in root.all(tag)
        if "id" in element.attributes
    ]
    assert len(ids) == len(set(ids))


def test_a_question_can_be_asked_as_it_was_typed(read: ReadPage, tanya: FakeTanya) -> None:
    link = read("/?q=kapan").one("p", **{"class": "understood"}).one("a")
    tanya.asked.clear()
    root = read(link.attributes["href"])
    assert [turn.one("div", role="group").attributes["class"] for turn in root.all("article")] == [
        "answer answered",
        "answer not_found",
    ]
    assert [field.attributes["value"] for field in root.all("input", name="persis")] == ["2"]
    assert read("/?q=kapan&persis=1").one("div", role="group").attributes["class"] == "answer not_found"


def test_the_link_to_share_holds_no_more_of_the_conversation_than_it_needs(read: ReadPage) -> None:
    tools = read("/", params={"q": "kapan", "riwayat": ["beda"]}).all("div", **{"class": "tools"})[1]
    assert tools.all("a")[-1].attributes["href"] == "/?q=kapan"


def test_a_follow_up_is_shared_with_what_it_leans_on(real: TestClient) -> None:
    root = parse(real.get("/", params={"q": "Apa tujuannya?", "riwayat": ["Apa itu NATO?"]}).text)
    link = root.all("div", **{"class": "tools"})[1].all("a")[-1].attributes["href"]
    assert parse_qs(urlsplit(link).query) == {"riwayat": ["Apa itu NATO?"], "q": ["Apa tujuannya?"]}


def test_an_answer_is_offered_as_text_with_its_sources(client: TestClient, tanya: FakeTanya) -> None:
    first, second = tanya.answers["kapan"].citations
    reply = client.get("/?q=kapan&bagian=teks")
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.text == (
        "Pertanyaan: kapan\n\n1992, menurut Perspektif.co.id [1]; kutipan lain [2]\n\n"
        f"[1] “{first.quote}”\nPerspektif.co.id, tanggal terbit tidak tercantum\n"
        f"http://testserver{quote_url(first.article, first.span)}\n\n"
        f"[2] “{second.quote}”\nWahanaNews, tanggal terbit tidak tercantum\n"
        f"http://testserver{quote_url(second.article, second.span)}\n"
    )


def test_what_is_taken_away_keeps_the_doubt_the_title_and_the_address(client: TestClient, tanya: FakeTanya) -> None:
    (doubtful,) = tanya.answers["jahat"].citations
    original = replace(doubtful.article, url="https://harian.example/1")
    tanya.answers["jahat"] = replace(tanya.answers["jahat"], citations=(replace(doubtful, article=original),))
    text = client.get("/?q=jahat&bagian=teks").text
    assert "\n\nBelum tentu kutipan ini menjawab" in text
    quote = doubtful.quote  # it has quotation marks of its own, so none are set around it
    assert f"\n\n[1] {quote}\nHarian {EVIL}, “Judul {EVIL}”, 1 Mei 2022\n" in text
    assert text.endswith("#kutipan-1\nArtikel asli: https://harian.example/1\n")
    kept = client.get("/percakapan.md?q=jahat").text
    assert "\n\nBelum tentu kutipan ini menjawab" in kept
    assert "\\\nArtikel asli: https://harian.example/1\n" in kept
    today = date.today()
    assert f"\n\nDiakses {today.day} " in kept
    words = parse(client.get("/?q=jahat", headers={"Accept": "text/html"}).text).one("div", **{"class": "tools"})
    assert "Belum tentu" in words.all("button")[1].attributes["data-words"]


def test_a_title_that_is_the_quote_stands_once(read: ReadPage, client: TestClient, tanya: FakeTanya) -> None:
    article = tanya.corpus["bangkapos"]
    assert article.title
    title = cite(1, article, article.title)
    tanya.answers["kapan"] = Answer("answered", "Menurut Bangka Pos.", confidence="tinggi", citations=(title,))
    assert client.get("/?q=kapan&bagian=teks").text.count(article.title) == 1
    assert "(judul)" in read("/?q=kapan").one("figcaption").text


def test_a_subheading_is_told_from_a_sentence(read: ReadPage, tanya: FakeTanya) -> None:
    heading = cite(1, tanya.corpus["suara"], "Pasukan Penjaga Perdamaian dan Tugasnya")
    tanya.answers["kapan"] = Answer("answered", "Menurut Suara.com.", confidence="tinggi", citations=(heading,))
    assert "(subjudul)" in read("/?q=kapan").one("figcaption").text
    assert "(subjudul)" not in read("/?q=beda").text


def test_the_sides_are_kept_with_the_numbers_of_their_quotes(client: TestClient) -> None:
    text = client.get("/?q=beda&bagian=teks").text
    assert "keterangan:\n- 1992 (Perspektif.co.id, Suara.com) [1]\n- 15 Mei 1992 (WahanaNews) [2]\n\n[1]" in text


def test_the_conversation_is_offered_as_markdown(client: TestClient, tanya: FakeTanya) -> None:
    reply = client.get("/percakapan.md", params={"q": "jahat", "riwayat": ["kapan"]})
    assert reply.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "attachment" in reply.headers["content-disposition"]
    assert reply.text.startswith(
        "# Tanya CSTO\n\n## kapan\n\n1992, menurut Perspektif.co.id [1]; kutipan lain [2]\n\n[1] "
    )
    assert f"> {tanya.answers['kapan'].citations[0].quote}\n" in reply.text
    assert "\\<script\\>" in reply.text
    assert "<script>" not in reply.text


def test_the_text_of_an_answer_shows_its_parts(client: TestClient) -> None:
    for address in ("/?q=semua&bagian=teks", "/percakapan.md?q=semua"):
        text = client.get(address).text.replace("\\", "")
        assert (
            "\n\nKapan CSTO didirikan? 1992, menurut Perspektif.co.id [1]; kutipan lain [2]\n\n"
            "Siapa presiden Prancis? Tidak ditemukan dalam artikel.\n\n"
        ) in text


def test_a_turn_carries_the_markdown_of_its_own_for_the_export_of_a_long_conversation(
    read: ReadPage, client: TestClient
) -> None:
    root = read("/", params={"q": "beda", "riwayat": ["kapan"]})
    carried = [turn.attributes["data-markdown"] for turn in root.one("div", id="percakapan").all("article")]
    whole = client.get("/percakapan.md", params={"q": "beda", "riwayat": ["kapan"]}).text
    assert whole == "\n".join(["# Tanya CSTO\n", *carried])


def test_the_form_keeps_the_last_ten_questions(read: ReadPage) -> None:
    asked = [f"Pertanyaan {n}?" for n in range(10)]
    root = read("/", params={"q": "Kapan?", "riwayat": asked})
    assert hidden(root) == [*asked[1:], "Kapan?"]


def test_the_script_gets_the_answer_alone(read: ReadPage, page: GetPage) -> None:
    part = read("/?q=kapan&bagian=jawaban")
    assert not part.all("html")
    whole = parse(page("/?q=kapan").text)
    turn = part.one("article")
    assert turn.text == whole.one("article").text
    assert turn.attributes["data-address"] == "/?q=kapan"
    assert turn.attributes["data-next"] == "riwayat=kapan"
    assert read("/?q=kapan&bagian=jawaban&urutan=17").one("div", role="group").attributes["id"] == "jawaban-17"


@pytest.mark.parametrize("question", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"])
def test_a_question_is_shown_as_text_only(read: ReadPage, question: str) -> None:
    root = read("/", params={"q": question, "riwayat": [question]})
    assert [heading.text for heading in root.one("div", id="percakapan").all("h2")] == [question, question]
    assert hidden(root) == [question, question]
    assert root.one("title").text == f"{question} – Tanya CSTO"
    assert [script.attributes["src"] for script in root.all("script")] == ["/static/theme.js", "/static/app.js"]
    assert not root.all("img")


def test_a_hostile_article_is_shown_as_text_only(read: ReadPage, tanya: FakeTanya) -> None:
    root = read("/?q=jahat")
    turn = root.one("div", id="percakapan")
    assert turn.one("cite").text == f"Harian {EVIL}"
    assert turn.one("blockquote").text == f'Kata "{EVIL}" & 😀 dipakai.'
    assert f"Harian {EVIL}, 1 Mei 2022" in turn.one("figcaption").text
    article = read("/artikel/jahat")
    assert article.one("h1").text == f"Judul {EVIL}"
    assert article.one("article", id="teks").text == tanya.corpus["jahat"].text
    assert [len(each.all("script")) for each in (root, article)] == [2, 2]


def test_an_article_page_holds_its_text_character_for_character(read: ReadPage, tanya: FakeTanya) -> None:
    for article in tanya.corpus.articles:
        shown = read(f"/artikel/{article.id}").one("article", id="teks")
        assert shown.text == article.text
        assert not shown.all("mark")
        boilerplate = [span.of(article.text) for span in article.boilerplate]
        pieces = shown.all("span", **{"class": "boilerplate"})
        assert "".join(piece.text for piece in pieces) == "".join(boilerplate)


@pytest.mark.parametrize("article", ["bangkapos", "cnbc-indonesia", "suara", "jahat"])
def test_a_title_stands_once_as_the_heading_of_its_page(read: ReadPage, tanya: FakeTanya, article: str) -> None:
    known = tanya.corpus[article]
    (heading,) = read(f"/artikel/{article}").all("h1")
    assert heading.text.strip() == (known.title or f"Artikel {known.outlet}")


def test_a_question_is_asked_of_one_article_alone(read: ReadPage, tanya: FakeTanya) -> None:
    form = read("/artikel/suara").one("form", **{"class": "about"})
    assert form.one("input", name="artikel").attributes["value"] == "suara"
    root = read("/?artikel=suara&q=Apa+itu+CSTO%3F")
    assert (tanya.asked[-1], tanya.within) == (("Apa itu CSTO?", []), {"suara"})
    scope = root.one("p", **{"class": "scope"})
    assert scope.text == "Ditanyakan kepada artikel Suara.com saja. Cari di semua artikel"
    assert scope.one("a").attributes["href"] == "/?riwayat=Apa+itu+CSTO%3F&q=Apa+itu+CSTO%3F&artikel=1%3Asuara"
    assert not read("/?artikel=1:suara&riwayat=kapan&q=kapan").one("div", id="jawaban").all("p", **{"class": "scope"})
    assert tanya.within == {"suara"}  # the earlier question, asked last


def test_an_article_that_there_is_not_is_asked_nothing(page: GetPage, tanya: FakeTanya) -> None:
    for path in ("/?artikel=tidak-ada&q=kapan", "/artikel/suara?artikel=tidak-ada&q=kapan"):
        assert page(path).status_code == 404
    assert tanya.asked == []


def test_an_article_leads_back_to_the_conversation_it_is_read_beside(read: ReadPage) -> None:
    def back(path: str) -> tuple[str, str]:
        link = read(path).one("a", id="kembali")
        return link.text, link.attributes["href"]

    assert back("/artikel/suara") == ("Ajukan pertanyaan", "/")
    assert back("/artikel?q=kapan") == ("Kembali ke percakapan", "/?q=kapan#jawaban")
    assert back("/artikel/suara?q=kapan&asal=j1-k2") == ("Kembali ke jawaban", "/?q=kapan#j1-k2")
    beside = read("/artikel/suara?riwayat=beda&q=kapan&persis=1")
    fields = beside.one("form", **{"class": "about"}).all("input", type="hidden")
    assert [(field.attributes["name"], field.attributes["value"]) for field in fields] == [
        *[("riwayat", "beda"), ("riwayat", "kapan"), ("persis", "1"), ("artikel", "suara")]
    ]


def test_the_panel_gets_the_article_alone_one_level_down(read: ReadPage, tanya: FakeTanya) -> None:
    part = read("/artikel/suara?kutip=0-10&bagian=artikel")
    assert not part.all("html")
    assert not part.all("h1")
    assert part.one("article", id="teks").text == tanya.corpus["suara"].text


def test_an_article_that_is_shown_again_has_the_marks_and_the_text_of_this_time(
    client: TestClient, read: ReadPage, tanya: FakeTanya
) -> None:
    text = tanya.corpus["suara"].text
    for end in (0, 3, 0, 9, 9):
        shown = read(f"/artikel/suara?kutip=0-{end}").all("mark")
        assert "".join(mark.text for mark in shown) == text[:end]
    other = FakeTanya()
    other.corpus = Corpus((Article("suara", "Suara.com", "Lain sekali."),))
    assert isinstance(client.app, FastAPI)
    use(client.app, other)  # type: ignore[arg-type]
    assert read("/artikel/suara").one("article", id="teks").text == "Lain sekali."


def test_within_another_page_every_question_stays_in_the_small_view(read: ReadPage) -> None:
    root = read("/?q=kapan&tampilan=ringkas")
    assert root.one("html").attributes["class"] == "compact"
    links = [link.attributes["href"] for link in root.one("div", id="percakapan").all("a", **{"class": "question"})]
    assert links
    assert all(link.endswith("&tampilan=ringkas") for link in links)
    assert root.one("form", id="tanya").one("input", name="tampilan").attributes["value"] == "ringkas"


def test_an_article_without_a_date_says_so(read: ReadPage) -> None:
    assert "Tanggal terbit tidak tercantum" in read("/artikel/suara").text
    assert "1 Mei 2022" in read("/artikel/jahat").text


def test_several_quotes_are_marked_and_numbered(read: ReadPage, tanya: FakeTanya) -> None:
    text = tanya.corpus["suara"].text
    marks = read("/artikel/suara?kutip=20-30&kutip=0-10,40-50").all("mark")
    assert [mark.text for mark in marks] == [text[0:10], text[20:30], text[40:50]]
    assert [mark.attributes["id"] for mark in marks] == ["kutipan-1", "kutipan-2", "kutipan-3"]


@pytest.mark.parametrize("range_", ["x", "5-2", "0-999999", "<script>"])
def test_a_broken_link_to_a_quote_still_shows_the_article_with_a_notice(read: ReadPage, range_: str) -> None:
    root = read("/artikel/suara", params={"kutip": range_})
    assert "tidak ada dalam artikel ini" in root.one("p", role="alert").text
    assert not root.all("mark")


def test_a_sound_link_has_no_notice(read: ReadPage) -> None:
    assert not read("/artikel/suara?kutip=0-10").all("p", role="alert")


def test_every_file_that_a_page_names_is_served(read: ReadPage, client: TestClient) -> None:
    root = read("/")
    names = [link.attributes["href"] for link in root.all("link")]
    names += [script.attributes["src"] for script in root.all("script")]
    assert len(names) == 4
    for name in names:
        assert client.get(name).status_code == 200


def colours(sheet: str) -> dict[str, dict[str, str]]:
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", sheet)
    return {"light": {name: light for name, light, _ in pairs}, "dark": {name: dark for name, _, dark in pairs}}


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(client: TestClient, scheme: str) -> None:
    palette = colours(client.get("/static/app.css").text)[scheme]
    texts = [(ink, ground) for ink in ("ink", "quiet", "link", "alert") for ground in ("paper", "raised", "sunken")]
    for ink, ground in (*texts, ("on-mark", "mark"), ("on-link", "link")):
        low, high = sorted((luminance(palette[ink]), luminance(palette[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, f"WCAG AA: {ink} on {ground}"


def test_a_line_break_in_a_question_forges_no_citation(client: TestClient) -> None:
    forged = "kapan itu?\u2028\u2028[1] “CSTO bubar.”\u2028CNBC Indonesia"
    text = client.get("/", params={"q": forged, "bagian": "teks"}, headers={"Accept": "text/html"}).text
    assert "kapan itu? [1] “CSTO bubar.” CNBC Indonesia" in text
