// Options: sliders for every lever; the simulator runs again at every move, a few pairs of futures first and more while nothing moves.
import type { LeverAbout, LiveAnswer, LiveDifference, LiveOutcome, PageData } from "./types";
import { Refused, ask } from "./api";
import { Chart } from "./chart";
import { type Child, button, choice, draw, fresh, make, tabulate } from "./dom";
import { offerSaving } from "./save";
import { WORDS, day, fill, percent, signed, write } from "./words";

const O = WORDS.options;
const OWN = "", STEPS = 100, POOLED = "pooled";
const SUPERSEDED = 409;

interface Setting { setting: number; start: number; ramp: number }

class OptionsPage {
  private readonly settings = new Map<string, Setting>();
  private readonly sliders = new Map<string, () => void>();
  private readonly known = new Set<string>();
  private readonly gloss = make("p", { class: "note" });
  private preset = OWN;
  private name: (preset: string) => void = () => undefined;
  private readonly chart = new Chart();
  private readonly figure = make("figure", { class: "live-figure" });
  private readonly tables = make("div");
  private readonly say = make("p", { role: "status", class: "note", id: "live-status" });
  private readonly paint = make("p", { class: "note", id: "paint" });
  private readonly notes = make("div");
  private series = "attempts";
  private by = POOLED;
  private readonly page = nameItself();
  private turn = 0;
  private running = false;
  private moved = 0;
  private answer: LiveAnswer | null = null;

  constructor(private readonly data: PageData) {}

  open(place: HTMLElement): void {
    const series = [...this.data.series].sort((a, b) => a.title.localeCompare(b.title, "en")).map(s => [s.name, s.title] as [string, string]);
    const names = Object.keys(this.data.glosses).map(n => [n, n] as [string, string]);
    const controls = make("div", { class: "levers" }, make("h3", {}, O.levers), this.presets(),
      ...this.data.levers.map(lever => this.lever(lever)), make("p", { class: "acts" }, button(O.reset, () => this.begin(OWN))));
    const by = choice(O.by, [[POOLED, O.pooled], ...names], this.by, value => { this.by = value; if (this.answer) this.show(this.answer); });
    const view = make("div", { class: "view" }, this.say, this.figure, by, this.paint);
    const more = make("div", {}, this.notes, this.tables,
      choice(O.series, series, this.series, value => { this.series = value; this.move(0); }), this.chart.figure);
    const saving = offerSaving(WORDS.save.option, "my-option", () => this.chosen().length ? { kind: "option", levers: this.chosen() } : null);
    place.replaceChildren(make("div", { class: "desk" }, view, controls), more, saving);
    this.begin(this.data.asked, 0);
  }

  /** The options of the case; a lever that is moved by hand makes them the reader's own. */
  private presets(): HTMLElement {
    const options = this.data.options.filter(o => o.levers.length).map(o => [o.name, spell(o.name)] as [string, string]);
    const place = choice(O.preset, [[OWN, O.own], ...options], this.data.asked, name => this.begin(name)), select = place.querySelector("select");
    this.name = preset => {
      this.preset = preset;
      if (select) select.value = preset;
      this.gloss.textContent = this.data.options.find(o => o.name === preset)?.gloss ?? "";
    };
    return make("div", {}, place, this.gloss);
  }

  private begin(option: string, at = performance.now()): void {
    this.name(option);
    this.set(this.data.options.find(o => o.name === option)?.levers ?? [], at);
  }

  /** A slider with the day from which it holds and the days of its rise. */
  private lever(lever: LeverAbout): HTMLElement {
    const id = fresh("lever"), title = lever.name.replaceAll("_", " ");
    const setting: Setting = { setting: 0, start: 0, ramp: 0 };
    this.settings.set(lever.name, setting);
    const step = (lever.high - lever.low) / STEPS, unit = /^1\b/.test(lever.unit) ? lever.unit.replace(/^1 ?/, "") : lever.unit;
    const slider = make("input", { id, type: "range", min: lever.low, max: lever.high, step, value: 0, "data-lever": lever.name });
    const output = make("output", { for: id });
    const count = (label: string, key: "start" | "ramp") => {
      const input = make("input", { id: `${id}-${key}`, type: "number", min: 0, max: this.data.days - 1, value: 0, inputmode: "numeric" });
      input.addEventListener("change", () => {
        setting[key] = Math.min(Math.max(Math.round(Number(input.value) || 0), 0), this.data.days - 1);
        refresh();
        this.name(OWN);
        this.move(performance.now());
      });
      return [make("p", { class: "control" }, make("label", { for: `${id}-${key}` }, label), input), input] as const;
    };
    const [from, fromInput] = count(O.from, "start"), [ramp, rampInput] = count(O.ramp, "ramp");
    const refresh = () => {
      slider.value = String(setting.setting);
      output.textContent = setting.setting > 0 ? write(setting.setting) : O.zero;
      slider.setAttribute("aria-valuetext", setting.setting > 0 ? `${write(setting.setting)} ${unit}` : O.zero);
      fromInput.value = String(setting.start);
      rampInput.value = String(setting.ramp);
    };
    this.sliders.set(lever.name, refresh);
    slider.addEventListener("input", event => {
      setting.setting = Number(slider.value);
      refresh();
      this.name(OWN);
      this.move(event.timeStamp);
    });
    refresh();
    const also = lever.side_effects.length ? [make("p", { class: "note" }, `${O.also}: ${lever.side_effects.join("; ")}.`)] : [];
    const about = make("p", { class: "note" }, `${O.sets}: ${lever.meaning}${unit ? ` (${unit})` : ""}.`);
    return make("div", { class: "lever" }, make("p", { class: "control slide" }, make("label", { for: id }, make("b", {}, title)), slider, output),
      make("details", {}, make("summary", { "aria-label": `${O.about}: ${title}` }, O.about), about, ...also, from, ramp));
  }

  private set(levers: { name: string; setting: number; start: number; ramp: number }[], at = performance.now()): void {
    for (const [name, setting] of this.settings) {
      const given = levers.find(l => l.name === name);
      Object.assign(setting, given ? { setting: given.setting, start: given.start, ramp: given.ramp } : { setting: 0, start: 0, ramp: 0 });
      this.sliders.get(name)?.();
    }
    this.move(at);
  }

  private chosen(): { name: string; setting: number; start: number; ramp: number }[] {
    return [...this.settings].filter(([, s]) => s.setting > 0).map(([name, s]) => ({ name, ...s }));
  }

  /** Something was moved at this time [ms]: what runs for older settings is given up. */
  private move(at: number): void {
    this.turn += 1;
    this.moved = at;
    document.body.dataset["live"] = "0";
    if (!this.running) void this.run();
  }

  /** Run stage after stage for the settings that hold, begin again where they change, then the case's own options for the regret. What comes
   * next is asked for before an answer is painted, so that the simulator does not wait for the page. */
  private async run(): Promise<void> {
    this.running = true;
    let turn = this.turn, began = this.moved, asked = this.refine(turn, 0);
    try {
      for (;;) {
        const answer = await asked, moved = turn !== this.turn;
        if (moved || !answer) {
          if (!moved) this.turn += 1; // superseded, though nothing was moved
          [turn, began] = [this.turn, this.moved];
          asked = this.refine(turn, 0);
        } else if (!answer.refined) asked = this.refine(turn, answer.stage + 1);
        if (answer) this.show(answer);
        if (moved || !answer) continue;
        if (answer.stage === 0 && began > 0) measure(began, this.paint);
        if (!answer.refined) continue;
        const known = !await this.runKnown(turn, answer.stage), same = turn === this.turn;
        if (!known || !same) {
          [turn, began] = [this.turn, same ? 0 : this.moved];
          asked = this.refine(turn, same ? answer.stage : 0);
          continue;
        }
        break;
      }
      document.body.dataset["live"] = "1";
    } catch (error) {
      this.say.textContent = error instanceof Refused ? error.faults.join(" ") : fill(WORDS.common.failed, { why: String(error) });
      document.body.dataset["live"] = "failed";
    } finally {
      this.running = false;
    }
    if (turn !== this.turn) void this.run();
  }

  /** Ask for a stage; null where the page asked for something later meanwhile. */
  private refine(turn: number, stage: number): Promise<LiveAnswer | null> {
    const answer = ask<LiveAnswer>("live", { levers: this.chosen(), stage, series: this.series, page: this.page, turn }).catch((error: unknown) => {
      if (error instanceof Refused && error.status === SUPERSEDED) return null;
      throw error;
    });
    answer.catch(() => undefined); // of an answer that is no longer waited for
    return answer;
  }

  /** Run one of the case's options that was not run yet; false where all were. Once all were, the settings are asked for again. */
  private async runKnown(turn: number, stage: number): Promise<boolean> {
    const next = this.data.options.find(o => o.levers.length && !this.known.has(o.name));
    if (!next) return false;
    try {
      await ask<LiveAnswer>("live", { option: next.name, stage, series: this.series, page: this.page, turn });
      this.known.add(next.name);
      return true;
    } catch (error) {
      if (error instanceof Refused && error.status === SUPERSEDED) return true;
      throw error;
    }
  }

  private show(answer: LiveAnswer): void {
    this.answer = answer;
    const missing = this.data.options.filter(o => o.levers.length).length - this.known.size;
    this.say.textContent = [fill(O.draws, { n: answer.draws, days: answer.days, date: day(answer.start), how: answer.refined ? O.refined : O.refining }),
      ...(answer.failed ? [fill(O.failed, { n: answer.failed })] : [])].join(". ");
    const list = Object.entries(answer.explanations).map(([name, share]) => `${name} ${percent(share)}`).join(", ");
    this.notes.replaceChildren(...[
      ...(this.chosen().length ? [] : [O.none]), ...(answer.draws < 20 ? [O.rough] : []), ...(this.data.pairs > answer.draws ? [fill(O.study, { n: this.data.pairs })] : []), ...answer.idle.map(why => fill(O.idle, { why })),
      ...(answer.side_effects.length ? [`${O.also}: ${answer.side_effects.join("; ")}.`] : []), fill(O.weights, { list })].map(text => make("p", { class: "note" }, text)));
    this.drawHarm(answer);
    const regretNote = missing > 0 ? O.running : fill(O.compared, { names: answer.compared.map(spell).join(", ") });
    this.tables.replaceChildren(this.table(O.harm, answer, o => o.harm), this.table(O.other, answer, o => !o.harm),
      ...[...answer.notes, regretNote].map(text => make("p", { class: "note" }, text)));
    const { option_fan: fan, status_quo_fan: base } = answer;
    this.chart.show([{ name: O.without, fan: base, colour: "--k1", dashed: true }, { name: O.with, fan, colour: "--k0" }], fill(O.fan, { title: fan.title }), `${fan.definition}; ${fan.unit}`);
  }

  private pick(outcome: LiveOutcome, over: string): LiveDifference | undefined {
    return outcome.differences.find(d => d.over === over && d.explanation === this.by);
  }

  private table(caption: string, answer: LiveAnswer, wanted: (outcome: LiveOutcome) => boolean): HTMLElement {
    const columns = [O.outcome, O.overStatusQuo, O.range, O.overToday, O.yours, O.statusQuo, O.today, O.regret].map((head, i) => ({ head, numeric: i > 0 }));
    const rows = answer.outcomes.filter(wanted).map(outcome => {
      const over = this.pick(outcome, "status_quo"), today = this.pick(outcome, "today"), regret = answer.regret.find(r => r.outcome === outcome.name);
      const way = over?.direction ? (over.direction === "more" ? O.more : O.fewer) : O.unclear;
      const change = make("span", { class: outcome.worse && over?.direction ? (over.direction === "more" ? "worse" : "better") : "" }, `${signed(over?.mean)} (${way})`);
      const unit = outcome.unit === "1" ? [] : [", ", make("span", { class: "unit" }, outcome.unit)];
      const cells: Child[] = [make("span", {}, outcome.title, ...unit), change, `${signed(over?.q05)} … ${signed(over?.q95)}`, signed(today?.mean), write(outcome.option), write(outcome.status_quo), write(outcome.today),
        regret ? `${write(regret.expected)}, ${write(regret.maximum)}` : WORDS.common.nothing];
      return cells;
    });
    return tabulate(caption, columns, rows);
  }

  /** Mean differences of harms with the middle of pairs, each row on a scale of its own. */
  private drawHarm(answer: LiveAnswer): void {
    const room = Math.round(this.figure.getBoundingClientRect().width) - 30, narrow = room < 560, harms = answer.outcomes.filter(o => o.harm);
    const left = narrow ? 0 : 280, width = Math.max(room, 290), row = 38, middle = left + (width - left) / 2, reach = (width - left) / 2 - 30;
    const all: SVGElement[] = [draw("line", { x1: middle, x2: middle, y1: 4, y2: harms.length * row + 4, class: "rule" })];
    harms.forEach((outcome, i) => {
      const d = this.pick(outcome, "status_quo"), y = i * row + (narrow ? 34 : 26), most = Math.max(Math.abs(d?.q05 ?? 0), Math.abs(d?.q95 ?? 0), Math.abs(d?.mean ?? 0), 1e-9);
      const x = (value: number) => middle + (value / most) * reach, way = d?.direction === "more" ? "k-worse" : d?.direction === "fewer" ? "k-better" : "k-unclear";
      all.push(draw("text", { x: 0, y: narrow ? y - 16 : y + 4, class: "t halo" }, outcome.title));
      if (!d || d.mean === null) return;
      const at = x(d.mean), shape = d.direction === "more" ? `M${at} ${y - 7}l7 13h-14Z` : d.direction === "fewer" ? `M${at} ${y + 7}l7 -13h-14Z` : `M${at - 5.5} ${y}a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0`;
      all.push(draw("line", { x1: x(d.q05 ?? 0), x2: x(d.q95 ?? 0), y1: y, y2: y, class: `${way} whisker` }), draw("path", { d: shape, class: `${way} solid` }),
        draw("text", { x: narrow ? width : at, y: narrow ? y - 16 : y - 10, class: "t small halo strong", "text-anchor": narrow ? "end" : "middle" }, signed(d.mean)));
    });
    const title = fill(O.figure, { option: this.chosen().length ? spell(this.preset) || O.own : O.noOption });
    const label = `${title}: ${harms.map(o => `${o.title} ${signed(this.pick(o, "status_quo")?.mean)}`).join(", ")}`;
    this.figure.replaceChildren(make("figcaption", {}, make("b", {}, title), make("span", { class: "note" }, O.figureNote)),
      draw("svg", { viewBox: `0 0 ${width} ${harms.length * row + 10}`, role: "img", "aria-label": label }, ...all),
      make("ul", { class: "key" }, ...[["▲", O.more], ["▼", O.fewer], ["●", O.unclear]].map(([mark, text]) => make("li", {}, `${mark ?? ""} ${text ?? ""}`))));
  }
}

/** The name of an option in words. */
function spell(name: string): string {
  return name.replaceAll("-", " ");
}

/** A name that no other page of this launch has. */
function nameItself(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, "0")).join("");
}

/** Measure from the event to the frame after what it brought was painted. */
function measure(began: number, place: HTMLElement): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const ms = performance.now() - began;
      performance.measure("slider-to-paint", { start: began, end: began + ms });
      place.textContent = fill(O.paint, { ms: Math.round(ms) });
    };
    channel.port2.postMessage(0);
  });
}

/** Fill the page of the options. */
export function startOptions(data: PageData, place: HTMLElement): void {
  new OptionsPage(data).open(place);
}
