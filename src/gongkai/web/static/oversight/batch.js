// The progress of a batch without a new page each time; without this script the page itself comes anew.
"use strict";
(() => {
  const box = document.querySelector("[data-gk-progress]");
  if (!box) return;
  const bar = box.querySelector("progress");
  const said = box.querySelector("[data-gk-said]");
  let wait = 1000;
  async function look() {
    try {
      const answer = await fetch(box.dataset.gkProgress, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      bar.value = found.percent;
      if (said.textContent !== found.said) said.textContent = found.said;
      if (found.done) {
        location.reload();
        return;
      }
      wait = Math.min(wait * 1.1, 5000);
    } catch {
      wait = Math.min(wait * 2, 30000);
    }
    setTimeout(look, wait);
  }
  setTimeout(look, wait);
})();
