// Market: the simulated border day by day, one replicate or all, under one explanation or two side by side.
import type { FanAnswer, PageData, Strip, StripMean } from "./types";
import { ask, tellFailure } from "./api";
import { Chart, type Layer } from "./chart";
import { button, choice, fold, make } from "./dom";
import { type Border, MeanBorder, Replicate, makeKey } from "./strip";
import { type View, readView, tellLost, writeView } from "./view";
import { WORDS, day, fill } from "./words";

const M = WORDS.market, NAME = "market", ALL = "all";
const SPEEDS: Record<string, number> = { slow: 3, normal: 10, fast: 30 }; // days a second
const SLOWEST = 2; // steps a second where motion is to be reduced; each then takes more days

interface Side {
  explanation: string;
  border: Border;
  figure: HTMLElement;
  table: HTMLDetailsElement;
  fan: FanAnswer;
  brokeOff: number | null;
}

class MarketPage {
  private readonly names: string[];
  private first: string;
  private second = "";
  private basis = "priors";
  private replicate = 0;
  private readonly selects = new Map<() => string, HTMLSelectElement>();
  private readonly controls = make("div", { class: "transport" });
  private series = "attempts";
  private at = 0;
  private speed = "normal";
  private days = 1;
  private start = "";
  private playing = false;
  private last = 0;
  private turn = 0;
  private sides: Side[] = [];
  private readonly charts = [new Chart(), new Chart()]; // of the two sides
  private readonly place = make("div", { class: "sides" });
  private readonly now = make("output", { id: "now", for: "day", "aria-live": "off" });
  private readonly scrub = make("input", { id: "day", type: "range", min: 0, max: 1, value: 0, step: 1, autocomplete: "off" });
  private readonly say = make("p", { role: "status", class: "note" });
  private readonly command = make("code");
  private readonly lines = make("pre", { tabindex: 0, role: "region", "aria-label": M.command }, this.command);
  private readonly commandSays = make("p", { id: "command" });
  private readonly player = button(WORDS.common.play, () => this.play(!this.playing), { "aria-pressed": "false", id: "play" });

  constructor(private readonly data: PageData) {
    this.names = Object.keys(data.glosses);
    this.first = this.names.at(-1) ?? "";
    this.scrub.addEventListener("input", () => { this.at = Number(this.scrub.value); this.paint(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.play(false); });
  }

  open(place: HTMLElement): void {
    const named = this.names.map(n => [n, n] as [string, string]);
    const select = (label: string, all: [string, string][], shown: () => string, act: (value: string) => void) => {
      const made = choice(label, all, shown(), value => { act(value); this.write(); void this.load(); }), list = made.querySelector("select");
      if (list) this.selects.set(shown, list);
      return made;
    };
    const replicates: [string, string][] = [[ALL, M.all], ...Array.from({ length: this.data.replicates }, (_, i) => [String(i), fill(M.one, { n: i + 1 })] as [string, string])];
    const series = [...this.data.series].sort((a, b) => a.title.localeCompare(b.title, "en")).map(s => [s.name, s.title] as [string, string]);
    const given = readView(NAME);
    if (given) this.take(given);
    this.controls.append(this.player, button("‹", () => this.step(-1), { "aria-label": M.previous }), button("›", () => this.step(1), { "aria-label": M.nextDay }),
      make("label", { for: "day" }, M.day), this.scrub, this.now);
    place.replaceChildren(
      make("div", { class: "choices" },
        select(M.explanation, named, () => this.first, v => { this.first = v; }),
        select(M.second, [["", M.noSecond], ...named], () => this.second, v => { this.second = v; }),
        select(M.basis, [["priors", M.priors], ...(this.data.fitted ? [["fitted", M.fitted] as [string, string]] : [])], () => this.basis, v => { this.basis = v; }),
        select(M.replicate, replicates, () => this.replicate < 0 ? ALL : String(this.replicate), v => { this.replicate = v === ALL ? -1 : Number(v); }),
        select(M.series, series, () => this.series, v => { this.series = v; }),
        choice(M.speed, [["slow", M.slow], ["normal", M.normal], ["fast", M.fast]], this.speed, v => { this.speed = v; })),
      this.controls, this.say, this.place, this.commandSays, this.lines);
    addEventListener("hashchange", () => { const view = readView(NAME); if (view) { this.take(view); void this.load(); } });
    addEventListener("pageshow", () => this.sync());
    void this.load();
  }

  /** Take what an address says, as far as it can be read. */
  private take(view: View): void {
    const names = this.names, series = this.data.series.map(s => s.name), numbers = Array.from({ length: this.data.replicates }, (_, i) => String(i + 1));
    let lost = 0;
    const read = (key: string, known: string[], otherwise: string) => {
      const value = view.get(key) ?? otherwise, good = known.includes(value) || value === otherwise;
      lost += good ? 0 : 1;
      return good ? value : otherwise;
    };
    this.first = read("explanation", names, names.at(-1) ?? "");
    this.second = read("beside", names, "");
    this.basis = read("basis", this.data.fitted ? ["fitted"] : [], "priors");
    const replicate = read("replicate", [ALL, ...numbers], "1");
    this.replicate = replicate === ALL ? -1 : Number(replicate) - 1;
    this.series = read("series", series, "attempts");
    tellLost(lost + [...view.keys()].filter(key => !["explanation", "beside", "basis", "replicate", "series"].includes(key)).length);
    this.sync();
  }

  /** Let every control say what is shown. */
  private sync(): void {
    for (const [shown, list] of this.selects) list.value = shown();
    this.scrub.value = String(this.at);
  }

  /** Let the address say what is shown. */
  private write(): void {
    writeView(NAME, [["explanation", this.first], ...(this.second ? [["beside", this.second] as [string, string]] : []), ["basis", this.basis],
      ["replicate", this.replicate < 0 ? ALL : String(this.replicate + 1)], ["series", this.series]]);
    tellLost(0);
  }

  /** While something else is being run, what stands there is of before: it stops and is greyed. */
  private wait(on: boolean): void {
    if (on) this.play(false);
    this.place.classList.toggle("stale", on);
    this.place.setAttribute("aria-busy", String(on));
    for (const control of this.controls.querySelectorAll<HTMLButtonElement | HTMLInputElement>("button, input")) control.disabled = on;
  }

  /** Ask for what is chosen, and show it where nothing else was chosen meanwhile. */
  private async load(): Promise<void> {
    const turn = ++this.turn, names = [this.first, ...(this.second && this.second !== this.first ? [this.second] : [])];
    this.say.textContent = WORDS.common.running;
    this.wait(true);
    document.body.dataset["live"] = "0";
    try {
      const sides: Side[] = [], tight = names.length > 1 || matchMedia("(max-width: 720px)").matches;
      for (const explanation of names) {
        const request = { explanation, basis: this.basis, replicate: Math.max(this.replicate, 0), series: this.series };
        const fan = await ask<FanAnswer>("fan", request);
        const one = this.replicate < 0 ? null : await ask<Strip>("strip", request);
        const border = one ? new Replicate(one, fill(M.strip, { name: explanation }), tight)
          : new MeanBorder(await ask<StripMean>("mean", request), fill(M.stripAll, { name: explanation, n: fan.replicates }), tight);
        if (turn !== this.turn) return;
        sides.push(this.side(explanation, border, fan, one?.broke_off ?? null));
      }
      this.show(sides);
      document.body.dataset["live"] = "1";
    } catch (error) {
      if (turn !== this.turn) return;
      this.say.textContent = tellFailure(error);
      this.place.setAttribute("aria-busy", "false"); // what stands there stays greyed: it is not what is chosen
      document.body.dataset["live"] = "failed";
    }
  }

  private side(explanation: string, border: Border, fan: FanAnswer, brokeOff: number | null): Side {
    const all = this.replicate < 0, table = fold(WORDS.common.table, () => border.tabulate(this.at));
    const title = fill(all ? M.stripAll : M.strip, { name: explanation, n: fan.replicates });
    const figure = make("figure", { class: "live-figure" },
      make("figcaption", {}, make("b", {}, title), make("span", { class: "note" }, `${this.data.glosses[explanation] ?? ""} ${M.stripNote}`)), makeKey(all), border.element, table);
    return { explanation, border, figure, table, fan, brokeOff };
  }

  private show(sides: Side[]): void {
    const [one] = sides;
    if (!one) return;
    this.sides = sides;
    this.days = Math.min(...sides.map(s => s.border.days));
    this.start = one.border.start;
    this.scrub.max = String(this.days - 1);
    this.at = Math.min(this.at, this.days - 1);
    this.place.className = sides.length > 1 ? "sides two" : "sides";
    this.place.replaceChildren(...sides.map((s, i) => make("div", { class: "side" }, s.figure, this.charts[i]?.figure ?? "")));
    this.wait(false);
    const values = sides.flatMap(s => [...(s.fan.fan.values[4] ?? []), ...(this.replicate < 0 ? [] : s.fan.path)]);
    const most = Math.max(...values.map(v => v ?? 0));
    sides.forEach((side, i) => this.drawFan(side, i, most));
    const fitted = this.basis === "fitted", command = fitted ? [] : sides.map(s => this.data.commands[s.explanation] ?? "");
    this.say.textContent = this.tell(sides, fitted);
    this.commandSays.textContent = fitted ? M.noCommand : M.command;
    this.lines.hidden = fitted;
    this.command.textContent = command.join("\n");
    this.paint();
  }

  /** The fan of a side on its chart; `most` is the upper end of all. */
  private drawFan({ explanation, fan: { fan, path, replicate, replicates, failed } }: Side, i: number, most: number): void {
    const chart = this.charts[i], all = this.replicate < 0;
    const slot = (this.data.explanations[explanation] ?? "c0").split(" ")[0]?.slice(1) ?? "0";
    if (!chart) return;
    const layer: Layer = { name: explanation, fan, colour: `--k${slot}`, ...(all ? {} : { path }) };
    const ran = fill(all ? M.fanNoteAll : M.fanNote, { n: replicates, i: replicate + 1 });
    const note = [fan.definition, ran, ...(failed ? [fill(M.failed, { n: failed })] : [])];
    chart.most = most;
    chart.show([layer], `${fill(M.fan, { title: fan.title, unit: fan.unit })}: ${explanation}`, note.join(". "));
  }

  /** What the replicates are, and what is other than was asked for. */
  private tell(sides: Side[], fitted: boolean): string {
    const other = this.replicate < 0 ? [] : sides.filter(s => s.fan.replicate !== this.replicate);
    return [
      fitted ? M.fittedNote : M.priorsNote, ...(sides.length > 1 ? [fitted ? M.fittedBeside : M.commonNote] : []),
      ...(this.second && this.second === this.first ? [fill(M.itself, { name: this.first })] : []),
      ...other.map(s => fill(M.fewer, { name: s.explanation, n: s.fan.replicates + s.fan.failed, i: s.fan.replicate + 1 })),
      ...sides.flatMap(({ explanation: name, brokeOff: at }) =>
        at === null ? [] : [fill(M.brokeOff, { name, date: day(this.start, at), day: at + 1 })]),
    ].join(" ");
  }

  private step(by: number): void {
    this.at = Math.min(Math.max(this.at + by, 0), this.days - 1);
    this.paint();
  }

  private play(on: boolean): void {
    this.playing = on;
    this.player.textContent = on ? WORDS.common.pause : WORDS.common.play;
    this.player.setAttribute("aria-pressed", String(on));
    if (!on) return;
    if (this.at >= this.days - 1) this.at = 0;
    this.last = performance.now();
    requestAnimationFrame(time => this.tick(time));
  }

  private tick(time: number): void {
    if (!this.playing) return;
    const rate = SPEEDS[this.speed] ?? 10, calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const passed = (time - this.last) / 1000, steps = Math.floor(passed * (calm ? Math.min(rate, SLOWEST) : rate));
    if (steps > 0) {
      this.last = time;
      this.step(calm ? Math.ceil(rate / SLOWEST) : steps);
      if (this.at >= this.days - 1) this.play(false);
    }
    requestAnimationFrame(next => this.tick(next));
  }

  private paint(): void {
    const most = Math.max(...this.sides.map(s => s.border.most), 1), text = fill(M.now, { date: day(this.start, this.at), day: this.at + 1 });
    this.scrub.value = String(this.at);
    this.scrub.setAttribute("aria-valuetext", text);
    this.now.textContent = text;
    for (const side of this.sides) {
      side.border.paint(this.at, most);
      side.table.dispatchEvent(new Event("renew"));
    }
    for (const chart of this.charts.slice(0, this.sides.length)) chart.mark(this.at);
  }
}

/** Fill the page of the market. */
export function startMarket(data: PageData, place: HTMLElement): void {
  new MarketPage(data).open(place);
}
