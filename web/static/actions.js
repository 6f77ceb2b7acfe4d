// What can be done with an answer: copy, share, judge; and with all of them: keep and print.
import { announce, make, onClick, parsed, say, thread } from "./dom.js";

async function copy(source, text, done) {
  const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  const said = copied || copyOldWay(text) ? done : say.uncopied;
  source.dataset.label ??= source.textContent;
  announce(said);
  source.textContent = said;
  setTimeout(() => (source.textContent = source.dataset.label), 2000);
}

function copyOldWay(text) {
  const area = make("textarea", { className: "hidden" }, text); // an address without https has no clipboard
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

onClick("[data-copy]", (source) => void copy(source, source.dataset.copy, say.copied));
onClick("[data-share]", (source) => {
  const url = new URL(source.dataset.share, location.origin).href;
  if (navigator.share) navigator.share({ text: source.dataset.words, url }).catch(() => {}); // the reader thought better of it
  else copy(source, url, say.linked);
});
// What unfolds above the button moves the page, not the button.
onClick(".quote summary", (summary) => {
  const { top } = summary.getBoundingClientRect();
  requestAnimationFrame(() => scrollBy(0, summary.getBoundingClientRect().top - top));
  return "follow";
});
onClick("#cetak", () => print());
onClick("#unduh", (link) => {
  const turns = [...thread.querySelectorAll("[data-markdown]")].map((turn) => `\n${turn.dataset.markdown}`);
  link.href = URL.createObjectURL(new Blob([link.dataset.heading, ...turns], { type: "text/markdown" }));
  return "follow";
});

document.addEventListener("submit", async (event) => {
  const sheet = event.target;
  const judged = sheet.closest(".feedback");
  if (!judged) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(sheet, event.submitter));
  const request = fetch(sheet.action, { method: "POST", body, headers: { Accept: "text/html" } });
  const reply = await request.catch(() => null);
  const page = reply && parsed(await reply.text());
  const stored = reply?.ok && page.querySelector(".feedback");
  judged.querySelector("[role=alert]")?.remove();
  if (stored) {
    judged.replaceWith(stored);
    stored.querySelector(".note").focus({ preventScroll: true });
  } else {
    const trouble = reply ? page.querySelector(".lead")?.textContent ?? say.failed : say.offline;
    judged.append(make("p", { className: "note", role: "alert" }, trouble));
  }
});
