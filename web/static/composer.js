// The field: it grows, completes what is being typed, recalls earlier questions, and takes what is typed elsewhere.
import { announce, compact, field, form, make, onClick, say, thread } from "./dom.js";

const list = document.getElementById("saran");
let active = -1; // the completion that is chosen
let recalled = 0; // questions back
let draft = "";
let timer = 0;

export function focusField() {
  if (matchMedia("(hover: hover)").matches && !compact) field.focus({ preventScroll: true }); // a finger taps itself
}

export function write(text) {
  field.value = text;
  clearTimeout(timer);
  list.hidden = true;
  choose(-1);
  field.style.height = "auto";
  if (!CSS.supports("field-sizing", "content")) field.style.height = `${field.scrollHeight}px`;
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
  const found = reply?.ok ? (await reply.json()).questions.slice(0, innerWidth < 640 ? 5 : innerHeight / 90) : [];
  if (field.value !== text || document.activeElement !== field || !found.length) return;
  list.replaceChildren(...found.map((each, place) => make("li", { id: `saran-${place}`, role: "option" }, each)));
  list.hidden = false;
  announce(`${found.length} ${say.completed}`);
}

function recall(step) {
  const asked = [...thread.querySelectorAll(".asked h2")].map((heading) => heading.textContent);
  if (recalled === 0) draft = field.value;
  recalled = Math.min(Math.max(recalled + step, 0), asked.length);
  write(recalled ? asked.at(-recalled) : draft);
}

field.addEventListener("blur", take); // what is chosen stays when the focus goes on
field.addEventListener("input", () => {
  recalled = 0;
  write(field.value);
  if (field.value.trim().length > 1) timer = setTimeout(complete, 120);
});
list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
onClick("#saran li", (option) => {
  write(option.textContent);
  form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const isOneLine = field.scrollHeight < 3 * parseFloat(getComputedStyle(field).lineHeight);
  if (event.target !== field) {
    if (event.target.closest("input, textarea") || event.key.length > 1 || event.key === " ") return;
    if (event.key === "/") event.preventDefault();
    field.focus({ preventScroll: true }); // and the letter goes there
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    take();
    form.requestSubmit();
    recalled = 0;
  } else if (event.key === "Escape") {
    write(list.hidden ? "" : field.value);
  } else if (step && !list.hidden && (step > 0 || active >= 0)) {
    event.preventDefault();
    choose(active + step < list.children.length ? active + step : -1);
  } else if (step && isOneLine) {
    event.preventDefault();
    recall(-step);
  }
});
