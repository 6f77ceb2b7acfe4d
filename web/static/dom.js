// What every module needs: elements, the server's sentences, the live region, what this tab remembers.
export const form = document.getElementById("tanya");
export const field = form?.elements.q;
export const thread = document.getElementById("percakapan");
export const news = document.getElementById("kabar");
export const say = form?.dataset;
export const compact = document.documentElement.classList.contains("compact");

export const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body; // escaped by the server

export function make(tag, properties, ...content) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...content);
  return element;
}

export function announce(text) {
  news.textContent = "";
  requestAnimationFrame(() => (news.textContent = text)); // the same words twice are said twice
}

export function memory(name, value) {
  try {
    if (value !== undefined) sessionStorage.setItem(name, value);
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return ""; // no storage, or no room: the address still holds the last questions
  }
}

export function onClick(selector, action) {
  document.addEventListener("click", (event) => {
    const target = event.target.closest(selector);
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (action(target) !== "follow") event.preventDefault();
  });
}
