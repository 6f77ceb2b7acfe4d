// Sets the theme that the reader chose before anything is drawn, and lets it be changed.
{
  const root = document.documentElement;
  const themes = ["system", "light", "dark"];
  const metas = [...document.querySelectorAll("meta[name=theme-color]")];
  const colors = metas.map((meta) => meta.content);
  const apply = (theme) => {
    root.dataset.theme = theme;
    metas.forEach((meta, place) => (meta.content = colors[themes.indexOf(theme) - 1] ?? colors[place]));
    const button = document.getElementById("tema");
    if (button) button.ariaLabel = button.title = button.dataset[theme];
  };
  addEventListener("click", (event) => {
    if (!event.target.closest("#tema")) return;
    apply(themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length]);
    localStorage.setItem("tema", root.dataset.theme);
  });
  addEventListener("DOMContentLoaded", () => apply(root.dataset.theme ?? "system"));
  apply(localStorage.getItem("tema") ?? "system"); // last: where there is no storage it goes no further
}
