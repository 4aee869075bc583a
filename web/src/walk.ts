// Walk: the provenance of claims, step by step: from a source to its roots, to the claims that rest on them, and back.
import type { DossierResult, Flag } from "./types";
import { button, make } from "./dom";
import { offerSaving } from "./save";
import { WORDS, fill } from "./words";

type Dossier = Pick<DossierResult, "sources" | "roots" | "claims" | "series">;
type Kind = "source" | "root" | "claim";
interface Place { kind: Kind; id: string }

const W = WORDS.walk;

/** The panel that walks. */
class Walk {
  private readonly select = make("select", { id: "walk-start" });
  private readonly shown = make("div", { class: "walk-place", tabindex: -1 });
  private readonly way: Place[] = [];

  constructor(private readonly dossier: Dossier) {
    const groups: [string, Kind, string[]][] = [[W.sources, "source", dossier.sources.map(s => s.id)], [W.roots, "root", dossier.roots.map(r => r.id)],
      [W.claims, "claim", dossier.claims.map(c => c.id)]];
    for (const [label, kind, ids] of groups) {
      if (ids.length) this.select.append(make("optgroup", { label }, ...ids.map(id => make("option", { value: `${kind} ${id}` }, id))));
    }
    this.select.addEventListener("change", () => {
      const [kind, ...id] = this.select.value.split(" ");
      this.go({ kind: kind as Kind, id: id.join(" ") }, false);
    });
  }

  /** The panel, at the first source that has a root. */
  open(): HTMLElement {
    const first = this.dossier.roots[0];
    if (first) this.go({ kind: "root", id: first.id }, false);
    return make("section", { id: "walk", "aria-labelledby": "h-walk" }, make("h2", { id: "h-walk" }, W.title), make("p", { class: "under" }, W.lead),
      make("p", { class: "control" }, make("label", { for: "walk-start" }, W.choose), this.select), this.shown);
  }

  private go(place: Place, focus = true): void {
    this.way.push(place);
    this.select.value = `${place.kind} ${place.id}`;
    const { kind, id } = place;
    const [title, about, from, to] = kind === "source" ? this.source(id) : kind === "root" ? this.root(id) : this.claim(id);
    const back = this.way.length > 1 ? [button(W.back, () => { this.way.pop(); const last = this.way.pop(); if (last) this.go(last); })] : [];
    this.shown.replaceChildren(make("h3", {}, `${W[kind]} ${title}`), ...about,
      make("div", { class: "walk-sides" },
        make("div", {}, make("h4", {}, W.from), from.length ? make("ul", {}, ...from) : make("p", { class: "note" }, W.nothingFrom)),
        make("div", {}, make("h4", {}, W.to), to.length ? make("ul", {}, ...to) : make("p", { class: "note" }, W.nothingTo))),
      make("p", { class: "acts" }, ...back));
    if (focus) this.shown.focus({ preventScroll: true });
  }

  /** A step of the walk, as an entry of a list. */
  private step(kind: Kind, id: string, text: string): HTMLLIElement {
    return make("li", {}, button(id, () => this.go({ kind, id }), { "aria-label": `${W[kind]} ${id}` }), ` ${text}`);
  }

  private source(id: string): [string, Node[], HTMLElement[], HTMLElement[]] {
    const source = this.dossier.sources.find(s => s.id === id);
    const roots = this.dossier.roots.filter(r => r.source === id), passed = this.dossier.claims.filter(c => c.chain.includes(id));
    const about = source ? [make("p", {}, `${source.role}; ${fill(W.letter, { letter: source.letter })}. ${source.reason}`)] : [];
    return [id, about, [], [...roots.map(r => this.step("root", r.id, r.what)), ...passed.map(c => this.step("claim", c.id, c.paraphrase))]];
  }

  private root(id: string): [string, Node[], HTMLElement[], HTMLElement[]] {
    const root = this.dossier.roots.find(r => r.id === id);
    if (!root) return [id, [], [], []];
    const source = this.dossier.sources.find(s => s.id === root.source), series = this.dossier.series.filter(s => s.root === id);
    const about = [make("p", {}, root.what), ...(series.length ? [make("p", { class: "note" }, `${W.figures}: ${series.map(s => s.id).join(", ")}`)] : [])];
    const claims = this.dossier.claims.filter(c => c.root === id);
    return [id, about, source ? [this.step("source", source.id, `${source.role}, ${fill(W.letter, { letter: source.letter })}`)] : [],
      claims.map(c => this.step("claim", c.id, c.chain.length ? `${c.paraphrase} (${W.through} ${c.chain.join(", ")})` : c.paraphrase))];
  }

  private claim(id: string): [string, Node[], HTMLElement[], HTMLElement[]] {
    const claim = this.dossier.claims.find(c => c.id === id);
    if (!claim) return [id, [], [], []];
    const weight = claim.holdout ? W.held : claim.likelihood ? W.weighed : fill(W.notWeighed, { why: claim.why ?? WORDS.common.none });
    const about = [make("p", {}, claim.paraphrase), make("p", { class: "note" }, `${claim.kind}; ${fill(W.published, { date: claim.published })}; ${weight}`), flagList(claim.flags)];
    const root = this.dossier.roots.find(r => r.id === claim.root), relays = claim.chain.flatMap(r => this.dossier.sources.filter(s => s.id === r));
    const restated = this.dossier.claims.filter(c => c.of === id);
    const from = [...(root ? [this.step("root", root.id, root.what)] : []), ...relays.map(s => this.step("source", s.id, `${W.through} ${s.role}, ${fill(W.letter, { letter: s.letter })}`)),
      ...(claim.of ? [this.step("claim", claim.of, fill(W.restates, { of: claim.of }))] : [])];
    return [id, about, from, restated.map(c => this.step("claim", c.id, c.paraphrase))];
  }
}

function flagList(flags: Flag[]): HTMLElement {
  if (!flags.length) return make("p", { class: "note" }, W.noFlags);
  return make("div", {}, make("p", { class: "note" }, W.flags), make("ul", { class: "points" }, ...flags.map(f => make("li", {}, make("b", {}, f.rule.replaceAll(/[_-]/g, " ")), f.text ? `: ${f.text}` : ""))));
}

/** Letters, prior odds and what is left out, as the address of What if holds them. */
export function readWhatIf(hash: string): { letters: Record<string, string>; odds: Record<string, number>; without: string[] } {
  const letters: Record<string, string> = {}, odds: Record<string, number> = {}, without: string[] = [];
  for (const part of hash.replace(/^#what-if&?/, "").split("&")) {
    const [key = "", value = ""] = part.split("=").map(text => { try { return decodeURIComponent(text); } catch { return text; } });
    if (key.startsWith("letter.")) letters[key.slice(7)] = value;
    else if (key.startsWith("odds.")) odds[key.slice(5)] = 10 ** Number(value);
    else if (key === "without" || key === "claims") without.push(...value.split(","));
  }
  return { letters, odds, without };
}

/** Fill the page of the evidence. */
export function startWalk(dossier: Dossier): void {
  const saving = offerSaving(WORDS.save.analyst, "my-view", () => {
    const change = readWhatIf(location.hash.startsWith("#what-if") ? location.hash : "");
    return Object.keys(change.letters).length + Object.keys(change.odds).length + change.without.length ? { kind: "analyst", ...change } : null;
  });
  document.getElementById("live")?.replaceChildren(new Walk(dossier).open(), saving);
}
