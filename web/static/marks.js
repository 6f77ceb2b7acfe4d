// The marked quotes of an article: from one to the next by key or by link.
import { onClick } from "./dom.js";

export function goToMark(choose = (place) => place) {
  const marks = [...document.querySelectorAll("#teks mark[id]")];
  if (!marks.length) return;
  const current = marks.findIndex((mark) => mark.matches(".current"));
  const place = (choose(Math.max(current, 0)) + marks.length) % marks.length;
  document.querySelectorAll("#teks mark, .marks a").forEach((each) => {
    each.classList.toggle("current", (each.dataset.kutipan ?? each.textContent) === String(place + 1));
  });
  marks[place].scrollIntoView();
  return marks[place];
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.target.closest("input")) document.querySelector("#kembali[href*='?']")?.click();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goToMark((place) => place + step)?.focus({ preventScroll: true });
});

onClick(".marks a", (link) => goToMark(() => link.textContent - 1));
goToMark()?.focus({ preventScroll: true });
