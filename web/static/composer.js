// The field: it grows, completes what is being typed, takes earlier questions back, and what is typed nowhere.
import { announce, compact, field, form, make, news, onClick, say, thread } from "./dom.js";

const list = document.getElementById("saran");
let active = -1; // the completion that is chosen
let recalled = 0; // questions back
let draft = ""; // what a question that was fetched back took the place of
let origin = null; // the button that fetched it
let timer = 0;

export function focusField() {
  if (matchMedia("(hover: hover)").matches && !compact) field.focus({ preventScroll: true }); // a finger taps itself
}

export function write(text) {
  field.value = text;
  clearTimeout(timer);
  list.hidden = true;
  choose(-1);
}

function choose(place) {
  active = place;
  [...list.children].forEach((option, number) => (option.ariaSelected = number === place));
  field.setAttribute("aria-activedescendant", list.children[place]?.id ?? "");
}

const take = () => write(list.children[active]?.textContent ?? field.value);

async function complete() {
  const text = field.value;
  const reply = await fetch(`/questions?${new URLSearchParams({ q: text })}`).catch(() => null);
  const room = Math.min(innerWidth < 640 ? 5 : 8, innerHeight / 90); // all in sight
  const found = reply?.ok ? (await reply.json()).questions.slice(0, room) : [];
  if (field.value !== text || document.activeElement !== field || !found.length) return;
  list.replaceChildren(...found.map((each, place) => make("li", { id: `saran-${place}`, role: "option" }, each)));
  list.hidden = false;
  const told = `${found.length} ${say.completed}`;
  timer = setTimeout(() => news.textContent === told || announce(told), 1000); // once, when typing rests
}

function recall(step) {
  const asked = [...thread.querySelectorAll(".asked h2")].map((heading) => heading.textContent);
  if (recalled === 0) draft = field.value;
  recalled = Math.min(Math.max(recalled + step, 0), asked.length);
  write(recalled ? asked.at(-recalled) : draft);
}

const forget = () => ([draft, origin, recalled] = ["", null, 0]);

form.addEventListener("submit", forget);
field.addEventListener("blur", take); // what is chosen stays when the focus goes on
field.addEventListener("input", () => {
  recalled = 0;
  write(field.value);
  if (field.value.trim().length > 1) timer = setTimeout(complete, 120);
});
list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
onClick("#saran li", (option) => (write(option.textContent), form.requestSubmit()));
window.onpointerup = () => document.querySelector(":is(main, .answer):focus")?.blur(); // a click there means nothing
onClick("[data-edit]", (button) => {
  [draft, origin] = [field.value, button];
  write(button.closest(".asked").querySelector("h2").textContent);
  field.focus();
  announce(say.edited);
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const isOneLine = field.scrollHeight < 3 * parseFloat(getComputedStyle(field).lineHeight);
  if (event.target !== field) {
    if (event.target !== document.body || event.key.length > 1 || event.key === " ") return;
    if (event.key === "/") event.preventDefault();
    field.focus({ preventScroll: true }); // and the letter goes there
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    take();
    form.requestSubmit();
  } else if (event.key === "Escape") {
    if (!list.hidden) return write(field.value);
    write(draft);
    origin?.focus();
    forget();
  } else if (step && !list.hidden && (step > 0 || active >= 0)) {
    event.preventDefault();
    choose(active + step < list.children.length ? active + step : -1);
  } else if (step && isOneLine) {
    event.preventDefault();
    recall(-step);
  }
});
