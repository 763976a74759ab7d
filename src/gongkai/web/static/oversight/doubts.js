// Settling cells without this script takes a click and a new page; with it, also the keyboard, and after each
// decision the next cell comes under the hand.
"use strict";
(() => {
  const CELL = "[data-gk-cell]";
  const FIELD = "input:not([type=hidden])";
  const wide = matchMedia("(min-width: 68rem)");
  const cells = () => [...document.querySelectorAll(CELL)];

  function go(element) {
    if (!element) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }

  function showPlace(frame) {
    if (frame) frame.scrollLeft = Number(frame.dataset.gkAcross) * frame.scrollWidth - frame.clientWidth / 2;
  }

  function keepWritten(form, next) {
    for (const field of next ? next.querySelectorAll(FIELD) : []) {
      field.value = form.elements[field.name]?.value || "";
    }
  }

  function ready() {
    for (const hint of document.querySelectorAll(".gk-keys, .gk-choice kbd")) hint.hidden = false;
    if (!wide.matches) for (const list of document.querySelectorAll(".gk-balance details")) list.open = false;
    for (const picture of document.querySelectorAll(".gk-place img, .gk-page img")) {
      picture.addEventListener("error", () => picture.closest(".gk-place, .gk-page").remove());
      picture.addEventListener("load", () => showPlace(picture.closest(".gk-place")));
    }
  }

  function afterDecision({ form, old }) {
    const cell = form.closest(CELL);
    const order = [...old.querySelectorAll(CELL)];
    const ids = cell ? order.slice(order.indexOf(cell)).map((each) => each.id) : [`c-${form.dataset.gkOf}`];
    const next = ids.map((id) => document.getElementById(id)).find(Boolean);
    if (cell && next?.id === cell.id) keepWritten(form, next);
    if (cell || form.dataset.gkOf) go(next || cells()[0] || document.getElementById("doubts-title"));
  }

  function choose(cell, key) {
    const button = cell.querySelector(`[data-gk-key="${key}"]`);
    if (button) button.focus();
    else cell.querySelector(FIELD)?.focus();
    return Boolean(button);
  }

  function onKey(event) {
    const cell = event.target.closest(CELL);
    if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = cells();
      event.preventDefault();
      go(all[all.indexOf(cell) + (event.key === "ArrowDown" ? 1 : -1)]);
    } else if (/^[1-9]$/.test(event.key) && !event.target.closest("input")) {
      if (choose(cell, event.key)) event.preventDefault();
    } else if (event.key === "Enter" && event.target === cell) {
      event.preventDefault();
      cell.querySelector(FIELD)?.focus();
    }
  }

  function onDoubleClick(event) {
    const shown = event.target.closest("[data-gk-paper] td[id]");
    if (!shown || !document.getElementById("correct")) return;
    const field = document.getElementById(`o-${shown.id}`);
    if (field) go(field.closest(CELL));
    else location.assign(`?cell=${encodeURIComponent(shown.id)}#correct`);
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("dblclick", onDoubleClick);
  document.addEventListener("gk-fresh", (event) => {
    ready();
    afterDecision(event.detail);
  });
  document.addEventListener("DOMContentLoaded", ready);
})();
