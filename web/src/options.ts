// Options: sliders for every lever; the simulator runs again at every move, a few pairs of futures first and more while nothing moves.
import type { LiveAnswer, PageData } from "./types";
import { Refused, ask } from "./api";
import { Chart } from "./chart";
import { button, choice, make } from "./dom";
import { POOLED, drawHarm, nameUnder, tabulateOutcomes, tellFirst } from "./harm";
import { Levers } from "./levers";
import { offerSaving } from "./save";
import { type View, readView, tellLost, writeView } from "./view";
import { WORDS, day, fill, percent } from "./words";

const O = WORDS.options;
const OWN = "", NAME = "options", SERIES = "attempts";
const SUPERSEDED = 409;

class OptionsPage {
  private readonly levers: Levers;
  private readonly known = new Set<string>();
  private readonly gloss = make("p", { class: "note" });
  private readonly force = make("span", { id: "in-force", tabindex: -1 });
  private readonly clear = button(O.clear, () => { this.begin(OWN); this.force.focus({ preventScroll: true }); }, { id: "clear" });
  private readonly brief = make("p", { class: "brief", "aria-hidden": "true" });
  private readonly chart = new Chart();
  private readonly figure = make("figure", { class: "live-figure" });
  private readonly tables = make("div");
  private readonly say = make("p", { role: "status", class: "note", id: "live-status" });
  private readonly notes = make("div");
  private readonly selects = new Map<() => string, HTMLSelectElement>();
  private preset = OWN;
  private series = SERIES;
  private by = POOLED;
  private readonly page = nameItself();
  private turn = 0;
  private running = false;
  private moved = 0;
  private answer: LiveAnswer | null = null;
  private below: LiveAnswer | null = null;
  private inSight = true;

  constructor(private readonly data: PageData) {
    this.levers = new Levers(data, at => { this.name(OWN); this.change(at); });
  }

  open(place: HTMLElement): void {
    const series = [...this.data.series].sort((a, b) => a.title.localeCompare(b.title, "en")).map(s => [s.name, s.title] as [string, string]);
    const names = Object.keys(this.data.glosses).map(n => [n, n] as [string, string]), options = this.listed().map(o => [o.name, spell(o.name)] as [string, string]);
    const select = (label: string, all: [string, string][], shown: () => string, act: (value: string) => void) => {
      const made = choice(label, all, shown(), act), list = made.querySelector("select");
      if (list) this.selects.set(shown, list);
      return made;
    };
    const controls = make("div", { class: "levers" }, make("h3", {}, O.levers),
      make("div", {}, select(O.preset, [[OWN, O.own], ...options], () => this.preset, name => this.begin(name)), this.gloss), ...this.levers.rows);
    const by = select(O.by, [[POOLED, O.pooled], ...names], () => this.by, value => {
      this.by = value;
      this.below = null;
      if (this.answer) this.show(this.answer);
      this.change(0);
    });
    const view = make("div", { class: "view" }, make("p", { class: "force" }, this.force, " ", this.clear), by, this.say, this.figure);
    const more = make("div", {}, this.notes, this.tables, select(O.series, series, () => this.series, value => { this.series = value; this.change(0); }), this.chart.figure);
    const saving = offerSaving(WORDS.save.option, "my-option", () => this.levers.chosen().length ? { kind: "option", levers: this.levers.chosen() } : null);
    place.replaceChildren(make("div", { class: "desk" }, this.brief, view, controls), more, saving);
    new IntersectionObserver(seen => {
      this.inSight = seen.at(-1)?.isIntersecting ?? true;
      if (this.inSight) this.showBelow();
    }).observe(more);
    const follow = () => { const view = readView(NAME); if (view) this.take(view); };
    addEventListener("hashchange", follow);
    addEventListener("pageshow", () => this.name(this.preset));
    const given = readView(NAME);
    if (given) this.take(given);
    else this.begin(this.data.asked, 0, false);
  }

  /** Options of the case that set levers. */
  private listed() {
    return this.data.options.filter(o => o.levers.length);
  }

  /** Show what an address says, as far as it can be read. */
  private take(view: View): void {
    const option = view.get("option") ?? this.data.asked, by = view.get("by") ?? POOLED, series = view.get("series") ?? SERIES;
    const ways: [string, boolean][] = [["by", by === POOLED || by in this.data.glosses], ["series", this.data.series.some(s => s.name === series)],
      ["option", option === OWN || this.listed().some(o => o.name === option)], ["levers", true]];
    let lost = [...view.keys()].filter(key => !ways.some(([name, good]) => name === key && good)).length;
    const good = (name: string) => ways.some(([way, fine]) => way === name && fine);
    this.by = good("by") ? by : POOLED;
    this.series = good("series") ? series : SERIES;
    const packed = view.get("levers");
    if (packed === undefined) this.begin(good("option") ? option : this.data.asked, 0, false);
    else {
      const read = this.levers.unpack(packed);
      lost += read.lost;
      this.levers.set(read.levers);
      this.name(OWN);
      this.move(0);
    }
    tellLost(lost);
  }

  /** Take an option of the case, or none. */
  private begin(option: string, at = performance.now(), write = true): void {
    this.levers.set(this.data.options.find(o => o.name === option)?.levers ?? []);
    this.name(option);
    if (write) this.change(at);
    else this.move(at);
  }

  /** Name what is set; a lever that is moved by hand makes an option of the case the reader's own. */
  private name(preset: string): void {
    this.preset = preset;
    this.gloss.textContent = this.data.options.find(o => o.name === preset)?.gloss ?? "";
    const list = this.levers.tell();
    this.force.textContent = !list ? O.none : preset ? fill(O.inForceAs, { option: spell(preset), list }) : fill(O.inForce, { list });
    this.clear.hidden = !list;
    this.levers.refresh();
    for (const [shown, select] of this.selects) select.value = shown();
  }

  /** Something was changed by hand: the address follows. */
  private change(at: number): void {
    const what: [string, string] = this.preset ? ["option", this.preset] : ["levers", this.levers.pack()];
    writeView(NAME, [what, ...(this.by === POOLED ? [] : [["by", this.by] as [string, string]]), ...(this.series === SERIES ? [] : [["series", this.series] as [string, string]])]);
    tellLost(0);
    this.move(at);
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
        if (answer.stage === 0 && began > 0) measure(began);
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
      this.showBelow();
      this.say.textContent = error instanceof Refused ? error.faults.join(" ") : fill(WORDS.common.failed, { why: String(error) });
      document.body.dataset["live"] = "failed";
    } finally {
      this.running = false;
    }
    if (turn !== this.turn) void this.run();
  }

  /** Ask for a stage; null where the page asked for something later meanwhile. */
  private refine(turn: number, stage: number): Promise<LiveAnswer | null> {
    const answer = ask<LiveAnswer>("live", { levers: this.levers.chosen(), stage, series: this.series, explanation: this.by === POOLED ? "" : this.by, page: this.page, turn }).catch((error: unknown) => {
      if (error instanceof Refused && error.status === SUPERSEDED) return null;
      throw error;
    });
    answer.catch(() => undefined); // of an answer that is no longer waited for
    return answer;
  }

  /** Run one of the case's options that was not run yet; false where all were. Once all were, the settings are asked for again. */
  private async runKnown(turn: number, stage: number): Promise<boolean> {
    const next = this.listed().find(o => !this.known.has(o.name));
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

  /** Show an answer: the figure at once; what lies below it out of sight only where nothing finer is under way. */
  private show(answer: LiveAnswer): void {
    this.answer = answer;
    drawHarm(this.figure, answer, this.by, this.levers.chosen().length ? spell(this.preset) || O.own : O.noOption); // first: it asks for a width
    this.say.textContent = [fill(O.draws, { n: answer.draws, days: answer.days, date: day(answer.start), how: answer.refined ? O.refined : O.refining }),
      ...(answer.failed ? [fill(O.failed, { n: answer.failed })] : [])].join(". ");
    this.brief.textContent = tellFirst(answer, this.by);
    if (this.inSight || answer.refined) this.showBelow();
  }

  /** Notes, tables and the fan of a series, where they are not yet those of the answer above. */
  private showBelow(): void {
    const { answer, by } = this, missing = this.listed().length - this.known.size;
    if (!answer || answer === this.below) return;
    this.below = answer;
    const list = Object.entries(answer.explanations).map(([name, share]) => `${name} ${percent(share)}`).join(", ");
    const weights = by === POOLED ? fill(O.weights, { list }) : fill(O.alone, { name: by, n: answer.pairs[by] ?? 0, all: answer.draws });
    this.notes.replaceChildren(...[
      ...(answer.draws < 20 ? [O.rough] : []), ...(this.data.pairs > answer.draws ? [fill(O.study, { n: this.data.pairs })] : []), ...answer.idle.map(why => fill(O.idle, { why })),
      ...(answer.side_effects.length ? [`${O.also}: ${answer.side_effects.join("; ")}.`] : []), weights].map(text => make("p", { class: "note" }, text)));
    const regretNote = missing > 0 ? O.running : fill(O.compared, { names: answer.compared.map(spell).join(", ") });
    this.tables.replaceChildren(tabulateOutcomes(O.harm, answer, by, o => o.harm), tabulateOutcomes(O.other, answer, by, o => !o.harm),
      ...[...answer.notes, regretNote].map(text => make("p", { class: "note" }, text)));
    const { option_fan: fan, status_quo_fan: base } = answer;
    this.chart.show([{ name: O.without, fan: base, colour: "--k1", dashed: true }, { name: O.with, fan, colour: "--k0" }],
      fill(O.fan, { title: fan.title, under: nameUnder(answer.explanation || POOLED) }), `${fan.definition}; ${fan.unit}`);
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

/** Measure from the event to the frame after what it brought was painted; for a measurement, not for the reader. */
function measure(began: number): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { performance.measure("slider-to-paint", { start: began, end: performance.now() }); };
    channel.port2.postMessage(0);
  });
}

/** Fill the page of the options. */
export function startOptions(data: PageData, place: HTMLElement): void {
  new OptionsPage(data).open(place);
}
