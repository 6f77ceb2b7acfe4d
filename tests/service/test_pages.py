import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.service.conftest import EVIL
from tests.service.html import parse


@pytest.fixture
def read(page):
    def get(path, **options):
        reply = page(path, **options)
        assert (reply.status_code, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
        return parse(reply.text)

    return get


def hidden(root):
    return [field.attributes["value"] for field in root.all("input", name="riwayat")]


def test_the_first_view_offers_the_form_examples_and_every_source(read, tanya):
    root = read("/")
    form = root.one("form")
    assert (form.attributes["action"], form.attributes["method"]) == ("/", "get")
    assert form.one("label").attributes["for"] == form.one("input", name="q").attributes["id"]
    assert len(root.one("ul", **{"class": "questions"}).all("a")) >= 3
    sources = root.one("ul", **{"class": "sources"}).all("li")
    assert len(sources) == len(tanya.corpus)
    for source, article in zip(sources, tanya.corpus.articles, strict=True):
        assert source.one("cite").text == article.outlet
        assert source.one("a").attributes["href"] == f"/artikel/{article.id}"
        shown = source.one("span").text.removesuffix("...")
        first_words = article.content[0].of(article.text)
        assert (article.title or first_words).startswith(shown)


def test_an_answer_shows_the_quote_with_its_words_marked(read, tanya):
    root = read("/?q=kapan")
    answer = tanya.answers["kapan"]
    assert root.one("p", **{"class": "asked"}).text == "kapan"
    assert root.one("p", **{"class": "text"}).text == answer.text
    assert root.one("p", **{"class": "understood"}).text == "Dipahami sebagai: Kapan CSTO didirikan?"
    assert root.one("p", **{"class": "confidence"}).text == "Keyakinan: tinggi"
    figures = root.all("figure")
    assert len(figures) == len(answer.citations)
    for figure, citation in zip(figures, answer.citations, strict=True):
        quote = figure.one("blockquote")
        assert quote.text == citation.quote
        marked = [span.of(citation.article.text) for span in citation.highlights]
        assert [mark.text for mark in quote.all("mark")] == marked
        assert figure.one("cite").text == citation.article.outlet


@pytest.mark.parametrize("question", ["kapan", "beda", "jahat"])
def test_the_link_of_every_quote_leads_to_the_same_words_marked(read, question):
    root = read(f"/?q={question}")
    for figure in root.all("figure"):
        url = figure.one("a").attributes["href"]
        article = read(url).one("article", id="teks")
        marks = article.all("mark")
        assert "".join(mark.text for mark in marks) == figure.one("blockquote").text
        assert marks[0].attributes["id"] == urlsplit(url).fragment == "kutipan-1"


def test_the_page_links_where_the_api_links(client, read):
    urls = [citation["url"] for citation in client.get("/ask?q=kapan").json()["citations"]]
    assert [figure.one("a").attributes["href"] for figure in read("/?q=kapan").all("figure")] == urls


def test_a_disagreement_shows_each_side_with_its_own_quotes(read, tanya):
    sides = read("/?q=beda").all("section", **{"class": "side"})
    answer = tanya.answers["beda"]
    assert [side.one("h2").text for side in sides] == [side.claim for side in answer.sides]
    assert [side.one("blockquote").text for side in sides] == [citation.quote for citation in answer.citations]
    assert [side.one("cite").text for side in sides] == ["Perspektif.co.id", "WahanaNews"]


def test_a_refusal_shows_no_quote_and_suggests_questions_as_links(read):
    root = read("/?q=siapa")
    assert not root.all("blockquote")
    link = root.one("section").one("a")
    assert link.text == "Kapan CSTO didirikan?"
    assert parse_qs(urlsplit(link.attributes["href"]).query) == {"q": ["Kapan CSTO didirikan?"]}


def test_smalltalk_is_one_line(read, tanya):
    answer = read("/?q=halo").one("section")
    assert answer.text.strip() == tanya.answers["halo"].text


def test_the_form_carries_the_history_without_a_script(read, tanya):
    root = read("/", params={"q": "  Kapan?  ", "riwayat": ["Apa itu CSTO?"]})
    assert tanya.asked == [("Kapan?", ["Apa itu CSTO?"])]
    assert hidden(root) == ["Apa itu CSTO?", "Kapan?"]
    assert [link.text for link in root.one("nav").all("a")] == ["Apa itu CSTO?"]


def test_the_form_keeps_the_last_ten_questions(read):
    asked = [f"Pertanyaan {n}?" for n in range(10)]
    root = read("/", params={"q": "Kapan?", "riwayat": asked})
    assert hidden(root) == [*asked[1:], "Kapan?"]


def test_the_script_gets_the_answer_alone(read, page):
    part = read("/?q=kapan&bagian=jawaban")
    assert not part.all("html")
    assert part.one("section", **{"class": "answer answered"}).text in parse(page("/?q=kapan").text).text


@pytest.mark.parametrize("question", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"])
def test_a_question_is_shown_as_text_only(read, question):
    root = read("/", params={"q": question, "riwayat": [question]})
    assert root.one("p", **{"class": "asked"}).text == question
    assert hidden(root) == [question, question]
    assert root.one("title").text == f"{question} – Tanya CSTO"
    assert [script.attributes for script in root.all("script")] == [{"src": "/static/app.js", "defer": None}]
    assert not root.all("img")


def test_a_hostile_article_is_shown_as_text_only(read, tanya):
    root = read("/?q=jahat")
    assert root.one("cite").text == f"Harian {EVIL}"
    assert root.one("blockquote").text == f'Kata "{EVIL}" & 😀 dipakai.'
    assert f"Harian {EVIL}, 1 Mei 2022" in root.one("figcaption").text
    article = read("/artikel/jahat")
    assert article.one("h1").text == f"Judul {EVIL}"
    assert article.one("article", id="teks").text == tanya.corpus["jahat"].text
    assert len(root.all("script")) == 1
    assert not article.all("script")


def test_an_article_page_holds_its_text_character_for_character(read, tanya):
    for article in tanya.corpus.articles:
        shown = read(f"/artikel/{article.id}").one("article", id="teks")
        assert shown.text == article.text
        assert not shown.all("mark")
        furniture = [mark.span.of(article.text) for mark in article.furniture]
        pieces = shown.all("span", **{"class": "furniture"})
        assert "".join(piece.text for piece in pieces) == "".join(furniture)


def test_an_article_without_a_date_says_so(read):
    assert "tanggal terbit tidak tercantum" in read("/artikel/suara").text
    assert "1 Mei 2022" in read("/artikel/jahat").text


def test_several_quotes_are_marked_and_numbered(read, tanya):
    text = tanya.corpus["suara"].text
    marks = read("/artikel/suara?kutip=20-30&kutip=0-10,40-50").all("mark")
    assert [mark.text for mark in marks] == [text[0:10], text[20:30], text[40:50]]
    assert [mark.attributes["id"] for mark in marks] == ["kutipan-1", "kutipan-2", "kutipan-3"]


@pytest.mark.parametrize("range_", ["x", "5-2", "0-999999", "<script>"])
def test_a_broken_link_to_a_quote_still_shows_the_article_with_a_notice(read, range_):
    root = read("/artikel/suara", params={"kutip": range_})
    assert "tidak ada dalam artikel ini" in root.one("p", role="alert").text
    assert not root.all("mark")


def test_a_sound_link_has_no_notice(read):
    assert not read("/artikel/suara?kutip=0-10").all("p", role="alert")


def test_pages_answer_head(client):
    assert client.head("/").status_code == 200
    assert client.head("/artikel/suara").status_code == 200


def test_every_file_that_a_page_names_is_served(read, client):
    root = read("/")
    names = [link.attributes["href"] for link in root.all("link")]
    names += [script.attributes["src"] for script in root.all("script")]
    assert len(names) == 3
    for name in names:
        assert client.get(name).status_code == 200


def colours(sheet):
    blocks = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in blocks)
    return {"light": light, "dark": dark}


def luminance(colour):
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [(ink, ground) for ink in ("ink", "quiet", "link", "alert") for ground in ("paper", "raised")]
    + [("on-mark", "mark"), ("on-link", "link")],
)
def test_every_text_stands_out_from_its_ground(client, scheme, ink, ground):
    palette = colours(client.get("/static/app.css").text)[scheme]
    low, high = sorted((luminance(palette[ink]), luminance(palette[ground])))
    assert (high + 0.05) / (low + 0.05) >= 4.5, "WCAG AA"
