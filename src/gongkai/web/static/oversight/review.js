// The findings page without this script is complete; with it, cards float beside their words, what belongs
// together lights up together, J and K walk the findings, and a decision does not lose one's place.
"use strict";
(() => {
  const wide = matchMedia("(min-width: 68rem)");
  const GAP = 10;

  function floatCards() {
    const paper = document.querySelector("[data-gk-paper]");
    if (!paper) return;
    const header = document.querySelector(".w-slim-header");
    if (header) document.documentElement.style.setProperty("--gk-top", `${header.offsetHeight}px`);
    paper.classList.toggle("is-floating", wide.matches);
    if (!wide.matches) return;
    const zero = paper.getBoundingClientRect().top;
    let free = 0;
    for (const row of paper.querySelectorAll(".gk-row")) {
      const margin = row.querySelector(":scope > .gk-margin");
      if (!margin) continue;
      const top = Math.max(row.getBoundingClientRect().top - zero, free);
      margin.style.setProperty("--top", `${top}px`);
      free = top + margin.offsetHeight + GAP;
    }
    paper.style.setProperty("--needed", `${free}px`);
  }

  function numbers(element) {
    return (element.dataset.f || "").split(" ").filter(Boolean);
  }

  function light(element) {
    const wanted = new Set(element ? numbers(element) : []);
    for (const each of document.querySelectorAll("[data-f]")) {
      each.classList.toggle("is-lit", numbers(each).some((n) => wanted.has(n)));
    }
  }

  function step(by) {
    const cards = [...document.querySelectorAll(".gk-card")];
    if (!cards.length) return;
    const at = cards.indexOf(document.activeElement.closest(".gk-card"));
    const next = cards[at < 0 ? (by > 0 ? 0 : cards.length - 1) : (at + by + cards.length) % cards.length];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  }

  async function decide(event) {
    const form = event.target.closest("[data-gk-decide]");
    if (!form || !event.submitter) return;
    const why = form.querySelector("textarea");
    if (event.submitter.value === "dismiss" && !why.value.trim()) {
      event.preventDefault();
      why.focus();
      return;
    }
    event.preventDefault();
    const number = form.elements.number?.value;
    const body = new FormData(form, event.submitter);
    event.submitter.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("gk-review");
      if (!fresh) throw new Error("no report in the answer");
      const told = page.querySelector(".messages > ul");
      if (told) document.querySelector(".messages > ul").replaceWith(told);
      const old = document.getElementById("gk-review");
      old.replaceWith(fresh);
      ready();
      const card = number && document.getElementById(`f${number}`);
      if (card) card.focus({ preventScroll: true });
      document.dispatchEvent(new CustomEvent("gk-fresh", { detail: { form, old } }));
    } catch {
      location.reload();
    }
  }

  function upload(form) {
    const field = form.querySelector("input[type=file]");
    const drop = form.querySelector(".gk-drop");
    const name = form.querySelector(".gk-drop-name");
    const most = (file) => Number(/\.(zip|eml)$/i.test(file.name) ? form.dataset.archiveLimit : form.dataset.limit);
    drop.classList.add("is-scripted");
    const check = () => {
      const files = [...field.files];
      const large = files.find((file) => file.size > most(file) * 1024 * 1024);
      const size = Math.ceil(files.reduce((sum, file) => sum + file.size, 0) / 1024);
      field.setCustomValidity(large ? `“${large.name}”超过 ${most(large)} MB，请压缩图片或分开上传。` : files.length ? "" : form.dataset.gkUpload || "请先选择年度报告文件。");
      name.textContent = files.length ? `${files.length > 1 ? `${files.length} 个文件` : files[0].name}（${size} KB）` : "";
      if (large) field.reportValidity();
    };
    field.addEventListener("change", check);
    check();
    for (const type of ["dragenter", "dragover"]) {
      drop.addEventListener(type, (event) => {
        event.preventDefault();
        drop.classList.add("is-over");
      });
    }
    for (const type of ["dragleave", "drop"]) drop.addEventListener(type, () => drop.classList.remove("is-over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
      check();
    });
    busy(form);
  }

  function busy(form) {
    const show = (is) => {
      form.querySelector(".gk-progress").hidden = !is;
      form.querySelector("button[type=submit]").disabled = is;
    };
    form.addEventListener("submit", (event) => show(!event.submitter || !event.submitter.name));
    addEventListener("pageshow", () => show(false));
  }

  function batch(form) {
    busy(form);
    form.addEventListener("change", () => {
      const picked = form.querySelectorAll("[name=file]:checked").length;
      form.querySelector("[data-gk-picked]").textContent = picked;
      form.querySelector("button[type=submit]").disabled = !picked;
    });
  }

  function ready() {
    const jump = document.querySelector(".gk-jump");
    if (jump) jump.hidden = !document.querySelector(".gk-card");
    floatCards();
    const paper = document.querySelector("[data-gk-paper]");
    if (!paper) return;
    paper.addEventListener("toggle", floatCards, true);
    new ResizeObserver(floatCards).observe(paper.querySelector(".gk-body"));
  }

  document.addEventListener("mouseover", (event) => light(event.target.closest("[data-f]")));
  document.addEventListener("focusin", (event) => light(event.target.closest("[data-f]")));
  document.addEventListener("submit", decide);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-gk-step]");
    if (button) step(Number(button.dataset.gkStep));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      step(event.key === "j" ? 1 : -1);
    }
  });
  wide.addEventListener("change", floatCards);
  document.addEventListener("DOMContentLoaded", () => {
    ready();
    for (const form of document.querySelectorAll("[data-gk-upload]")) upload(form);
    for (const form of document.querySelectorAll("[data-gk-batch]")) batch(form);
  });
  if (document.fonts) document.fonts.ready.then(floatCards);
})();
