// Asks without loading the page anew. The form's fields hold the whole state, so the page works the same without this.
"use strict";

(() => {
  const form = document.getElementById("tanya");
  const thread = document.getElementById("percakapan");
  if (!form || !thread) return;
  const input = form.elements.namedItem("q");
  const longestHistory = Number(form.dataset.longestHistory);
  const offline = "Server tidak dapat dihubungi. Periksa sambungan Anda, lalu kirim lagi.";
  let busy = false;

  function add(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    thread.append(element);
    return element;
  }

  function remember(question) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "riwayat";
    field.value = question;
    form.insertBefore(field, form.querySelector("label")); // behind the others: oldest first
    const fields = form.querySelectorAll("input[name=riwayat]");
    if (fields.length > longestHistory) fields[0].remove();
  }

  async function ask() {
    const question = input.value.trim();
    if (!question || busy) return;
    busy = true;
    const query = new URLSearchParams(new FormData(form));
    document.getElementById("awal")?.remove();
    const asked = add("p", "asked", question);
    asked.dir = "auto";
    asked.tabIndex = -1;
    const waiting = add("p", "understood", "Mencari dalam artikel…");
    asked.scrollIntoView();
    try {
      const reply = await fetch(`/?${query}&bagian=jawaban`, { headers: { Accept: "text/html" } });
      const part = document.createElement("template");
      part.innerHTML = await reply.text(); // made and escaped by the server
      waiting.replaceWith(part.content);
      if (reply.ok) {
        history.replaceState(null, "", `/?${query}`);
        document.title = `${question} – Tanya CSTO`;
        remember(question);
        input.value = "";
      }
    } catch {
      waiting.textContent = offline;
      waiting.setAttribute("role", "alert");
    } finally {
      busy = false;
      asked.scrollIntoView();
      if (document.activeElement === document.body) asked.focus({ preventScroll: true }); // its link is gone
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.question");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    input.value = link.textContent;
    ask();
  });
})();
