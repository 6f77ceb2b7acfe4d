"""Asking: the first view, the kinds of answer, follow-ups, completion, and a question as it was typed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import ANSWERED, CONFLICTING, MISSPELT, REFUSED, Visit, send, until
from tests.conftest import EXAMPLES

TWO = "Kapan CSTO didirikan dan di mana kantor pusatnya?"


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def test_the_first_view_is_ready_to_type(visit: Visit) -> None:
    page = visit.open()
    assert focused(page) == "q"
    assert page.locator(".examples span").all_inner_texts() == list(EXAMPLES)
    assert page.locator(".examples a:has(small)").count() == 2
    assert page.locator("#panel .sources li").count() == 5


def test_who_types_on_after_an_answer_writes_into_the_field(visit: Visit) -> None:
    page = visit.open()
    answer = visit.ask(ANSWERED)
    assert answer.locator(".short").inner_text() == "Imangali Tasmagambetov"
    assert focused(page) == "q"
    page.locator("body").click(position={"x": 5, "y": 400})
    page.keyboard.type("Lalu?")
    assert page.input_value("#q") == "Lalu?"
    assert page.title() == f"{ANSWERED} – Tanya CSTO"


def test_the_live_region_says_the_answer(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    until(page, lambda: page.locator("#kabar").text_content().startswith("Imangali Tasmagambetov, menurut Perspektif"))
    assert page.locator("[role=status]").count() == 1


def test_a_sure_answer_says_nothing_of_how_sure_it_is(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    assert "keyakinan" not in page.locator("#percakapan").inner_text().lower()
    assert "hampir pasti" not in page.locator("#percakapan").inner_text()


def test_a_follow_up_goes_on_in_the_thread_and_survives_a_reload(visit: Visit) -> None:
    page = visit.open()
    visit.ask(CONFLICTING)
    answer = visit.ask("Kalau NATO?")
    assert "Saya mencari jawaban untuk “Kapan NATO didirikan?” Bukan itu?" in answer.inner_text()
    shown = page.locator("#percakapan blockquote").all_text_contents()
    page.reload()
    assert page.locator(".asked h2").all_inner_texts() == [CONFLICTING, "Kalau NATO?"]
    assert page.locator("#percakapan blockquote").all_text_contents() == shown


def test_a_disagreement_names_every_outlet_and_shows_every_side(visit: Visit) -> None:
    visit.open()
    answer = visit.ask(CONFLICTING)
    sides = answer.locator(".side")
    assert [side.split("\n")[0] for side in sides.all_inner_texts()] == ["1992", "Antara tahun 1992 dan 2002", "2002"]
    outlets = answer.locator("cite:visible").all_inner_texts()
    assert sorted(outlets) == ["Bangka Pos", "CNBC Indonesia", "Perspektif.co.id", "Suara.com", "WahanaNews"]
    assert "2 dari 5 sumber" in sides.first.inner_text()
    assert answer.locator("blockquote:visible mark").all_inner_texts() == ["1992", "antara tahun 1992 dan 2002", "2002"]
    folded = sides.first.locator(".folded")
    assert "yang dibentuk pada 1992." in folded.locator("summary").inner_text()
    folded.locator("summary").click()
    assert folded.locator("mark").inner_text() == "1992"


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (768, True), (360, False)])
def test_the_years_of_a_disagreement_read_as_a_column(visit: Visit, width: int, beside: bool) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    visit.open()
    side = visit.ask(CONFLICTING).locator(".side").first
    claim, quote = side.locator(".claim").bounding_box(), side.locator("blockquote").first.bounding_box()
    assert (claim["x"] + claim["width"] <= quote["x"]) == beside
    assert (claim["y"] + claim["height"] <= quote["y"]) != beside


def test_the_sides_stand_one_below_the_other(visit: Visit) -> None:
    visit.open()
    sides = visit.ask("Siapa saja anggota CSTO?").locator(".side")
    first, second = (sides.nth(n).bounding_box() for n in range(2))
    assert first["x"] == second["x"]
    assert first["y"] + first["height"] <= second["y"]


def test_the_claim_about_one_name_is_all_that_is_marked(visit: Visit) -> None:
    visit.open()
    side = visit.ask("Apakah Uzbekistan anggota CSTO?").locator(".side", has_text="WahanaNews").first
    assert side.locator("mark").first.inner_text() == "Uzbekistan"


def test_the_twin_of_a_known_question_is_answered_the_same(visit: Visit) -> None:
    visit.open()
    twins = ("Siapa saja anggota CSTO?", "siapa anggota CSTO?")
    first, second = (sorted(visit.ask(question).locator(".claim").all_inner_texts()) for question in twins)
    assert first == second
    assert first


def test_a_refusal_quotes_nothing_and_offers_what_is_near(visit: Visit) -> None:
    page = visit.open()
    answer = visit.ask(REFUSED)
    assert answer.locator("blockquote").count() == 0
    assert answer.locator(".short").count() == 0
    assert answer.inner_text().startswith("Tidak ditemukan.")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert answer.locator(".card .text").evaluate(size) < 18
    assert answer.locator(".card + .suggestions .label").inner_text() == "Mungkin maksud Anda:"
    answer.locator("a.question").first.click()
    page.locator(".turn .answer").nth(1).wait_for()
    assert page.locator(".turn .answer").nth(1).locator("blockquote").count() > 0


def test_an_answer_leads_on_to_further_questions(visit: Visit) -> None:
    page = visit.open()
    answer = visit.ask(ANSWERED)
    chip = answer.locator(".chips a").first
    question = chip.inner_text()
    chip.click()
    page.locator(".turn .answer").nth(1).wait_for()
    assert page.locator(".asked h2").all_inner_texts() == [ANSWERED, question]


def test_each_of_two_questions_has_a_block_of_its_own(visit: Visit) -> None:
    visit.open()
    blocks = visit.ask(TWO).locator(".card")
    assert blocks.locator(".part").all_inner_texts() == ["Kapan CSTO didirikan?", "Di mana kantor pusatnya?"]
    assert blocks.nth(0).locator(".side").count() == 3
    assert blocks.nth(1).locator(".short").inner_text() == "Moskow"


def test_english_is_met_in_both_languages_and_a_greeting_with_a_line(visit: Visit) -> None:
    visit.open()
    assert "bahasa Indonesia. / I only answer questions asked in Indonesian." in visit.ask("What is CSTO?").inner_text()
    answer = visit.ask("Halo!")
    assert answer.locator(".text").count() == 1
    assert answer.locator(".tools").count() == 0


def test_the_bot_picks_no_side_of_a_disagreement(visit: Visit) -> None:
    visit.open()
    visit.ask(CONFLICTING)
    said = visit.ask("mana yang benar?").inner_text()
    assert "tidak memilih mana yang benar" in said
    assert all(outlet in said for outlet in ("Perspektif.co.id", "Bangka Pos", "Suara.com", "WahanaNews"))


def test_the_bot_names_its_sources_as_links(visit: Visit) -> None:
    visit.open()
    assert visit.ask("Sumbernya dari mana?").locator(".text a").count() == 5


def test_a_question_can_be_asked_as_it_was_typed(visit: Visit) -> None:
    page = visit.open()
    answer = visit.ask(MISSPELT)
    assert "Saya mencari jawaban untuk “Kapan CSTO didirikan?”" in answer.inner_text()
    answer.get_by_text("Bukan itu? Cari persis seperti yang diketik").click()
    typed = page.locator(".turn .answer.not_found")
    typed.wait_for()
    assert "dicari persis seperti yang diketik" in typed.inner_text()
    page.reload()
    assert page.locator(".turn .answer").nth(1).get_attribute("class") == "answer not_found"
    typed.locator(".understood a").click()
    page.locator(".turn .answer.conflicting").nth(1).wait_for()


def test_an_earlier_question_is_changed_or_asked_again(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    page.get_by_role("button", name="Ubah pertanyaan").click()
    assert page.input_value("#q") == ANSWERED
    page.get_by_role("link", name="Tanya lagi").click()
    page.locator(".turn .answer").nth(1).wait_for()
    assert page.locator(".asked h2").all_inner_texts() == [ANSWERED, ANSWERED]


def test_what_is_typed_is_completed(visit: Visit) -> None:
    page = visit.open()
    page.locator("#q").press_sequentially("siapa sek")
    page.locator("#saran li").first.wait_for()
    until(page, lambda: "Panah bawah untuk memilih" in page.locator("#kabar").text_content())
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#saran [aria-selected=true]")
    assert page.get_attribute("#q", "aria-activedescendant") == chosen.get_attribute("id")
    question = chosen.inner_text()
    page.keyboard.press("Enter")
    page.locator(".turn .answer").wait_for()
    assert page.locator(".asked h2").inner_text() == question
    assert not page.locator("#saran").is_visible()
    page.locator("#q").press_sequentially("kapan cs")
    page.locator("#saran li").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.locator("#saran").is_visible()
    assert page.input_value("#q") == "kapan cs"


@pytest.mark.options(viewport={"width": 390, "height": 844})
def test_completions_are_few_on_a_phone_and_gone_when_an_answer_comes(visit: Visit) -> None:
    page = visit.open()
    routes = []
    page.route("**/*bagian=jawaban*", lambda route: routes.append(route))
    send(page, ANSWERED)
    until(page, lambda: routes)
    page.locator("#q").press_sequentially("apa")
    page.locator("#saran li").first.wait_for()
    assert page.locator("#saran li").count() == 5
    routes[0].continue_()
    page.locator(".turn .answer").wait_for()
    assert not page.locator("#saran").is_visible()
    assert page.input_value("#q") == "apa"


def test_tab_takes_the_chosen_completion_into_the_field(visit: Visit) -> None:
    page = visit.open()
    page.locator("#q").press_sequentially("siapa sek")
    page.locator("#saran li").first.wait_for()
    page.keyboard.press("ArrowDown")
    question = page.locator("#saran [aria-selected=true]").inner_text()
    page.keyboard.press("Tab")
    assert page.input_value("#q") == question
    assert not page.locator("#saran").is_visible()


@pytest.mark.options(viewport={"width": 1440, "height": 900})
def test_nothing_of_the_newest_answer_hides_behind_the_composer(visit: Visit) -> None:
    page = visit.open()
    for question in (CONFLICTING, ANSWERED, CONFLICTING):
        card = visit.ask(question).locator(".card")
        place = card.bounding_box()
        assert place["y"] >= page.locator(".site").bounding_box()["height"]
        assert place["y"] + place["height"] <= page.locator("#tanya").bounding_box()["y"]


def test_what_can_be_done_with_the_newest_question_is_always_in_sight(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ANSWERED)
    visit.ask(REFUSED)
    page.mouse.move(1, 1)
    opacity = "all => all.map((element) => getComputedStyle(element).opacity)"
    assert page.locator(".turn:last-child .asked :is(a, button)").evaluate_all(opacity) == ["1", "1"]


def test_a_long_question_shows_up_to_four_lines(visit: Visit) -> None:
    page = visit.open()
    heights = []
    for text in ("x", "kata " * 40, "kata " * 95):
        page.fill("#q", text)
        heights.append(page.locator("#q").bounding_box()["height"])
    assert heights[0] < heights[1] <= heights[2] < 130


def test_the_composer_stays_where_it_is(visit: Visit) -> None:
    page = visit.open()
    places = [page.locator("#q").bounding_box()["y"]]
    for question in (ANSWERED, REFUSED, CONFLICTING):
        visit.ask(question)
        places.append(page.locator("#q").bounding_box()["y"])
    assert max(places) - min(places) < 2


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_page_stands_still_while_one_types(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 600})
    page = visit.open(q=CONFLICTING)
    place = page.evaluate("scrollY")
    assert page.locator(".asked h2").bounding_box()["y"] >= page.locator(".site").bounding_box()["height"]
    page.keyboard.type("siapa")
    page.locator("#saran li").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("scrollY") == place


@pytest.mark.parametrize("question", ["<img src=x onerror=alert(1)>", "</h2><script>alert(1)</script>", "a$&b"])
def test_a_question_stays_text(visit: Visit, question: str) -> None:
    page = visit.open()
    visit.ask(question)
    assert page.locator(".asked h2").inner_text() == question
    assert page.title() == f"{question} – Tanya CSTO"


def test_a_voice_is_only_listened_to_after_a_word_about_where_it_goes(visit: Visit) -> None:
    visit.page.add_init_script(
        "window.SpeechRecognition = class { start() { window.started = true;"
        " this.onresult({results: [[{transcript: 'Apa itu CSTO?'}]]}); this.onend(); } }"
    )
    page = visit.open()
    page.get_by_role("button", name="Tanya dengan suara").click()
    assert "mungkin mengirim suara Anda" in page.locator(".voice").inner_text()
    assert page.evaluate("window.started") is None
    page.get_by_role("button", name="Mulai bicara").click()
    assert page.input_value("#q") == "Apa itu CSTO?"


def test_where_a_browser_recognises_no_voice_nothing_is_offered(visit: Visit) -> None:
    visit.page.add_init_script("window.webkitSpeechRecognition = window.SpeechRecognition = undefined")
    visit.open()
    assert not visit.page.locator("#suara").is_visible()


def test_a_question_sent_while_another_is_under_way_waits_its_turn(visit: Visit) -> None:
    page = visit.open()
    routes = []
    page.route("**/*bagian=jawaban*", lambda route: routes.append(route))
    send(page, ANSWERED)
    page.locator(".working").wait_for()
    until(page, lambda: routes)
    send(page, CONFLICTING)
    assert page.locator(".working").nth(1).inner_text().startswith("Menunggu giliran")
    assert len(routes) == 1
    routes[0].continue_()
    until(page, lambda: len(routes) == 2)
    assert "riwayat=" in routes[1].request.url
    routes[1].continue_()
    page.locator(".turn .answer").nth(1).wait_for()
    assert page.locator(".asked h2").all_inner_texts() == [ANSWERED, CONFLICTING]
    assert page.locator(".answer").nth(0).get_attribute("class") == "answer answered"
