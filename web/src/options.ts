// Options: sliders for every lever; the simulator runs again at every move, a few pairs of futures first and more while nothing moves.
import type { LiveAnswer, OptionPreset, PageData } from "./types";
import { Refused, ask, tellFailure } from "./api";
import { Chart } from "./chart";
import { button, choice, make } from "./dom";
import { POOLED, drawHarm, nameUnder, tabulateOutcomes, tellFirst } from "./harm";
import { Levers, tellLevers } from "./levers";
import { offerSaving } from "./save";
import { type View, readView, tellLost, writeView } from "./view";
import { WORDS, day, fill, percent } from "./words";

const O = WORDS.options;
const OWN = "", NAME = "options", SERIES = "attempts";
const SUPERSEDED = 409;

/** A request under way: the change and the time [ms] that it is of, the name of what it runs, and its answer. */
interface Asked { turn: number; began: number; option: string; coming: Promise<LiveAnswer | null> }

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
  private readonly more = make("div");
  private readonly selects = new Map<() => string, HTMLSelectElement>();
  private preset = OWN;
  private series = SERIES;
  private by = POOLED;
  private readonly page = nameItself();
  private turn = 0;
  private running = false;
  private moved = 0;
  private stage = 0;
  private newer: Asked | null = null;
  private answer: LiveAnswer | null = null;
  private option = "";
  private wide = 0;
  private below: LiveAnswer | null = null;
  private inSight = true;

  constructor(private readonly data: PageData) {
    this.levers = new Levers(data, at => { this.name(OWN); this.change(at); });
  }

  open(place: HTMLElement): void {
    const series = [...this.data.series].sort((a, b) => a.title.localeCompare(b.title, "en")).map(s => [s.name, s.title] as [string, string]);
    const names = Object.keys(this.data.glosses).map(n => [n, n] as [string, string]);
    const options = this.data.options.map(o => [o.name, spell(o.name)] as [string, string]);
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
      if (this.answer) this.show(this.answer, this.option);
      this.change(0);
    });
    const force = make("p", { class: "force" }, this.force, " ", this.clear);
    const view = make("div", { class: "view" }, force, by, ...warn(this.data.cautions), this.say, this.figure);
    const which = select(O.series, series, () => this.series, value => { this.series = value; this.change(0); });
    this.more.append(this.notes, this.tables, which, this.chart.figure);
    const saving = offerSaving(WORDS.save.option, "my-option", () => {
      const levers = this.levers.chosen();
      return this.preset ? { kind: "option", option: this.preset } : levers.length ? { kind: "option", levers } : null;
    });
    place.replaceChildren(make("div", { class: "desk" }, this.brief, view, controls), this.more, saving);
    new IntersectionObserver(seen => {
      this.inSight = seen.at(-1)?.isIntersecting ?? true;
      if (this.inSight) this.showBelow();
    }).observe(this.more);
    addEventListener("beforeprint", () => this.showBelow());
    new ResizeObserver(() => { if (Math.abs(this.figure.offsetWidth - this.wide) > 1) this.drawFigure(); }).observe(this.figure);
    const follow = () => { const view = readView(NAME); if (view) this.take(view); };
    addEventListener("hashchange", follow);
    addEventListener("pageshow", () => this.name(this.preset));
    const given = readView(NAME);
    if (given) this.take(given);
    else this.begin(this.data.asked, 0, false);
  }

  /** The option of the case that has a name. */
  private find(name: string): OptionPreset | undefined {
    return this.data.options.find(o => o.name === name);
  }

  /** Show what an address says, as far as it can be read. */
  private take(view: View): void {
    const option = view.get("option") ?? this.data.asked, by = view.get("by") ?? POOLED, series = view.get("series") ?? SERIES;
    const ways: [string, boolean][] = [["by", by === POOLED || Object.hasOwn(this.data.glosses, by)],
      ["series", this.data.series.some(s => s.name === series)], ["option", option === OWN || !!this.find(option)], ["levers", true]];
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
    this.levers.set(this.find(option)?.levers ?? []);
    this.name(option);
    if (write) this.change(at);
    else this.move(at);
  }

  /** Name what is set; a lever that is moved by hand makes an option of the case the reader's own. */
  private name(preset: string): void {
    this.preset = preset;
    const option = this.find(preset), list = tellLevers(option?.levers ?? this.levers.chosen());
    this.gloss.textContent = option?.gloss ?? "";
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

  /** Something was moved at this time [ms]. What runs for older settings is given up where something newer is asked for; a first stage is
   * over as soon as that. */
  private move(at: number): void {
    this.turn += 1;
    this.moved = at;
    document.body.dataset["live"] = "0";
    if (!this.running) void this.run();
    else if (this.stage > 0) this.newer ??= this.refine(0);
  }

  /** Run stage after stage for the settings that hold, begin again where they change, then the case's own options for the regret. What
   * comes next is asked for before an answer is painted, so that the simulator does not wait for the page. */
  private async run(): Promise<void> {
    this.running = true;
    let turn = this.turn;
    try {
      for (let asked: Asked | null = this.renew(); asked;) {
        const { began, option, coming }: Asked = asked, answer: LiveAnswer | null = await coming;
        turn = asked.turn;
        if (!answer && turn === this.turn) this.turn += 1; // superseded, though nothing was moved
        if (!answer || turn !== this.turn) asked = this.renew();
        else asked = answer.refined ? null : this.refine(answer.stage + 1);
        if (!answer) continue;
        this.show(answer, option);
        if (turn !== this.turn) continue;
        if (answer.stage === 0 && began > 0) measure(began);
        if (!answer.refined) continue;
        if (await this.runKnown(turn, answer.stage)) asked = this.refine(answer.stage, 0);
        if (turn !== this.turn) asked = this.renew();
      }
      document.body.dataset["live"] = "1";
    } catch (error) {
      this.say.textContent = tellFailure(error);
      document.body.dataset["live"] = "failed";
      this.running = false;
      this.showBelow(true);
    }
    this.running = false;
    if (turn !== this.turn) void this.run();
  }

  /** What was asked for while older settings were run, or else the first stage of what is set now. */
  private renew(): Asked {
    const asked = this.newer ?? this.refine(0);
    this.newer = null;
    return asked;
  }

  /** Ask for a stage of what is set now. */
  private refine(stage: number, began = this.moved): Asked {
    const levers = this.levers.chosen(), set = this.preset ? { option: this.preset } : { levers }, turn = this.turn;
    const coming = this.ask({ ...set, stage, explanation: this.by === POOLED ? "" : this.by }, turn);
    coming.catch(() => undefined); // of an answer that is no longer waited for
    this.stage = stage;
    return { turn, began, option: levers.length ? spell(this.preset) || O.own : O.noOption, coming };
  }

  /** Ask the simulator; null where the page asked for something later meanwhile. */
  private ask(request: object, turn: number): Promise<LiveAnswer | null> {
    return ask<LiveAnswer>("live", { ...request, series: this.series, page: this.page, turn }).catch((error: unknown) => {
      if (error instanceof Refused && error.status === SUPERSEDED) return null;
      throw error;
    });
  }

  /** Run those of the case's options that were not run yet, until something is moved; whether any was run, so that the settings have to be
   * asked for again. */
  private async runKnown(turn: number, stage: number): Promise<boolean> {
    const next = this.data.options.filter(o => !this.known.has(o.name));
    for (const { name } of next) {
      if (turn !== this.turn || !await this.ask({ option: name, stage }, turn)) break;
      this.known.add(name);
    }
    return next.length > 0;
  }

  /** Show an answer under the name of what it is of: the figure at once; what lies below it out of sight only where nothing finer is under
   * way. */
  private show(answer: LiveAnswer, option: string): void {
    this.answer = answer;
    this.option = option;
    this.drawFigure(); // first: it asks for a width
    const { draws: n, days } = answer, date = day(answer.start), how = answer.refined ? O.refined : O.refining;
    this.say.textContent = [fill(O.draws, { n, days, date, how }),
      ...(answer.failed ? [fill(O.failed, { n: answer.failed })] : [])].join(". ");
    this.brief.textContent = tellFirst(answer, this.by);
    this.more.setAttribute("aria-busy", "true");
    if (this.inSight || answer.refined) this.showBelow();
  }

  private drawFigure(): void {
    this.wide = this.figure.offsetWidth;
    if (this.answer) drawHarm(this.figure, this.answer, this.by, this.option);
  }

  /** Notes, tables and the fan of a series, where they are not yet those of the answer above. */
  private showBelow(anew = false): void {
    const { answer, by } = this, waiting = this.running && this.known.size < this.data.options.length;
    if (!answer || (answer === this.below && !anew)) return;
    this.below = answer;
    this.more.setAttribute("aria-busy", "false");
    const list = Object.entries(answer.explanations).map(([name, share]) => `${name} ${percent(share)}`).join(", ");
    const weights = by === POOLED ? fill(O.weights, { list }) : fill(O.alone, { name: by, n: answer.pairs[by] ?? 0, all: answer.draws });
    this.notes.replaceChildren(...[
      ...(answer.draws < 20 ? [O.rough] : []), ...(this.data.pairs > answer.draws ? [fill(O.study, { n: this.data.pairs })] : []), ...answer.idle.map(why => fill(O.idle, { why })),
      ...(answer.side_effects.length ? [`${O.also}: ${answer.side_effects.join("; ")}.`] : []), weights].map(text => make("p", { class: "note" }, text)));
    const regretNote = waiting ? O.running : fill(O.compared, { names: answer.compared.map(spell).join(", ") });
    this.tables.replaceChildren(tabulateOutcomes(O.harm, answer, by, o => o.harm), tabulateOutcomes(O.other, answer, by, o => !o.harm),
      ...[...answer.notes, regretNote].map(text => make("p", { class: "note" }, text)));
    const { option_fan: fan, status_quo_fan: base } = answer;
    this.chart.show([{ name: O.without, fan: base, colour: "--k1", dashed: true }, { name: O.with, fan, colour: "--k0" }],
      fill(O.fan, { title: fan.title, under: nameUnder(answer.explanation || POOLED) }), `${fan.definition}; ${fan.unit}`);
  }
}

/** Why numbers are to be read with caution, as the report says it. */
function warn(cautions: string[]): HTMLElement[] {
  const title = make("p", { class: "callout-title" }, O.caution), texts = cautions.map(text => make("p", {}, text));
  return texts.length ? [make("div", { class: "callout warn", role: "note" }, title, ...texts)] : [];
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
