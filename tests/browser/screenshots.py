"""Make the pictures of the READMEs: python -m tests.browser.screenshots"""

from __future__ import annotations

from tests.browser.conftest import ANSWERED, CONFLICTING, REFUSED, SCREENS, Visit, chromium, serving

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}


def main() -> None:
    """Photograph the main states of the page."""
    SCREENS.mkdir(exist_ok=True)
    with serving(None) as base, chromium() as browser:
        for name, query, scheme, size in (
            ("awal", {}, "light", WIDE),
            ("jawaban", {"q": ANSWERED}, "light", WIDE),
            ("beda", {"q": CONFLICTING}, "dark", WIDE),
            ("tidak-ditemukan", {"q": REFUSED}, "light", PHONE),
        ):
            visit = Visit(browser.new_page(viewport=size, color_scheme=scheme), base)
            page = visit.open("/", **query)
            if size is WIDE and query:
                page.locator("#bacaan article").wait_for()
            page.screenshot(path=SCREENS / f"{name}.png")


if __name__ == "__main__":
    main()
