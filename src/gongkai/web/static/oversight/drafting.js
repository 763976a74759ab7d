// A click on a field writes it where the cursor last stood; typing narrows the list of fields.
(() => {
  const list = document.querySelector("[data-gk-fields]");
  const texts = [...document.querySelectorAll("[data-gk-text]")];
  if (!list || !texts.length) return;
  let last = texts[0];
  let changed = false;
  for (const text of texts) {
    text.addEventListener("focus", () => { last = text; });
    text.addEventListener("input", () => { changed = true; });
  }
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-gk-insert]");
    if (!button) return;
    last.focus();
    last.setRangeText(`{${button.dataset.gkInsert}}`, last.selectionStart, last.selectionEnd, "end");
    changed = true;
  });
  const find = list.querySelector("[data-gk-find]");
  find.closest("[hidden]").hidden = false;
  find.addEventListener("input", () => {
    for (const section of list.querySelectorAll("section")) {
      const items = [...section.querySelectorAll("li")];
      for (const item of items) item.hidden = !item.textContent.includes(find.value.trim());
      section.hidden = items.every((item) => item.hidden);
    }
  });
  document.getElementById("save").addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
})();
