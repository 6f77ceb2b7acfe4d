// The source panel of a wide window: the article of the quote that is being read, or the list of the sources.
import { compact, memory, onClick, parsed, thread } from "./dom.js";
import { goToMark } from "./marks.js";

const panel = document.getElementById("panel");
const reading = document.getElementById("bacaan");
const wide = matchMedia("(min-width: 1100px)");
let wanted = "";

// The address of a quote, with every quote that the conversation takes from the same article marked as well.
function withEveryMark(link) {
  const url = new URL(link.href);
  if (!url.search) return url;
  const quotes = [link, ...thread.querySelectorAll(".quote .read")].map((each) => new URL(each.href));
  const here = quotes.filter(({ pathname }) => pathname === url.pathname);
  const ranges = new Set(here.map(({ searchParams }) => searchParams.get("kutip")));
  url.searchParams.set("kutip", [...ranges].slice(0, 50).join(","));
  url.hash = "";
  return url;
}

async function open(url) {
  wanted = url.href;
  const reply = await fetch(`${url.pathname}?${url.searchParams}&bagian=artikel`).catch(() => null);
  const article = reply?.ok && parsed(await reply.text());
  if (wanted !== url.href || !article) return; // another one was opened meanwhile, or the server is away
  reading.replaceChildren(...article.children);
  panel.scrollTo(0, 0);
  goToMark();
}

function close() {
  wanted = "";
  reading.replaceChildren();
}

export function follow(turn) {
  const link = turn?.querySelector(".quote .read");
  if (!wide.matches || compact) return;
  if (link) open(withEveryMark(link));
  else close();
}

onClick("a[href^='/artikel']", (link) => {
  const quote = link.closest(".quote");
  memory("kembali", location.pathname + location.search + (quote ? `#${quote.id}` : ""));
  const url = withEveryMark(link);
  if (wide.matches && !compact) return link.pathname === "/artikel" ? close() : void open(url);
  link.href = url;
  return "follow";
});
