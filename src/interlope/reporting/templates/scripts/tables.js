// Tables: rows sorted by a column, rows shown that hold a text, and what stands behind a figure or table saved as CSV or SVG.

const LEAST_SORTED = 3, LEAST_FILTERED = 12; // rows from which sorting and filtering help

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The number, date or odds that a cell begins with, as the report writes them; NaN where there is none. */
function numberOf(text) {
  const date = /^\s*(\d{1,2}) ([A-Z][a-z]{2}) (\d{4})/.exec(text), odds = /^\s*([\d,.]+)\s:\s([\d,.]+)/.exec(text);
  if (date && MONTHS.includes(date[2])) return Date.UTC(date[3], MONTHS.indexOf(date[2]), date[1]);
  if (odds) return numberOf(odds[1]) / numberOf(odds[2]);
  const match = /^[<>+]?\s*([−-]?[\d,]*\.?\d+)/.exec(text.trim());
  return match ? Number(match[1].replace("−", "-").replaceAll(",", "")) : NaN;
}

/** Compare cells, upwards (1) or downwards (-1): numbers by size, texts by letters, what is no number last either way. */
function compareCells(a, b, way) {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return way * (Number.isNaN(x) ? a.localeCompare(b, "en") : x - y);
}

/** Put a button into every head, which sorts the rows and turns round when used again. */
function makeSortable(table) {
  for (const [i, head] of [...table.tHead.rows[0].cells].entries()) {
    const button = document.createElement("button"), text = head.textContent;
    button.type = "button";
    button.className = "sort";
    button.textContent = text;
    button.title = WORDS.sort(text);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const text = row => row.cells[i].textContent, way = down ? -1 : 1;
      table.tBodies[0].append(...[...table.tBodies[0].rows].sort((a, b) => compareCells(text(a), text(b), way)));
    });
  }
}

/** Put a field over a long table that leaves the rows which hold its text. */
function makeFilterable(sheet, table) {
  const label = document.createElement("label"), input = document.createElement("input"), count = document.createElement("span");
  label.className = "filter";
  input.type = "search";
  count.setAttribute("role", "status");
  label.append(`${WORDS.filter} `, input, " ", count);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase(), rows = [...table.tBodies[0].rows];
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    count.textContent = wanted ? WORDS.shown(rows.filter(row => !row.hidden).length, rows.length) : "";
  });
  sheet.prepend(label);
}

/** Offer a text as a file; nothing leaves the page. */
function save(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "paint-order", "font-size",
               "font-weight", "font-family", "text-anchor"];

/** The figure that is shown as a drawing of its own, with colours and type as they are on the page. */
function toSvg(figure) {
  const shown = [...figure.querySelectorAll("svg")].find(s => getComputedStyle(s).display !== "none");
  const copy = shown.cloneNode(true);
  const [from, to] = [[shown, ...shown.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of DRAWN) to[i].setAttribute(name, style.getPropertyValue(name));
    to[i].removeAttribute("class");
  });
  const box = shown.viewBox.baseVal, paper = getComputedStyle(figure).backgroundColor;
  copy.prepend(shapeOf("rect", {x: box.x, y: box.y, width: box.width, height: box.height, fill: paper}));
  return new XMLSerializer().serializeToString(copy);
}

/** Buttons that save a table as CSV with full figures, and a figure as SVG too. */
function offerFiles(sheet, files) {
  const figure = sheet.closest("figure"), title = sheet.querySelector("caption").textContent, name = sheet.dataset.name;
  const row = document.createElement("p");
  row.className = "files";
  const offer = (kind, make) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = kind;
    button.setAttribute("aria-label", WORDS.save(kind, title));
    button.addEventListener("click", make);
    row.append(button);
  };
  if (name in files) offer(WORDS.csv, () => save(`${name}.csv`, files[name], "text/csv"));
  if (figure?.querySelector("svg")) offer(WORDS.svg, () => save(`${name}.svg`, toSvg(figure), "image/svg+xml"));
  if (figure) figure.insertBefore(row, figure.querySelector("details"));
  else sheet.append(row);
}

/** Sort, filter and files for every table of the report. */
async function equipTables() {
  const packed = document.getElementById("csv");
  const files = packed ? JSON.parse(new TextDecoder().decode(await inflate(packed.textContent))) : {};
  for (const sheet of document.querySelectorAll(".sheet[data-name]")) {
    const table = sheet.querySelector("table"), rows = table.tBodies[0].rows.length;
    if (rows >= LEAST_SORTED) makeSortable(table);
    if (rows >= LEAST_FILTERED) makeFilterable(sheet, table);
    offerFiles(sheet, files);
  }
}
