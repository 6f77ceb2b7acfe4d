// Asks without loading the page anew. The server renders every part; without this script the page works the same.
import "./actions.js";
import "./speech.js";
import { focusField, write } from "./composer.js";
import { announce, compact, field, form, make, memory, onClick, parsed, say, thread } from "./dom.js";
import { follow } from "./panel.js";

const name = document.querySelector(".name").textContent.trim();
const undo = document.getElementById("urungkan");
const view = compact ? "&tampilan=ringkas" : "";
const invitation = field.placeholder;
let current = null; // the turn that the address names
let queue = Promise.resolve();
let waiting = 0;

const turns = () => [...thread.children];
const answered = () => turns().filter((turn) => turn.dataset.address);
const asked = (turn) => turn.querySelector("h2").textContent;
const remember = () => memory("percakapan", answered().map((turn) => turn.outerHTML).join(""));

// Show the conversation up to a turn, and nothing of it for null; later ones stay where they are, out of sight.
function show(turn) {
  current = turn;
  const count = turns().indexOf(turn) + 1;
  turns().forEach((each, place) => (each.hidden = place >= count && Boolean(each.dataset.address)));
  document.title = turn ? `${asked(turn)} – ${name}` : name;
  field.placeholder = turn ? say.further : invitation;
  document.querySelector(".skip").setAttribute("href", `#${turn?.querySelector(".answer").id ?? "isi"}`);
  const target = document.getElementById(location.hash.slice(1));
  target?.closest("details")?.setAttribute("open", "");
  (turn?.contains(target) ? target : turn ?? document.body).scrollIntoView();
  const card = turn?.querySelector(".card");
  if (!target && card?.offsetHeight < innerHeight - 180) card.scrollIntoView({ block: "nearest" }); // not behind the form
  follow(turn);
}

function visit(turn, waiting) {
  const address = turn ? turn.dataset.address + view : `/${view.replace("&", "?")}`;
  history.pushState({ count: turns().indexOf(waiting ?? turn) + 1 }, "", address); // first: it lays out what changed
  waiting?.replaceWith(turn);
  undo.hidden = true;
  write(field.value); // what completes it gives way
  remember();
  show(turn);
}

function ask(question, query, sent = { q: question }) {
  const head = make("header", { className: "asked" }, make("h2", { dir: "auto" }, question));
  const turn = make("article", { className: "turn" }, head);
  thread.append(turn);
  turns().forEach((each) => (each.hidden = false));
  turn.scrollIntoView();
  if (waiting++) wait(turn, say.queued);
  queue = queue.then(() => run(turn, query, sent)).finally(() => waiting--);
  focusField();
}

async function run(turn, query, sent) {
  if (!turn.isConnected) return; // cancelled before its turn came
  query ??= `${current?.dataset.next ?? ""}&${new URLSearchParams(sent)}`;
  turn.control = new AbortController();
  const timer = setTimeout(wait, 150, turn, say.working); // a quick answer shows no waiting
  const address = `/?${query}&bagian=jawaban&urutan=${turns().indexOf(turn) + 1}${view}`;
  try {
    const reply = await fetch(address, { headers: { Accept: "text/html" }, signal: turn.control.signal });
    const part = parsed(await reply.text());
    const whole = part.querySelector(".turn");
    if (!whole) return fail(turn, query, part.querySelector(".problem .text")?.textContent);
    visit(whole, turn);
    announce(whole.querySelector(".answer").dataset.kabar);
  } catch {
    if (!turn.control.signal.aborted) fail(turn, query, say.offline);
  } finally {
    clearTimeout(timer);
  }
}

function note(turn, properties, text, label, onclick) {
  const stop = make("button", { type: "button", onclick }, label);
  turn.replaceChildren(turn.firstElementChild, make("p", { className: "working", ...properties }, text, stop));
  announce(text);
}

const wait = (turn, text) => note(turn, {}, text, say.cancel, () => cancel(turn));

function fail(turn, query, text = say.failed) {
  note(turn, { role: "alert" }, text, say.retry, () => (turn.remove(), ask(asked(turn), query)));
  if (!field.value) write(asked(turn)); // it is never lost
}

function cancel(turn) {
  turn.control?.abort();
  turn.remove();
  if (!field.value) write(asked(turn));
  announce(say.cancelled);
  focusField();
}

document.addEventListener("submit", (event) => {
  const sheet = event.target;
  if (!sheet.matches("#tanya, .about")) return;
  event.preventDefault();
  const question = sheet.elements.q.value.trim();
  const artikel = sheet.dataset.article;
  if (sheet === form) write("");
  if (question) ask(question, null, artikel ? { q: question, artikel } : undefined);
});

onClick("a.question", (link) => ask(new URLSearchParams(link.search).get("q"), link.search.slice(1)));
onClick("#lanjutkan a", () => (visit(answered().at(-1)), focusField()));

onClick("#baru", () => {
  const [before, place] = [turns(), current];
  undo.lastElementChild.onclick = () => (thread.replaceChildren(...before), visit(place), focusField());
  thread.replaceChildren();
  visit(null);
  undo.hidden = false;
  announce(say.cleared);
  focusField();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".working:not([role]) button")?.click();
});

addEventListener("popstate", (event) => {
  if (event.state?.count <= turns().length) show(turns()[event.state.count - 1] ?? null);
  else if (event.state) location.reload(); // else it is a place in the page as it is
});
addEventListener("pagehide", remember);

// What this tab remembers goes further back than an address can: it stands in for what the server showed.
const here = new URLSearchParams(location.search);
here.delete("tampilan");
const saved = [...parsed(memory("percakapan")).children];
const named = saved.filter((turn) => String(new URLSearchParams(turn.dataset.address.slice(2))) === String(here));
const place = named.find((turn) => saved.indexOf(turn) + 1 === history.state?.count) ?? named.at(-1);
const past = (params) => params.getAll("riwayat").join("\n");
const gone = saved.findLast((turn) => past(new URLSearchParams(turn.dataset.next)) === past(here)); // asked elsewhere
const sent = !place && gone && asked(thread.lastElementChild);
if (place || sent || !here.has("q")) thread.replaceChildren(...saved);
const start = place ?? (sent ? gone : here.has("q") ? thread.lastElementChild : null);
const link = history.state?.link; // the one that led to an article
history.replaceState({ count: turns().indexOf(start) + 1 }, "", sent ? start.dataset.address + view : location.href);
show(start);
if (sent) ask(sent, String(here));
else focusField();
addEventListener("pageshow", () => (document.links[link] ?? document.querySelector(".quote:target .read"))?.focus());
