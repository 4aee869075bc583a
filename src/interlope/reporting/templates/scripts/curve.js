// Curve: the probability of each explanation by the letter of one source, drawn as the report draws it.

const SVG = document.querySelector("svg")?.namespaceURI; // the page asks for nothing, not even by a name that looks like an address

/** An SVG element with attributes and text. */
function shapeOf(tag, attributes, text = "") {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

/** Outline of an explanation's mark at a place: shapes differ as well as colours. */
function outline(shape, x, y, r) {
  const ring = `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  return {
    disc: ring, ring, diamond: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`,
    square: `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`, triangle: `M${x} ${y - r}L${x + r} ${y + r}L${x - r} ${y + r}Z`,
    cross: `M${x - r} ${y - r}L${x + r} ${y + r}M${x - r} ${y + r}L${x + r} ${y - r}`,
  }[shape];
}

/** Draw the curve; `points` are probabilities by letter, `here` the letter in use. */
function drawCurve(svg, names, points, here, colours, title) {
  const letters = Object.keys(points), [left, right, top, bottom, width] = [40, 14, 16, 186, 420];
  const x = i => left + 14 + i * (width - left - right - 28) / (letters.length - 1), y = p => bottom - p * (bottom - top);
  const all = [shapeOf("title", {}, title)];
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    all.push(shapeOf("line", {class: "grid", x1: left, x2: width - right, y1: y(share), y2: y(share)}));
    all.push(shapeOf("text", {class: "t small dim", x: left - 6, y: y(share) + 4, "text-anchor": "end"}, `${100 * share}%`));
  }
  letters.forEach((letter, i) => {
    if (letter === here) all.push(shapeOf("rect", {class: "band", x: x(i) - 13, y: top - 6, width: 26, height: bottom - top + 28, rx: 4}));
    const cls = letter === here ? "t strong" : "t";
    all.push(shapeOf("text", {class: cls, x: x(i), y: bottom + 18, "text-anchor": "middle"}, letter));
  });
  names.forEach((name, h) => {
    const [slot, shape] = colours[name].split(" "), at = letters.map((letter, i) => [x(i), y(points[letter][h].probability)]);
    const steps = at.map(([a, b], i) => `${i ? "L" : "M"}${a.toFixed(1)} ${b.toFixed(1)}`);
    all.push(shapeOf("path", {class: `${slot} stroke line`, d: steps.join("")}));
    const open = shape === "cross" || shape === "ring";
    for (const [i, [a, b]] of at.entries()) {
      const mark = shapeOf("path", {class: `${slot} ${open ? "stroke line" : "fill"}`, d: outline(shape, a, b, 4)});
      mark.append(shapeOf("title", {}, `${name}, ${letters[i]}: ${percent(points[letters[i]][h].probability)}`));
      all.push(mark);
    }
  });
  svg.replaceChildren(...all);
}
