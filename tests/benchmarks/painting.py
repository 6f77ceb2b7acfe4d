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

from tests.benchmarks.page import at, publish
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


def in_a_new_page(browser: Any, address: str, script: str, *given: str) -> tuple[float, float]:
    """Return the milliseconds that `script` measures in a browser that keeps nothing from before.

    The second figure is the processor time that the page's main thread took meanwhile: it knows no other work.
    """
    page = browser.new_page()
    developer = page.context.new_cdp_session(page)
    developer.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = developer.send("Performance.getMetrics")["metrics"]
        return next(1000 * float(each["value"]) for each in metrics if each["name"] == "TaskDuration")

    page.goto(address)
    before = spent() if given else 0.0
    took = float(page.evaluate(script, *given))
    processor = spent() - before
    page.close()
    return took, processor


def main() -> None:
    """Measure, print and, where asked to, land."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--land", action="store_true")
    options = parser.parse_args()
    rows = {
        "the first view painted": (FIRST_PAINT,),
        "an answer kept by the service, from Enter to paint": (ANSWER, CONFLICTING),
    }
    lines = [
        "| what | median ms | p95 | processor time of the page's main thread, median ms |",
        "| --- | --- | --- | --- |",
    ]
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), rate="0", log_level="error") as service,
        chromium() as browser,
    ):
        service.ask(CONFLICTING)  # kept from here on
        for what, script in rows.items():
            found = [in_a_new_page(browser, service.address, *script) for _ in range(options.times)]
            took, processor = ([pair[place] for pair in found] for place in (0, 1))
            lines.append(f"| {what} | {at(took, 0.5):.0f} | {at(took, 0.95):.0f} | {at(processor, 0.5):.0f} |")
    publish("painting", lines, page=options.land)


if __name__ == "__main__":
    main()
