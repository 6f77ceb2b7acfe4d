// Asks without loading the page anew. The server renders every part; without this script the page works the same.
"use strict";

(() => {
  const form = document.getElementById("tanya");
  const thread = document.getElementById("percakapan");
  if (!form || !thread) return;
  const input = form.elements.namedItem("q");
  const say = form.dataset; // every sentence comes from the server's catalogue
  const news = document.getElementById("kabar");
  const patience = 150; // milliseconds before a reader is told to wait
  const asked = earlier();
  let recalled = asked.length;
  let draft = "";
  let shown = location.search;
  let turns = thread.childElementCount;
  let running = null; // the question under way: how to stop it

  document.documentElement.classList.add("js");

  function earlier() {
    return [...form.elements].filter((field) => field.name === "riwayat").map((field) => field.value);
  }

  function make(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }

  function button(text, action) {
    const element = make("button", "", text);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  }

  function announce(text) {
    news.textContent = "";
    requestAnimationFrame(() => (news.textContent = text)); // the same words twice are said twice
  }

  // The address of the last conversation, for this tab only: so that a reader of an article finds the way back.
  function memory(address) {
    try {
      if (address !== undefined) sessionStorage.setItem("percakapan", address);
      return sessionStorage.getItem("percakapan");
    } catch {
      return null; // no storage, no shortcut
    }
  }

  function begin(question) {
    const turn = make("article", "turn", "");
    const heading = make("h2", "asked", question);
    heading.dir = "auto";
    turn.append(heading);
    thread.append(turn);
    document.body.classList.add("talking");
    turn.scrollIntoView();
    return turn;
  }

  async function ask(question, asTyped = false) {
    running?.stop();
    const query = new URLSearchParams(new FormData(form));
    query.set("q", question);
    if (asTyped) query.append("persis", query.getAll("riwayat").length + 1);
    const number = ++turns;
    const turn = begin(question);
    const control = new AbortController();
    const timer = setTimeout(() => wait(turn), patience);
    const again = () => {
      turn.remove();
      ask(question, asTyped);
    };
    const mine = { stop: () => (control.abort(), end(turn, say.cancelled, again)) };
    running = mine;
    if (asked.at(-1) !== question) asked.push(question);
    recalled = asked.length;
    if (input.value.trim() === question) input.value = "";
    try {
      const address = `/?${query}&bagian=jawaban&urutan=${number}`;
      const reply = await fetch(address, { headers: { Accept: "text/html" }, signal: control.signal });
      const part = document.createElement("template");
      part.innerHTML = await reply.text(); // made and escaped by the server
      const answer = part.content.querySelector(".turn .answer");
      if (reply.ok && answer) show(turn, part.content, answer, query);
      else fail(turn, part.content.querySelector(".problem .text")?.textContent || say.failed, again, question);
    } catch (error) {
      if (!control.signal.aborted) fail(turn, say.offline, again, question);
    } finally {
      clearTimeout(timer);
      if (running === mine) running = null;
    }
  }

  function show(turn, content, answer, query) {
    document.getElementById("keadaan").replaceWith(content.querySelector("#keadaan"));
    const whole = content.querySelector(".turn");
    turn.replaceWith(whole);
    history.replaceState(null, "", `/?${query}`);
    shown = location.search;
    memory(`/?${query}`);
    document.title = document.title.replace(/^(.* – )?/, () => `${query.get("q")} – `);
    whole.scrollIntoView();
    if (!input.value) answer.focus({ preventScroll: true }); // who is typing already is left alone
    announce(answer.dataset.kabar);
  }

  function wait(turn) {
    const line = make("p", "working", say.working);
    line.append(" ", button(say.cancel, cancel));
    turn.append(line);
    announce(say.working);
  }

  function end(turn, text, again) {
    turn.querySelectorAll(":scope > :not(.asked)").forEach((element) => element.remove());
    const line = make("p", "working still", text);
    line.append(" ", button(say.retry, again));
    turn.append(line);
    return line;
  }

  function fail(turn, text, again, question) {
    end(turn, text, again).setAttribute("role", "alert");
    give(question);
  }

  function give(question) {
    if (!input.value) input.value = question; // the question is never lost
    input.focus({ preventScroll: true });
  }

  function cancel() {
    running.stop();
    running = null;
    give(asked.at(-1));
  }

  function recall(step) {
    if (recalled === asked.length) draft = input.value;
    recalled = Math.min(Math.max(recalled + step, 0), asked.length);
    input.value = recalled === asked.length ? draft : asked[recalled];
  }

  async function copy(source) {
    const text = source.dataset.salin.startsWith("/?") ? location.origin + source.dataset.salin : source.dataset.salin;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copyOldWay(text); // an address without https has no clipboard
    }
    const label = source.textContent;
    source.textContent = done ? say.copied : say.uncopied;
    announce(source.textContent);
    source.disabled = true;
    setTimeout(() => Object.assign(source, { textContent: label, disabled: false }), 2000);
  }

  function copyOldWay(text) {
    const field = make("textarea", "hidden", text);
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }

  async function judge(sheet) {
    let text = say.offline;
    try {
      const body = new URLSearchParams(new FormData(sheet));
      const reply = await fetch(sheet.action, { method: "POST", body, headers: { Accept: "application/json" } });
      text = reply.ok ? sheet.dataset.kabar : ((await reply.json()).detail ?? say.failed);
      if (reply.ok) sheet = sheet.closest("details");
    } catch {}
    const line = make("p", "note", text);
    line.tabIndex = -1;
    sheet.querySelector("p[role=alert]")?.remove();
    if (sheet.matches("details")) sheet.replaceWith(line);
    else sheet.append(line);
    if (line.closest("form")) line.setAttribute("role", "alert");
    line.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) ask(input.value.trim());
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.closest(".feedback")) return;
    event.preventDefault();
    judge(event.target);
  });

  document.addEventListener("click", (event) => {
    const target = event.target.closest("a.question, #hapus, [data-salin]");
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (target.id === "hapus") {
      memory("");
      location.replace("/");
    } else if (target.dataset.salin) {
      copy(target);
    } else {
      const query = new URL(target.href).searchParams;
      ask(query.get("q"), query.getAll("persis").includes(String(query.getAll("riwayat").length + 1)));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !event.target.closest("input, textarea")) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape") {
      document.body.classList.add("unpreviewed"); // until the pointer or the focus moves on
      if (running) cancel();
      else if (event.target === input) input.value = "";
    } else if (event.target === input && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      recall(event.key === "ArrowUp" ? -1 : 1);
    }
  });

  for (const name of ["mouseover", "focusin"]) {
    document.addEventListener(name, () => document.body.classList.remove("unpreviewed"));
  }

  function unfold() {
    document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
  }

  addEventListener("hashchange", unfold);
  addEventListener("popstate", () => location.search === shown || location.reload());
  const resume = document.getElementById("lanjutkan");
  if (turns) memory(location.pathname + location.search);
  else if (resume && memory()?.startsWith("/?")) {
    resume.querySelector("a").href = memory();
    resume.hidden = false;
  }
})();
