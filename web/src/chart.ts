// Chart: fans of a series by day, drawn by uPlot, each with the table that stands behind it.
import uPlot from "uplot";
import type { Fan } from "./types";
import { draw, fold, make, tabulate } from "./dom";
import { WORDS, date, day, fill, later, write } from "./words";

export interface Layer {
  name: string;
  fan: Fan;
  /** A custom property of the stylesheet: --k0. */
  colour: string;
  dashed?: boolean;
  path?: (number | null)[];
}

const HEIGHT = 240, EVERY = 30;
const PARTS = [0, 1, 2, 3, 4] as const;

/** A colour of the stylesheet, in the theme that is on. */
function colourOf(name: string, share = 1): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const [r, g, b] = [1, 3, 5].map(at => parseInt(value.slice(at, at + 2), 16));
  return share === 1 ? value : `rgba(${r}, ${g}, ${b}, ${share})`;
}

/** The line of a layer's median, as its legend shows it. */
function drawSample(layer: Layer): SVGElement {
  return draw("svg", { width: 30, height: 10, class: "sample", "aria-hidden": "true" },
    draw("line", { x1: 1, x2: 29, y1: 5, y2: 5, class: `sample${layer.colour}`, ...(layer.dashed ? { "stroke-dasharray": "6 4" } : {}) }));
}

/** A fan, or several over one another, in a figure. */
export class Chart {
  readonly figure: HTMLElement;
  /** What the upper end is at least, so that figures side by side have one scale. */
  most = 0;
  private readonly box = make("div", { class: "plot" });
  private readonly title = make("b");
  private readonly note = make("span", { class: "note" });
  private readonly key = make("ul", { class: "key" });
  private readonly table: HTMLDetailsElement;
  private plot: uPlot | null = null;
  private layers: Layer[] = [];
  private cursor = -1;

  constructor() {
    this.table = fold(WORDS.common.table, () => this.tabulate());
    this.figure = make("figure", { class: "live-figure" }, make("figcaption", {}, this.title, this.note), this.key, this.box, this.table);
    new ResizeObserver(() => this.resize()).observe(this.box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
  }

  /** Show layers of one series; the first gives title and unit. */
  show(layers: Layer[], title: string, note: string): void {
    const same = this.plot && layers.length === this.layers.length && layers.every((l, i) => !l.path === !this.layers[i]?.path && l.colour === this.layers[i]?.colour);
    this.layers = layers;
    this.title.textContent = title;
    this.note.textContent = note;
    this.box.setAttribute("role", "img");
    this.box.setAttribute("aria-label", `${title}. ${note} ${layers.map(l => l.name).join(", ")}.`);
    this.key.replaceChildren(...layers.map(l => make("li", {}, drawSample(l), ` ${l.name}`)), make("li", {}, WORDS.common.bands));
    this.table.dispatchEvent(new Event("renew"));
    if (same) this.plot?.setData(this.data());
    else this.redraw();
  }

  /** Mark a day by a line. */
  mark(at: number): void {
    this.cursor = at;
    this.plot?.redraw(false, false);
  }

  private data(): uPlot.AlignedData {
    const first = this.layers[0];
    if (!first) return [[]];
    const length = first.fan.values[0]?.length ?? 0;
    const x = Array.from({ length }, (_, i) => later(first.fan.start, i) / 1000);
    const rows = this.layers.flatMap(l => [...PARTS.map(q => l.fan.values[q] ?? []), ...(l.path ? [l.path] : [])]);
    return [x, ...rows] as uPlot.AlignedData;
  }

  private redraw(): void {
    this.plot?.destroy();
    this.box.replaceChildren();
    const series: uPlot.Series[] = [{}], bands: uPlot.Band[] = [];
    for (const layer of this.layers) {
      const at = series.length;
      for (const q of PARTS) {
        const shown = q === 2;
        series.push({ stroke: shown ? colourOf(layer.colour) : "transparent", width: shown ? 2 : 0, points: { show: false }, ...(layer.dashed ? { dash: [6, 4] } : {}) });
      }
      bands.push({ series: [at + 4, at], fill: colourOf(layer.colour, 0.14) }, { series: [at + 3, at + 1], fill: colourOf(layer.colour, 0.2) });
      if (layer.path) series.push({ stroke: colourOf("--ink"), width: 1, points: { show: false } });
    }
    const axis = { stroke: colourOf("--soft"), grid: { stroke: colourOf("--grid"), width: 1 }, ticks: { stroke: colourOf("--grid"), width: 1 } };
    this.plot = new uPlot({
      width: Math.max(this.box.clientWidth, 240), height: HEIGHT, series, bands, legend: { show: false }, cursor: { show: false },
      scales: { x: { time: true }, y: { range: (_, low, high) => [Math.min(low, 0), Math.max(high, this.most) > low ? Math.max(high, this.most) * 1.05 : low + 1] } },
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      axes: [{ ...axis, space: 86, values: (_, splits) => splits.map(s => date(s)) }, { ...axis, size: 62, values: (_, splits) => splits.map(v => write(v)) }],
      hooks: { draw: [plot => this.drawMark(plot)] },
    }, this.data(), this.box);
    const canvas = this.box.querySelector("canvas");
    canvas?.setAttribute("aria-hidden", "true");
  }

  private drawMark(plot: uPlot): void {
    const first = this.layers[0];
    if (this.cursor < 0 || !first) return;
    const x = plot.valToPos(later(first.fan.start, this.cursor) / 1000, "x", true), { top, height } = plot.bbox;
    plot.ctx.save();
    plot.ctx.strokeStyle = colourOf("--ink");
    plot.ctx.lineWidth = devicePixelRatio;
    plot.ctx.beginPath();
    plot.ctx.moveTo(x, top);
    plot.ctx.lineTo(x, top + height);
    plot.ctx.stroke();
    plot.ctx.restore();
  }

  private resize(): void {
    const width = this.box.clientWidth;
    if (this.plot && width > 0 && Math.abs(width - this.plot.width) > 1) this.plot.setSize({ width, height: HEIGHT });
  }

  private tabulate(): Node {
    const first = this.layers[0]?.fan;
    if (!first) return make("p", {}, WORDS.common.none);
    const days = first.values[0]?.length ?? 0, rows: string[][] = [];
    for (let d = 0; d < days; d += EVERY) rows.push([day(first.start, d), ...this.layers.flatMap(l => [0, 2, 4].map(q => write(l.fan.values[q]?.[d])))]);
    const heads = this.layers.flatMap(l => [`${l.name}: 5%`, WORDS.common.median, "95%"].map(head => ({ head, numeric: true })));
    return tabulate(fill(WORDS.market.fan, { title: first.title, unit: first.unit }), [{ head: WORDS.common.date }, ...heads], rows);
  }
}
