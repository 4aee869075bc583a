// Strip: the border as abstract sectors side by side, one day at a time: groups, truces, clashes, tries to cross, police operations.
import type { Strip, StripMean } from "./types";
import { unpack, unpackWide } from "./api";
import { type Child, draw, fresh, make, tabulate } from "./dom";
import { WORDS, day, fill, write } from "./words";

const M = WORDS.market;
export const MARKS = [M.own, M.symbol, M.kin, M.commanded] as const;
const LEAST = 720, EACH = 104, TIGHT_LEAST = 350, TIGHT_EACH = 56, TOP = 26, TALL = 150, LOW = 34; // least width of the border and of a sector, the same where there is little room; above it, of its groups, below them

/** Anything that shows a day of the border. */
export interface Border {
  days: number;
  start: string;
  /** Most members in a sector on any day: what the height of a sector stands for. */
  most: number;
  paint(at: number, most: number): void;
  tabulate(at: number): Node;
  element: SVGElement;
}

abstract class Drawn {
  readonly element: SVGElement;
  protected readonly layer: SVGElement;
  protected readonly wide: number;
  private readonly hatch = fresh("hatch");

  constructor(readonly days: number, readonly start: string, protected readonly sectors: number, protected readonly operation: (number | null)[], label: string, private readonly tight: boolean) {
    this.wide = tight ? Math.max(TIGHT_EACH, TIGHT_LEAST / sectors) : Math.max(EACH, LEAST / sectors);
    this.layer = draw("g");
    this.element = draw("svg", { viewBox: `0 0 ${sectors * this.wide} ${TOP + TALL + LOW}`, role: "img", "aria-label": label, class: "strip" }, this.patterns(), this.layer);
  }

  /** Marks differ by texture as well as by colour. */
  private patterns(): SVGElement {
    const lines = ["", "M0 8L8 0", "M0 4H8", "M0 4H8M4 0V8"];
    return draw("defs", {}, ...lines.map((d, mark) => draw("pattern", { id: `${this.hatch}-${mark}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
      draw("rect", { width: 8, height: 8, class: `mark-${mark}` }), ...(d ? [draw("path", { d, class: "hatch" })] : []))));
  }

  protected fillOf(mark: number): string {
    return `url(#${this.hatch}-${mark})`;
  }

  /** What lies behind the groups: ground, name of the sector, operation. */
  protected ground(at: number): SVGElement[] {
    const force = this.operation[at] ?? 0, all = [];
    if (force > 0.01) {
      all.push(draw("rect", { x: 0, y: 0, width: this.sectors * this.wide, height: 18, class: "operation", opacity: Math.max(force, 0.25) }),
        draw("text", { x: 8, y: 13, class: "t small strong" }, M.operation));
    }
    for (let s = 0; s < this.sectors; s++) {
      all.push(draw("rect", { x: s * this.wide + 4, y: TOP, width: this.wide - 8, height: TALL, class: "ground" }),
        draw("text", { x: (s + 0.5) * this.wide, y: TOP + TALL + 14, class: "t small", "text-anchor": "middle" }, this.tight ? String(s + 1) : fill(M.sector, { n: s + 1 })));
    }
    return all;
  }

  protected bar(s: number, from: number, to: number, fillWith: string): SVGElement {
    return draw("rect", { x: s * this.wide + 10, y: TOP + TALL - to, width: this.wide - 20, height: Math.max(to - from, 0.5), fill: fillWith, class: "group" });
  }

  protected tries(s: number, count: number, most: number): SVGElement {
    return draw("rect", { x: s * this.wide + 10, y: TOP + TALL + 22, width: (this.wide - 20) * Math.min(count / Math.max(most, 1), 1), height: 6, class: "tries" });
  }
}

/** One replicate. */
export class Replicate extends Drawn implements Border {
  readonly most: number;
  private readonly members: Uint16Array;
  private readonly marks: Uint8Array;
  private readonly truces: Uint8Array;
  private readonly clashes: Uint8Array;
  private readonly deaths: Uint8Array;
  private readonly attempts: Uint16Array;
  private readonly busiest: number;

  constructor(private readonly strip: Strip, label: string, tight: boolean) {
    super(strip.days, strip.start, strip.sectors, strip.operation, label, tight);
    this.members = unpackWide(strip.members);
    this.marks = unpack(strip.marks);
    this.truces = unpack(strip.truces);
    this.clashes = unpack(strip.clashes);
    this.deaths = unpack(strip.deaths);
    this.attempts = unpackWide(strip.attempts);
    this.busiest = this.attempts.reduce((a, b) => Math.max(a, b), 1);
    let most = 1;
    for (let d = 0; d < strip.days; d++) for (let s = 0; s < strip.sectors; s++) most = Math.max(most, this.inSector(d, s));
    this.most = most;
  }

  private count(d: number, g: number, s: number): number {
    return this.members[(d * this.strip.groups + g) * this.sectors + s] ?? 0;
  }

  private inSector(d: number, s: number): number {
    let total = 0;
    for (let g = 0; g < this.strip.groups; g++) total += this.count(d, g, s);
    return total;
  }

  private at(values: Uint8Array | Uint16Array, d: number, s: number): number {
    return values[d * this.sectors + s] ?? 0;
  }

  paint(at: number, most: number): void {
    const all = this.ground(at);
    for (let s = 0; s < this.sectors; s++) {
      let low = 0;
      for (let g = 0; g < this.strip.groups; g++) {
        const high = low + this.count(at, g, s) * TALL / most;
        if (high > low) all.push(this.bar(s, low, high, this.fillOf(this.marks[at * this.strip.groups + g] ?? 0)));
        low = high;
      }
      const clashes = this.at(this.clashes, at, s), deaths = this.at(this.deaths, at, s), middle = (s + 0.5) * this.wide;
      if (this.at(this.truces, at, s)) {
        all.push(draw("rect", { x: s * this.wide + 6, y: TOP + 2, width: this.wide - 12, height: TALL - 4, class: "truce" }),
          draw("text", { x: middle, y: TOP + 16, class: "t small strong halo", "text-anchor": "middle" }, M.truce));
      }
      if (clashes) {
        all.push(draw("path", { d: burst(middle, TOP + 44, 15), class: "clash" }),
          draw("text", { x: middle, y: TOP + 48, class: "t small strong on-clash", "text-anchor": "middle" }, deaths ? `${clashes} † ${deaths}` : String(clashes)));
      }
      all.push(this.tries(s, this.at(this.attempts, at, s), this.busiest));
    }
    this.layer.replaceChildren(...all);
  }

  tabulate(at: number): Node {
    const rows: Child[][] = [];
    for (let s = 0; s < this.sectors; s++) {
      const by = [0, 0, 0, 0], groups = [0, 0, 0, 0];
      for (let g = 0; g < this.strip.groups; g++) {
        const mark = this.marks[at * this.strip.groups + g] ?? 0, count = this.count(at, g, s);
        by[mark] = (by[mark] ?? 0) + count;
        groups[mark] = (groups[mark] ?? 0) + (count ? 1 : 0);
      }
      rows.push([fill(M.sector, { n: s + 1 }), ...by.map((n, mark) => n ? `${n} (${groups[mark] ?? 0})` : "0"), this.at(this.truces, at, s) ? M.truce : "",
        String(this.at(this.clashes, at, s)), String(this.at(this.deaths, at, s)), String(this.at(this.attempts, at, s))]);
    }
    const heads = [...MARKS.map(name => `${M.members} (${M.groups}), ${name}`), M.truce, M.clashes, M.deaths, M.attempts];
    return tabulate(`${M.tableNow}: ${day(this.start, at)}`, [{ head: "" }, ...heads.map(head => ({ head, numeric: head !== M.truce }))], rows);
  }
}

/** All replicates of an explanation together: means. */
export class MeanBorder extends Drawn implements Border {
  readonly most: number;
  private readonly values: Uint16Array[];

  constructor(private readonly mean: StripMean, label: string, tight: boolean) {
    super(mean.days, mean.start, mean.sectors, mean.operation, label, tight);
    this.values = mean.values.map(unpackWide);
    this.most = (this.values[0] ?? new Uint16Array(1)).reduce((a, b) => Math.max(a, b), 1);
  }

  private at(i: number, d: number, s: number): number {
    return (this.values[i]?.[d * this.sectors + s] ?? 0) * (this.mean.scales[i] ?? 1);
  }

  paint(at: number, most: number): void {
    const all = this.ground(at), busiest = (this.values[1] ?? new Uint16Array(1)).reduce((a, b) => Math.max(a, b), 1);
    for (let s = 0; s < this.sectors; s++) {
      const high = this.at(0, at, s) * TALL / most, governed = this.at(2, at, s);
      all.push(this.bar(s, 0, high, this.fillOf(0)), this.bar(s, 0, high * Math.min(governed, 1), this.fillOf(3)), this.tries(s, this.at(1, at, s), busiest));
    }
    this.layer.replaceChildren(...all);
  }

  tabulate(at: number): Node {
    const heads = this.mean.titles.map((title, i) => ({ head: `${title}, ${this.mean.units[i] ?? ""}`, numeric: true }));
    const rows = Array.from({ length: this.sectors }, (_, s) => [fill(M.sector, { n: s + 1 }), ...this.mean.names.map((_name, i) => write(this.at(i, at, s)))]);
    return tabulate(`${M.tableNow}: ${day(this.start, at)}`, [{ head: "" }, ...heads], rows);
  }
}

/** A star of eight points. */
function burst(x: number, y: number, r: number): string {
  const points = Array.from({ length: 16 }, (_, i) => {
    const far = i % 2 ? r : r * 1.55, angle = (i * Math.PI) / 8;
    return `${(x + far * Math.cos(angle)).toFixed(1)} ${(y + far * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}Z`;
}

/** What the marks of a strip mean. */
export function makeKey(mean: boolean): HTMLElement {
  const entry = (cls: string, text: string) => make("li", {}, make("span", { class: `swatch ${cls}`, "aria-hidden": "true" }), text);
  const marks = mean ? [entry("mark-bg-0", M.members), entry("mark-bg-3", M.governed)] : MARKS.map((name, i) => entry(`mark-bg-${i}`, name));
  const rest = mean ? [] : [entry("truce-bg", M.truce), entry("clash-bg", `${M.clashes} † ${M.deaths}`)];
  return make("ul", { class: "key" }, ...marks, ...rest, entry("tries-bg", M.attempts), entry("operation-bg", M.operation));
}
