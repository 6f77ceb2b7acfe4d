// The marked quotes of an article: from one to the next by key or by link.
import { onClick } from "./dom.js";

export function goToMark(step = 0) {
  const marks = [...document.querySelectorAll("#teks mark[id]")];
  if (!marks.length) return;
  const place = (Math.max(marks.findIndex((mark) => mark.matches(".current")), 0) + step + marks.length) % marks.length;
  document.querySelectorAll("#teks mark, .marks a").forEach((each) => {
    each.classList.toggle("current", (each.dataset.kutipan ?? each.textContent) === String(place + 1));
  });
  const { top, bottom } = marks[place].getBoundingClientRect();
  if (top < 140 || bottom > innerHeight - 60) marks[place].scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goToMark(step);
});

onClick(".marks a", (link) => {
  const links = [...link.parentElement.querySelectorAll("a")];
  goToMark(links.indexOf(link) - links.findIndex((each) => each.matches(".current")));
});
