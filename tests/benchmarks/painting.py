"""Time the page in Debian's Chromium: what one sees first, and an answer that the service has kept.

    python -m tests.benchmarks.painting [--times 30] [--land]

`--land` writes the table into docs/benchmarks.md. Browser and service share the machine; each first view is that of a
browser that has never seen the page.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.page import at, land
from tests.browser.conftest import CONFLICTING, chromium
from tests.service.live import serving

FIRST_PAINT = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntriesByName("first-contentful-paint")[0].startTime))
    .observe({ type: "paint", buffered: true });
})"""
# from sending the question to the frame after its answer stands in the page
ANSWER = """async (question) => {
  const form = document.getElementById("tanya"), thread = document.getElementById("percakapan");
  const before = thread.querySelectorAll(".answer").length;
  form.elements.q.value = question;
  const start = performance.now();
  const there = new Promise((done) => {
    new MutationObserver((_, observer) => {
      if (thread.querySelectorAll(".answer").length > before) observer.disconnect(), done();
    }).observe(thread, { childList: true });
  });
  form.requestSubmit();
  await there;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""


def first_paints(browser: Any, address: str, times: int) -> list[float]:
    """Return the milliseconds until something is painted, each time in a browser that keeps nothing from before."""
    return [in_a_new_page(browser, address, FIRST_PAINT) for _ in range(times)]


def kept_answers(browser: Any, address: str, times: int) -> list[float]:
    """Return the milliseconds from a question to its painted answer, each time in a conversation of its own."""
    in_a_new_page(browser, address, ANSWER, CONFLICTING)  # the service keeps it from here on
    return [in_a_new_page(browser, address, ANSWER, CONFLICTING) for _ in range(times)]


def in_a_new_page(browser: Any, address: str, script: str, *given: str) -> float:
    """Return what `script` measures in a page that was never visited."""
    page = browser.new_page()
    page.goto(address)
    took = float(page.evaluate(script, *given))
    page.close()
    return took


def main() -> None:
    """Measure, print and, where asked to, land."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--land", action="store_true")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), rate="0", log_level="error") as service,
        chromium() as browser,
    ):
        rows = {
            "the first view painted": first_paints(browser, service.address, options.times),
            "an answer kept by the service, from Enter to paint": kept_answers(browser, service.address, options.times),
        }
    lines = ["| what | median ms | p95 |", "| --- | --- | --- |"]
    lines += [f"| {what} | {at(times, 0.5):.0f} | {at(times, 0.95):.0f} |" for what, times in rows.items()]
    table = "\n".join(lines)
    print(table)
    if options.land:
        land("painting", table)


if __name__ == "__main__":
    main()
