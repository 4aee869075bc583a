// Harm: what an option does to every outcome, as a figure and as tables, pooled or under one explanation alone.
import type { LiveAnswer, LiveDifference, LiveLevel, LiveOutcome } from "./types";
import { type Child, draw, make, tabulate } from "./dom";
import { WORDS, fill, signed, write } from "./words";

const O = WORDS.options;
export const POOLED = "pooled";
const ROW = 38;
const WAYS = { more: [O.more, "k-worse"], fewer: [O.fewer, "k-better"], same: [O.same, "k-same"], unclear: [O.unclear, "k-unclear"] } as const;

function pick(outcome: LiveOutcome, over: string, by: string): LiveDifference | undefined {
  return outcome.differences.find(d => d.over === over && d.explanation === by);
}

/** Which way a difference goes; no change where nothing within the middle of pairs is other than 0. */
function wayOf(d: LiveDifference | undefined): keyof typeof WAYS {
  if (d?.direction === "more" || d?.direction === "fewer") return d.direction;
  return d && d.mean !== null && d.q05 === 0 && d.q95 === 0 ? "same" : "unclear";
}

/** A title with the explanation that its numbers are of. */
export function nameUnder(by: string): string {
  return by === POOLED ? O.pooledUnder : fill(O.under, { name: by });
}

/** The first harm in one line. */
export function tellFirst(answer: LiveAnswer, by: string): string {
  const first = answer.outcomes.find(o => o.harm), d = first && pick(first, "status_quo", by);
  return first ? `${fill(O.inShort, { title: first.title, mean: signed(d?.mean), way: WAYS[wayOf(d)][0] })}, ${nameUnder(by)}` : "";
}

/** Outcomes as rows: every column is of the explanation that is chosen. */
export function tabulateOutcomes(title: string, answer: LiveAnswer, by: string, wanted: (outcome: LiveOutcome) => boolean): HTMLElement {
  const columns = [O.outcome, O.overStatusQuo, O.range, O.overToday, O.yours, O.statusQuo, O.today, by === POOLED ? O.regret : O.regretOne].map((head, i) => ({ head, numeric: i > 0 }));
  const rows = answer.outcomes.filter(wanted).map(outcome => {
    const over = pick(outcome, "status_quo", by), today = pick(outcome, "today", by), regret = answer.regret.find(r => r.outcome === outcome.name);
    const change = make("span", { class: outcome.worse && over?.direction ? (over.direction === "more" ? "worse" : "better") : "" }, `${signed(over?.mean)} (${WAYS[wayOf(over)][0]})`);
    const unit = outcome.unit === "1" ? [] : [", ", make("span", { class: "unit" }, outcome.unit)];
    const level: LiveLevel | LiveOutcome | undefined = by === POOLED ? outcome : outcome.levels.find(l => l.explanation === by);
    const worse = by === POOLED ? (regret ? `${write(regret.expected)}, ${write(regret.maximum)}` : WORDS.common.nothing) : write(outcome.levels.find(l => l.explanation === by)?.regret);
    const cells: Child[] = [make("span", {}, outcome.title, ...unit), change, `${signed(over?.q05)} … ${signed(over?.q95)}`, signed(today?.mean), write(level?.option), write(level?.status_quo), write(level?.today), worse];
    return cells;
  });
  return tabulate(fill(O.caption, { title, under: nameUnder(by) }), columns, rows);
}

/** Mean differences of harms with the middle of pairs, each row on a scale of its own. */
export function drawHarm(figure: HTMLElement, answer: LiveAnswer, by: string, option: string): void {
  const room = Math.round(figure.getBoundingClientRect().width) - 30, narrow = room < 560, harms = answer.outcomes.filter(o => o.harm);
  const left = narrow ? 0 : 280, width = Math.max(room, 290), middle = left + (width - left) / 2, reach = (width - left) / 2 - 30;
  const all: SVGElement[] = [];
  harms.forEach((outcome, i) => {
    const d = pick(outcome, "status_quo", by), y = i * ROW + (narrow ? 34 : 26), way = wayOf(d), cls = WAYS[way][1];
    const most = Math.max(Math.abs(d?.q05 ?? 0), Math.abs(d?.q95 ?? 0), Math.abs(d?.mean ?? 0), 1e-9);
    const x = (value: number) => way === "same" ? middle : middle + (value / most) * reach;
    all.push(draw("line", { x1: middle, x2: middle, y1: narrow ? y - 9 : y - 22, y2: narrow ? y + 9 : y + 16, class: "rule" }),
      draw("text", { x: 0, y: narrow ? y - 16 : y + 4, class: "t halo" }, outcome.title));
    if (!d || d.mean === null) return;
    const at = x(d.mean), round = `M${at - 5.5} ${y}a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0`;
    const shape = way === "more" ? `M${at} ${y - 7}l7 13h-14Z` : way === "fewer" ? `M${at} ${y + 7}l7 -13h-14Z` : round;
    all.push(draw("line", { x1: x(d.q05 ?? 0), x2: x(d.q95 ?? 0), y1: y, y2: y, class: `${cls} whisker` }), draw("path", { d: shape, class: `${cls} solid`, "data-way": way }),
      draw("text", { x: narrow ? width : at, y: narrow ? y - 16 : y - 10, class: "t small halo strong", "text-anchor": narrow ? "end" : "middle" }, signed(d.mean)));
  });
  const title = fill(O.figure, { option, under: nameUnder(by) });
  const label = `${title}: ${harms.map(o => `${o.title} ${signed(pick(o, "status_quo", by)?.mean)}`).join(", ")}`;
  figure.replaceChildren(make("figcaption", {}, make("b", {}, title), make("span", { class: "note" }, O.figureNote)),
    draw("svg", { viewBox: `0 0 ${width} ${harms.length * ROW + 10}`, role: "img", "aria-label": label }, ...all),
    make("ul", { class: "key" }, ...[["▲", O.more], ["▼", O.fewer], ["●", O.unclear], ["○", O.same]].map(([mark, text]) => make("li", {}, `${mark ?? ""} ${text ?? ""}`))));
}
