// View: what a page shows, as the fragment of its address: reload, Back and the links between pages bring it again.
import { byId, make } from "./dom";
import { WORDS, fill } from "./words";

/** Pages that share a view name it alike. */
const VIEWS: Record<string, string> = { evidence: "what-if", explanations: "what-if", market: "market", options: "options" };
const SOON = 250; // milliseconds without a change after which the address follows; browsers refuse many changes a second

export type View = Map<string, string>;

let waiting: (() => void) | null = null, timer = 0;

/** The view of an address; null where it is none of this name. */
export function readView(name: string, hash = location.hash): View | null {
  const [first, ...parts] = hash.replace(/^#/, "").split("&");
  return first === name ? new Map(parts.map(part => { const at = `${part}=`.indexOf("="); return [decode(part.slice(0, at)), decode(part.slice(at + 1))]; })) : null;
}

/** Let the address say what is shown, once nothing has changed for a moment. */
export function writeView(name: string, view: [string, string][]): void {
  const hash = `#${[name, ...view.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":")}`)].join("&")}`;
  waiting = () => history.replaceState(null, "", hash);
  clearTimeout(timer);
  timer = window.setTimeout(settle, SOON);
}

function settle(): void {
  clearTimeout(timer);
  waiting?.();
  waiting = null;
}

function decode(text: string): string {
  try { return decodeURIComponent(text); } catch { return text; }
}

/** Say of an address what could not be read of it. */
export function tellLost(count: number, what = ""): void {
  const text = what ? fill(WORDS.frame.lost, { what }) : count === 1 ? WORDS.frame.lostOne : count > 1 ? fill(WORDS.frame.lostMany, { n: count }) : "";
  const place = document.getElementById("lost");
  if (place) place.textContent = text;
  else if (text) byId("main").querySelector(".lead")?.after(make("p", { id: "lost", class: "note", role: "status" }, text));
}

/** Keep the view of this page for its links, give every link the last view of its page, and say where the address names nothing. */
export function keepViews(page: string): void {
  const folder = location.pathname.replace(/[^/]*$/, ""), links = [...document.querySelectorAll<HTMLAnchorElement>("nav a")];
  const point = () => {
    for (const link of links) {
      const name = (link.getAttribute("href") ?? "").split("#")[0] ?? "", view = VIEWS[name];
      link.href = name + (view ? recall(folder + view) : "");
    }
  };
  const keep = (hash = location.hash) => {
    const view = VIEWS[page];
    if (!view) return;
    if (hash.startsWith(`#${view}&`)) store(folder + view, hash);
    else if (hash === "" || hash === `#${view}`) store(folder + view, "");
    point();
  };
  const look = () => {
    const what = decode(location.hash.slice(1));
    if (what && what.split("&")[0] !== VIEWS[page] && !document.getElementById(what)) tellLost(1, what);
    else if (what.split("&")[0] !== VIEWS[page]) tellLost(0);
  };
  for (const link of links) for (const kind of ["pointerdown", "click"]) link.addEventListener(kind, () => { settle(); keep(); });
  addEventListener("pagehide", () => { settle(); keep(); });
  addEventListener("hashchange", event => { keep(new URL(event.oldURL).hash); look(); });
  point();
  look();
}

function recall(key: string): string {
  try { return sessionStorage.getItem(key) ?? ""; } catch { return ""; }
}

function store(key: string, hash: string): void {
  try { sessionStorage.setItem(key, hash); } catch { /* a browser that stores nothing: links then lead to the page as it begins */ }
}
