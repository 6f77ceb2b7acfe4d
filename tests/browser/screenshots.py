"""Make the pictures of the READMEs: python -m tests.browser.screenshots"""

from __future__ import annotations

from tests.browser.conftest import ANSWERED, CONFLICTING, REFUSED, SCREENS, Visit, chromium, serving

WIDE, PHONE = {"width": 960, "height": 760}, {"width": 360, "height": 640}


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
            visit.open("/", **query).screenshot(path=SCREENS / f"{name}.png")


if __name__ == "__main__":
    main()
