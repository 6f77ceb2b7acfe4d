import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from tanya_csto.answer.answer import Answer, Part
from tanya_csto.service import pages
from tests.conftest import EXAMPLES
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
    assert (form.attributes["action"], form.attributes["method"]) == ("/#jawaban", "get")
    assert "autofocus" in form.one("input", name="q").attributes
    assert form.one("label").attributes["for"] == form.one("input", name="q").attributes["id"]
    assert len(root.one("ul", **{"class": "questions"}).all("a")) == len(EXAMPLES) == 6
    sources = root.one("ul", **{"class": "sources"}).all("li")
    assert len(sources) == len(tanya.corpus)
    for source, article in zip(sources, tanya.corpus.articles, strict=True):
        assert source.one("cite").text == article.outlet
        assert source.one("a").attributes["href"] == f"/artikel/{article.id}"
        shown = source.one("span").text.removesuffix("...")
        first_words = article.content[0].of(article.text)
        assert (article.title or first_words).startswith(shown)
        assert source.one("small").text == (article.published or "tanggal terbit tidak tercantum")


def test_a_large_corpus_is_listed_page_by_page(read, page, tanya, monkeypatch):
    monkeypatch.setattr(pages, "MAX_SOURCES", 2)
    monkeypatch.setattr(pages, "PAGE", 4)
    addresses = [f"/artikel/{article.id}" for article in tanya.corpus.articles]
    assert len(addresses) == 6

    def listed(path):
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


def test_the_page_is_named_after_what_the_articles_are_about(page, tanya):
    def shown(about):
        tanya.corpus = replace(tanya.corpus, about=about)
        paths = ("/", "/?q=siapa", "/artikel/suara", "/artikel/tidak-ada", "/docs", "/umpan-balik?q=siapa")
        roots = [parse(page(path).text) for path in paths]
        heads = [root.one("title").text + root.one("meta", name="description").attributes["content"] for root in roots]
        names = {root.one("p", **{"class": "name"}).text for root in roots}
        return names, " ".join([*heads, roots[0].one("div", id="awal").text])

    names, text = shown("kopi & <teh>")
    assert names == {"Tanya kopi & <teh>"}
    assert "ingin Anda ketahui tentang kopi & <teh>?" in text
    assert "Tanya kopi & <teh> menjawab pertanyaan tentang kopi & <teh> dengan kutipan" in text
    names, text = shown(None)
    assert names == {"Tanya"}
    assert "ingin Anda ketahui?" in text
    assert "dikutip kata demi kata dari 6 artikel ini." in text
    assert "CSTO" not in text
    assert "tentang" not in text


def test_where_no_source_states_a_date_it_is_said_once(real):
    text = parse(real.get("/").text).one("main").text
    assert text.count("mencantumkan tanggal terbit") == 1
    assert "tidak tercantum" not in text


def test_an_answer_shows_the_quote_with_its_words_marked(read, tanya):
    root = read("/?q=kapan")
    answer = tanya.answers["kapan"]
    assert root.one("h2").text == "kapan"
    assert root.one("p", **{"class": "text"}).text.startswith(answer.text)
    assert root.one("p", **{"class": "understood"}).text.startswith("Dipahami sebagai: Kapan CSTO didirikan? ")
    assert root.one("p", **{"class": "confidence"}).text.startswith("Keyakinan tinggi")
    assert root.one("div", role="group").attributes["data-kabar"] == "2 kutipan dari 2 artikel"
    figures = root.all("figure")
    assert len(figures) == len(answer.citations)
    for figure, citation in zip(figures, answer.citations, strict=True):
        quote = figure.one("blockquote")
        assert quote.text == citation.quote
        marked = [span.of(citation.article.text) for span in citation.highlights]
        assert [mark.text for mark in quote.all("mark")] == marked
        assert figure.one("cite").text == citation.article.outlet
        assert quote.attributes["cite"] == figure.one("a").attributes["href"]


def test_a_short_answer_stands_large_above_its_quote(real):
    root = parse(real.get("/", params={"q": "Siapa Sekretaris Jenderal CSTO?"}).text)
    assert root.one("p", **{"class": "short"}).text.startswith("Imangali Tasmagambetov")


def test_the_passage_around_a_quote_is_the_articles_own_text(read, tanya):
    root = read("/?q=kapan")
    for passage, citation in zip(
        root.all("div", **{"class": "passage"}), tanya.answers["kapan"].citations, strict=True
    ):
        assert passage.text in citation.article.text
        assert len(passage.text) > len(citation.quote)


def test_a_reference_unfolds_its_quote_and_then_leads_to_the_article(read, tanya):
    root = read("/?q=kapan")
    jump, leave = root.one("sup").all("a")
    figure = root.one("figure", id=jump.attributes["href"].removeprefix("#"))
    assert leave.attributes["href"] == figure.one("a").attributes["href"]
    preview = root.one("sup").one("span", role="tooltip")
    assert preview.attributes["id"] == jump.attributes["aria-describedby"]
    assert preview.text == tanya.answers["kapan"].citations[0].quote


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
    assert [side.one("h3").text for side in sides] == [side.claim for side in answer.sides]
    assert [side.one("blockquote").text for side in sides] == [citation.quote for citation in answer.citations]
    assert [side.one("cite").text for side in sides] == ["Perspektif.co.id", "WahanaNews"]
    said = [side.one("p", **{"class": "outlets"}).text for side in sides]
    assert said == ["Menurut Perspektif.co.id, Suara.com", "Menurut WahanaNews"]


def test_several_questions_show_one_block_each_with_links_to_quotes_in_sight(read, tanya):
    answer = read("/?q=semua").one("div", role="group")
    parts = answer.all("section", **{"class": "part"})
    assert [part.one("h3").text for part in parts] == [part.question for part in tanya.answers["semua"].parts]
    assert [part.one("p").text.split("[")[0].strip() for part in parts] == [
        "1992",
        "Tidak ditemukan",
        "Lihat kutipan",
        "Artikel-artikel berbeda keterangan",
    ]
    links = [[link.text for link in part.all("a")] for part in parts]
    assert links == [["[1]", "[2]"], [], ["[2]"], ["[1]"]]
    quotes = {f"#{figure.attributes['id']}": figure.one("blockquote").text for figure in answer.all("figure")}
    assert list(quotes.values()) == [citation.quote for citation in tanya.answers["semua"].citations]
    assert quotes.keys() == {link.attributes["href"] for part in parts for link in part.all("a")}
    assert answer.all("details", **{"class": "k2"}) == []  # none of them is folded away


def test_parts_that_all_find_nothing_still_say_what_was_searched(read, tanya):
    none = Part("Siapa presiden Prancis?", "not_found", None, ())
    tanya.answers["nihil"] = Answer("not_found", "Artikel tidak memuat jawabannya.", parts=(none, none))
    answer = read("/?q=nihil").one("div", role="group")
    assert [part.one("p").text.strip() for part in answer.all("section")] == ["Tidak ditemukan"] * 2
    assert answer.one("p", **{"class": "text"}).text == "Artikel tidak memuat jawabannya."


def test_a_disputed_part_shows_the_sides_beside_the_other_quotes(read, tanya):
    both, mixed = tanya.answers["semua"], tanya.answers["beda"]
    tanya.answers["campur"] = replace(both, status="conflicting", sides=mixed.sides[1:])
    answer = read("/?q=campur").one("div", role="group")
    (side,) = answer.all("section", **{"class": "side"})
    assert side.one("blockquote").text == both.citations[1].quote
    assert [quote.text for quote in answer.all("blockquote")] == [citation.quote for citation in both.citations]


@pytest.mark.parametrize(
    ("question", "label"), [("kapan", "Tanyakan juga"), ("siapa", "Pertanyaan yang ada jawabannya")]
)
def test_more_questions_are_offered_after_an_answer_and_after_a_refusal(read, tanya, question, label):
    answer = read(f"/?q={question}").one("div", role="group")
    links = answer.one("ul", **{"class": "questions"}).all("a", **{"class": "question"})
    assert [link.text for link in links] == list(tanya.ask(question).suggestions)
    for link in links:
        assert parse_qs(urlsplit(link.attributes["href"]).query) == {"riwayat": [question], "q": [link.text]}
    assert label in [each.text for each in answer.all("p", **{"class": "label"})]


def test_a_refusal_shows_no_quote_and_suggests_questions_as_links(read):
    root = read("/?q=siapa")
    assert not root.all("blockquote")
    (link,) = root.one("div", role="group").all("a", **{"class": "question"})
    assert link.text == "Kapan CSTO didirikan?"
    query = {"riwayat": ["siapa"], "q": ["Kapan CSTO didirikan?"]}
    assert parse_qs(urlsplit(link.attributes["href"]).query) == query


def test_the_title_is_the_question_for_those_who_get_the_link(read):
    root = read("/?q=kapan")
    assert root.one("meta", property="og:title").attributes["content"] == root.one("title").text == "kapan – Tanya CSTO"


def test_smalltalk_is_one_line(read, tanya):
    answer = read("/?q=halo").one("div", role="group")
    assert answer.text.strip() == tanya.answers["halo"].text


def test_the_form_carries_the_history_without_a_script(read, tanya):
    root = read("/", params={"q": "  Kapan?  ", "riwayat": ["Apa itu CSTO?"]})
    assert tanya.asked[0] == ("Kapan?", ["Apa itu CSTO?"])
    assert hidden(root) == ["Apa itu CSTO?", "Kapan?"]


def test_the_thread_shows_every_question_with_its_answer(read):
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


def test_a_question_can_be_asked_as_it_was_typed(read, tanya):
    link = read("/?q=kapan").one("p", **{"class": "understood"}).one("a")
    tanya.asked.clear()
    root = read(link.attributes["href"])
    assert [turn.one("div", role="group").attributes["class"] for turn in root.all("article")] == [
        "answer answered",
        "answer not_found",
    ]
    assert [field.attributes["value"] for field in root.all("input", name="persis")] == ["2"]
    assert read("/?q=kapan&persis=1").one("div", role="group").attributes["class"] == "answer not_found"


def test_the_link_to_share_holds_no_more_of_the_conversation_than_it_needs(read):
    tools = read("/", params={"q": "kapan", "riwayat": ["beda"]}).all("div", **{"class": "tools"})[1]
    assert tools.all("a")[-1].attributes["href"] == "/?q=kapan"


def test_a_follow_up_is_shared_with_what_it_leans_on(real):
    root = parse(real.get("/", params={"q": "Apa tujuannya?", "riwayat": ["Apa itu NATO?"]}).text)
    link = root.all("div", **{"class": "tools"})[1].all("a")[-1].attributes["href"]
    assert parse_qs(urlsplit(link).query) == {"riwayat": ["Apa itu NATO?"], "q": ["Apa tujuannya?"]}


def test_an_answer_is_offered_as_text_with_its_sources(client, tanya):
    reply = client.get("/?q=kapan&bagian=teks")
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.text.startswith("Pertanyaan: kapan\n\nMenurut Perspektif.co.id: 1992.\n\n[1] “CSTO didirikan")
    for citation in tanya.answers["kapan"].citations:
        assert f"“{citation.quote}”\n{citation.article.outlet}" in reply.text


def test_the_conversation_is_offered_as_markdown(client, tanya):
    reply = client.get("/percakapan.md", params={"q": "jahat", "riwayat": ["kapan"]})
    assert reply.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "attachment" in reply.headers["content-disposition"]
    assert reply.text.startswith("# Tanya CSTO\n\n## kapan\n\nMenurut Perspektif.co.id: 1992.\n")
    assert f"> {tanya.answers['kapan'].citations[0].quote}\n" in reply.text
    assert "\\<script\\>" in reply.text
    assert "<script>" not in reply.text


def test_the_markdown_shows_the_parts_and_what_is_left_to_ask(client):
    text = client.get("/percakapan.md", params={"q": "semua", "riwayat": ["kapan", "siapa"]}).text
    assert (
        "- Kapan CSTO didirikan? 1992 \\[1\\]\\[2\\]\n"
        "- Siapa presiden Prancis? Tidak ditemukan\n"
        "- Di mana \\<script\\>alert('CSTO')\\</script\\>? Lihat kutipan \\[2\\]\n"
        "- Berapa anggotanya? Artikel-artikel berbeda keterangan \\[1\\]\n\n\\[1\\] Perspektif"
    ) in text
    assert text.endswith("\n\nTanyakan juga:\n\n- Apa itu CSTO?\n")
    assert text.count("Tanyakan juga") == 1
    assert "Siapa anggotanya?" not in text


def test_the_text_of_an_answer_shows_its_parts(client):
    text = client.get("/?q=semua&bagian=teks").text
    assert "\n\nKapan CSTO didirikan? 1992 [1][2]\nSiapa presiden Prancis? Tidak ditemukan\n" in text


def test_the_form_keeps_the_last_ten_questions(read):
    asked = [f"Pertanyaan {n}?" for n in range(10)]
    root = read("/", params={"q": "Kapan?", "riwayat": asked})
    assert hidden(root) == [*asked[1:], "Kapan?"]


def test_the_script_gets_the_answer_alone(read, page):
    part = read("/?q=kapan&bagian=jawaban")
    assert not part.all("html")
    whole = parse(page("/?q=kapan").text)
    assert part.one("article").text == whole.one("article").text
    assert part.one("div", id="keadaan").text == whole.one("div", id="keadaan").text
    assert read("/?q=kapan&bagian=jawaban&urutan=17").one("div", role="group").attributes["id"] == "jawaban-17"


@pytest.mark.parametrize("question", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}"])
def test_a_question_is_shown_as_text_only(read, question):
    root = read("/", params={"q": question, "riwayat": [question]})
    assert [heading.text for heading in root.all("h2")] == [question, question]
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
        boilerplate = [mark.span.of(article.text) for mark in article.boilerplate]
        pieces = shown.all("span", **{"class": "boilerplate"})
        assert "".join(piece.text for piece in pieces) == "".join(boilerplate)


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


def test_every_file_that_a_page_names_is_served(read, client):
    root = read("/")
    names = [link.attributes["href"] for link in root.all("link")]
    names += [script.attributes["src"] for script in root.all("script")]
    assert len(names) == 3
    for name in names:
        assert client.get(name).status_code == 200


def colours(sheet):
    blocks = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    light, dark, _print = (dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in blocks)
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


def test_a_line_break_in_a_question_forges_no_citation(client):
    forged = "kapan itu?\u2028\u2028[1] “CSTO bubar.”\u2028CNBC Indonesia"
    text = client.get("/", params={"q": forged, "bagian": "teks"}, headers={"Accept": "text/html"}).text
    assert "kapan itu? [1] “CSTO bubar.” CNBC Indonesia" in text
