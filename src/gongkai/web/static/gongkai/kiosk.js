// A terminal in use: 20 seconds before the idle time is over a question, then the end; a button to print.
(() => {
  const script = document.currentScript;
  const idle = Number(script.dataset.idle);
  const asked = 20;
  const ask = document.querySelector(".kiosk-ask");
  const part = (name) => document.querySelector(`[data-kiosk="${name}"]`);
  let last = Date.now();
  let before = null;

  // While the question is open only an answer counts, so that no touch falls through to what lies below.
  const active = (event) => {
    const answers = event.type === "click" || event.key === "Escape" || event.type === "pageshow";
    if (!ask.hidden && !answers) return;
    last = Date.now();
    if (!ask.hidden) {
      ask.hidden = true;
      if (before) before.focus({ preventScroll: true });
    }
  };
  const look = () => {
    const left = Math.ceil(idle - (Date.now() - last) / 1000);
    if (left <= 0) {
      window.location.replace(script.dataset.end);
    } else if (left <= asked) {
      if (ask.hidden) {
        before = document.activeElement;
        ask.hidden = false;
        part("stay").focus({ preventScroll: true });
      }
      part("left").textContent = String(left);
    }
  };

  for (const name of ["pointerdown", "click", "keydown", "wheel", "touchstart", "scroll", "input"]) {
    window.addEventListener(name, active, { passive: true, capture: true });
  }
  window.addEventListener("pageshow", active);
  const print = part("print");
  print.hidden = false;
  const file = document.querySelector(".kiosk-file");
  print.addEventListener("click", () => (file ? file.contentWindow : window).print());
  window.setInterval(look, 1000);
})();
