// DOM: elements made of texts, never of markup, so that nothing of a case can become part of the page's structure.

import { WORDS } from "./words";

type Attributes = Record<string, string | number | boolean>;
export type Child = Node | string;

/** An element with attributes and children; an attribute that is false is left out. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  put(element, attributes);
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element with attributes and children. */
export function draw(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS(SVG, tag) as SVGElement;
  put(element, attributes);
  element.append(...children);
  return element;
}

function put(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, String(value));
  }
}

/** A button with what it does. */
export function button(text: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", act);
  return element;
}

let serial = 0;

/** A name that no other element of the page has. */
export function fresh(stem: string): string {
  serial += 1;
  return `${stem}-${serial}`;
}

/** A labelled choice. */
export function choice(label: string, options: [string, string][], value: string, act: (value: string) => void): HTMLParagraphElement {
  const id = fresh("choice");
  const select = make("select", { id, autocomplete: "off" });
  for (const [key, text] of options) select.append(make("option", { value: key }, text));
  select.value = value;
  select.addEventListener("change", () => act(select.value));
  return make("p", { class: "control" }, make("label", { for: id }, label), select);
}

/** Lets a table say whether it goes on; one that left the page is forgotten. */
const widths = new ResizeObserver(entries => {
  for (const { target } of entries) if (target.isConnected) look(target); else widths.unobserve(target);
});

function look(scroll: Element): void {
  scroll.parentElement?.classList.toggle("more", scroll.scrollLeft + scroll.clientWidth < scroll.scrollWidth - 2);
}

export interface Column { head: string; numeric?: boolean }

/** A table in a region that scrolls sideways, and says so where it does; the first cell of each row is its head. */
export function tabulate(caption: string, columns: Column[], rows: Child[][]): HTMLDivElement {
  const heads = columns.map(c => make("th", { scope: "col", class: c.numeric ? "num" : false }, c.head));
  const body = rows.map(row => make("tr", {}, ...row.map((cell, i) =>
    i === 0 ? make("th", { scope: "row" }, cell) : make("td", { class: columns[i]?.numeric ? "num" : false }, cell))));
  const table = make("table", { class: columns.length < 5 ? "few" : "live" }, make("caption", {}, make("span", {}, caption)),
    make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...body));
  const scroll = make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption }, table);
  const sheet = make("div", { class: "sheet" }, make("p", { class: "hint", "aria-hidden": "true" }, WORDS.frame.hint), scroll);
  scroll.addEventListener("scroll", () => look(scroll));
  widths.observe(scroll);
  return sheet;
}

/** A fold whose content is made when it is first opened. */
export function fold(summary: string, content: () => Node): HTMLDetailsElement {
  const details = make("details", {}, make("summary", {}, summary));
  const show = () => {
    while (details.childNodes.length > 1) details.lastChild?.remove();
    details.append(content());
  };
  details.addEventListener("toggle", () => { if (details.open) show(); });
  details.addEventListener("renew", () => { if (details.open) show(); });
  return details;
}

/** The element of an id. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element ${id}`);
  return element;
}
