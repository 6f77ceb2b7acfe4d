// The source panel of a wide window: the article of the quote that is being read, or the list of the sources.
import { compact, onClick, parsed, thread } from "./dom.js";
import { goToMark } from "./marks.js";

const panel = document.getElementById("panel");
const reading = document.getElementById("bacaan");
const wide = matchMedia("(min-width: 1100px)");
let wanted = null; // the link whose article is shown
let opener = null; // the link that led into the panel

// The address of an article beside the conversation as it is now, which marks every quote taken from the article.
function beside(link) {
  const url = new URL(link.href);
  const now = new URLSearchParams(location.search);
  ["kutip", "asal"].forEach((name) => url.searchParams.has(name) && now.set(name, url.searchParams.get(name)));
  url.search = now;
  if (!now.has("kutip")) return url;
  const quotes = [link, ...thread.querySelectorAll(".quote .read")].map((each) => new URL(each.href));
  const here = quotes.filter(({ pathname }) => pathname === url.pathname);
  const ranges = new Set(here.map(({ searchParams }) => searchParams.get("kutip")));
  url.searchParams.set("kutip", [...ranges].slice(0, 50).join(","));
  url.hash = "";
  return url;
}

// Show the article that a link leads to, or else the list of the sources.
async function open(link) {
  wanted = link;
  const url = link && beside(link);
  const reply = link && (await fetch(`${url.pathname}?${url.searchParams}&bagian=artikel`).catch(() => null));
  const article = reply?.ok && parsed(await reply.text());
  if (wanted !== link) return; // another one was opened meanwhile
  reading.replaceChildren(...(article ? article.children : []));
  reading.querySelectorAll(".marks a").forEach((mark) => {
    const quotes = thread.querySelectorAll(`.read[href*="${url.pathname}?kutip=${mark.dataset.start}-"]`);
    mark.title = [...quotes].at(-1)?.closest(".turn").querySelector("h2").textContent;
  });
  panel.scrollTo(0, 0);
  goToMark();
}

export function follow(turn) {
  if (wide.matches && !compact) open(turn?.querySelector(".quote .read"));
}

async function enter(link) {
  if (!panel.contains(link)) opener = link;
  await open(link.pathname === "/artikel" ? null : link);
  (reading.querySelector("mark.current") ?? panel).focus({ preventScroll: true });
}

onClick("a[href^='/artikel']", (link) => {
  if (wide.matches && !compact) return void enter(link);
  history.replaceState({ ...history.state, link: [...document.links].indexOf(link) }, ""); // to return to
  link.setAttribute("href", beside(link).href.slice(location.origin.length));
  return "follow";
});

panel.addEventListener("keydown", (event) => event.key === "Escape" && opener?.focus());
