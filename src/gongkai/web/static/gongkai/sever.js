// Drawing on a page to be severed. Without this script areas are given as numbers, or found by their words.
"use strict";
(() => {
  const sheet = document.getElementById("sheet");
  const form = document.getElementById("draw");
  if (!sheet || !form) return;
  const drawn = document.getElementById("drawn");
  const { width, height } = sheet.viewBox.baseVal;
  const inputs = ["x0", "y0", "x1", "y1"].map((name) => form.elements[`draw-${name}`]);
  const limit = (value, most) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
  let start = null;

  function place(event) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
    return [limit(point.x, width), limit(point.y, height)];
  }

  function show([x0, y0, x1, y1]) {
    drawn.setAttribute("x", Math.min(x0, x1));
    drawn.setAttribute("y", Math.min(y0, y1));
    drawn.setAttribute("width", Math.abs(x1 - x0));
    drawn.setAttribute("height", Math.abs(y1 - y0));
  }

  function keep([x0, y0, x1, y1]) {
    const box = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
    inputs.forEach((input, at) => (input.value = box[at]));
    show(box);
  }

  const given = () => inputs.map((input) => input.valueAsNumber);
  const box = () => (given().some(Number.isNaN) ? [width / 2 - 40, height / 2 - 8, width / 2 + 40, height / 2 + 8] : given());

  sheet.setAttribute("tabindex", "0");
  document.getElementById("keys").hidden = false;
  if (!given().some(Number.isNaN)) show(given());

  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest("a")) return;
    start = place(event);
    sheet.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  sheet.addEventListener("pointermove", (event) => {
    if (start) show([...start, ...place(event)]);
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!start) return;
    const end = place(event);
    if (Math.abs(end[0] - start[0]) > 2 && Math.abs(end[1] - start[1]) > 2) {
      keep([...start, ...end]);
      form.elements["draw-ground"].focus({ preventScroll: true });
    }
    start = null;
  });
  sheet.addEventListener("pointercancel", () => (start = null));

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  sheet.addEventListener("keydown", (event) => {
    if (event.target !== sheet) return;
    if (event.key === "Enter") {
      keep(box());
      form.elements["draw-ground"].focus();
    } else if (STEPS[event.key]) {
      const [dx, dy] = STEPS[event.key].map((step) => step * (event.ctrlKey ? 20 : 4));
      const [x0, y0, x1, y1] = box();
      const moved = event.shiftKey ? [x0, y0, Math.max(x1 + dx, x0 + 2), Math.max(y1 + dy, y0 + 2)] : [x0 + dx, y0 + dy, x1 + dx, y1 + dy];
      keep(moved.map((value, at) => limit(value, at % 2 ? height : width)));
    } else {
      return;
    }
    event.preventDefault();
  });
  for (const input of inputs) input.addEventListener("input", () => given().some(Number.isNaN) || show(given()));
})();
