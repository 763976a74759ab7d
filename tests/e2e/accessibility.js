// What keeps some readers out of a page, found in the page as the browser shows it: one sentence per barrier.
// Structure and names are read from the browser's own accessibility tree; here is what only styles and boxes tell.
() => {
  const found = [];
  const words = element => (element.innerText || element.value || element.name || "").trim().slice(0, 40);
  const report = (rule, element) => found.push(`${rule}: <${element.localName}> ${words(element)}`);
  const shown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Colours: layers are laid over each other as they are painted; of a gradient the nearest colour counts.
  const parse = text => {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((part, n) => part * a + below[n] * (1 - a));
  const channel = part => ((part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ratio = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const grounds = element => {
    if (!element) return [[255, 255, 255]];
    const style = getComputedStyle(element);
    const gradient = style.backgroundImage.match(/rgba?\([^)]*\)/g);
    if (gradient) return gradient.map(colour => over(parse(colour), [255, 255, 255]));
    const colour = parse(style.backgroundColor);
    return colour[3] === 1
      ? [colour]
      : grounds(element.parentElement).map(below => over(colour, below));
  };
  const contrast = (element, colour) =>
    Math.min(...grounds(element).map(ground => ratio(over(parse(colour), ground), ground)));
  const needed = style => {
    const size = parseFloat(style.fontSize);
    return size >= 24 || (size >= 18.66 && parseInt(style.fontWeight, 10) >= 700) ? 3 : 4.5;
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(element)) continue;
    const style = getComputedStyle(element);
    const reached = contrast(element, style.color);
    if (reached < needed(style)) report(`contrast ${reached.toFixed(2)}`, element);
  }
  for (const field of all("input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea")) {
    if (!shown(field)) continue;
    const style = getComputedStyle(field);
    if (contrast(field, style.color) < 4.5) report("contrast of a field's text", field);
    if (field.placeholder && contrast(field, getComputedStyle(field, "::placeholder").color) < 4.5)
      report("contrast of a placeholder", field);
    const edges = ["Top", "Right", "Bottom", "Left"].filter(side => parseFloat(style[`border${side}Width`]) > 0);
    const outside = grounds(field.parentElement)[0];
    const inside = grounds(field)[0];
    const seen = edges.some(side => ratio(over(parse(style[`border${side}Color`]), outside), outside) >= 3);
    if (!seen && ratio(inside, outside) < 3) report("contrast of a field's edge", field);
  }

  // Targets: a link in a sentence is as high as its line; a box is as large as the label around it.
  const inSentence = element => {
    if (getComputedStyle(element).display !== "inline") return false;
    const block = element.closest("p, li, dd, td, th, figcaption, caption");
    return block !== null && block.innerText.trim().length > element.innerText.trim().length;
  };
  const size = element => {
    const boxes = [element, ...(element.labels || [])].map(each => each.getBoundingClientRect());
    return [Math.max(...boxes.map(box => box.width)), Math.max(...boxes.map(box => box.height))];
  };
  for (const element of all("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!shown(element) || inSentence(element) || element.closest(".skip, .visually-hidden")) continue;
    const [width, height] = size(element);
    if (width < 24 || height < 24) report(`target ${Math.round(width)}×${Math.round(height)}`, element);
  }

  // Order and identity.
  const ids = all("[id]").map(element => element.id);
  for (const id of new Set(ids.filter((each, n) => ids.indexOf(each) !== n))) found.push(`duplicate id: ${id}`);
  for (const element of all("[tabindex]")) if (element.tabIndex > 0) report("positive tabindex", element);
  for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"])
    for (const element of all(`[${name}]`))
      for (const id of element.getAttribute(name).split(/\s+/))
        if (!document.getElementById(id)) report(`${name} names nothing (${id})`, element);

  // Tables: a caption or a name, heads that say what they head, no empty head.
  for (const table of all("table").filter(shown)) {
    const named = table.caption?.innerText.trim() || table.closest("[aria-label], [aria-labelledby]:not(main)");
    if (!named) report("table without a caption", table);
    if (!table.querySelector("th")) report("table without heads", table);
    for (const head of all("th", table)) {
      if (!head.innerText.trim()) report("empty table head", head);
      if (!head.scope && !head.id) report("table head without scope", head);
    }
  }

  // Lists hold items and nothing else; what fades or flies in must be able to stay away.
  for (const list of all("ul, ol"))
    for (const child of list.children)
      if (!["li", "script", "template"].includes(child.localName)) report("list holds no item", child);
  for (const list of all("dl"))
    for (const child of list.children)
      if (!["dt", "dd", "div"].includes(child.localName)) report("list of facts holds something else", child);
  const zoom = document.querySelector("meta[name=viewport]")?.content || "";
  if (/user-scalable\s*=\s*(no|0)|maximum-scale/.test(zoom)) found.push(`zoom is forbidden: ${zoom}`);
  for (const media of all("video[autoplay], audio[autoplay]")) report("plays by itself", media);
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) {
    found.push(`scrolls sideways by ${document.documentElement.scrollWidth - document.documentElement.clientWidth} px`);
  }
  return found;
}
