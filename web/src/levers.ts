// Levers: a slider for each, with the day from which it holds and the days of its rise, and what is in force in words.
import type { LeverAbout, LeverChoice, PageData } from "./types";
import { fresh, make } from "./dom";
import { WORDS, fill, write } from "./words";

const O = WORDS.options;
const STEPS = 100;

type Setting = Omit<LeverChoice, "name">;

const OFF: Setting = { setting: 0, start: 0, ramp: 0, end: null };

/** The value of a step of a slider; the last is the end of the range to the bit. */
function valueOf({ low, high }: LeverAbout, step: number): number {
  return step >= STEPS ? high : Number((low + (high - low) * step / STEPS).toPrecision(6));
}

/** What is in force, by name, setting and days. */
export function tellLevers(levers: LeverChoice[]): string {
  return levers.map(({ name, setting, start, ramp, end }) => [
    `${fill(O.one, { name: name.replaceAll("_", " "), setting: write(setting) })} ${start ? fill(O.later, { day: start }) : O.onset}`,
    ...(end === null ? [] : [fill(O.until, { day: end })]), ...(ramp ? [fill(O.rise, { ramp })] : [])].join(", ")).join("; ");
}

export class Levers {
  readonly rows: HTMLElement[];
  private readonly settings = new Map<string, Setting>();
  private readonly refreshers = new Map<string, () => void>();

  /** `moved` is told of every move by hand, with its time [ms]. */
  constructor(private readonly data: PageData, private readonly moved: (at: number) => void) {
    this.rows = data.levers.map(lever => this.row(lever));
  }

  /** Levers above 0. */
  chosen(): LeverChoice[] {
    return [...this.settings].filter(([, s]) => s.setting > 0).map(([name, s]) => ({ name, ...s }));
  }

  /** Set these levers, and all others to 0. */
  set(levers: LeverChoice[]): void {
    for (const [name, setting] of this.settings) {
      const { setting: value, start, ramp, end } = levers.find(l => l.name === name) ?? OFF;
      Object.assign(setting, { setting: value, start, ramp, end });
    }
    this.refresh();
  }

  /** Let every control say what is set. */
  refresh(): void {
    for (const refresh of this.refreshers.values()) refresh();
  }

  /** Levers as a part of an address. */
  pack(): string {
    return this.chosen().map(l => [l.name, l.setting, l.start, l.ramp, ...(l.end === null ? [] : [l.end])].join(":")).join(",");
  }

  /** Levers of an address, and how many of its parts cannot be. */
  unpack(text: string): { levers: LeverChoice[]; lost: number } {
    const levers: LeverChoice[] = [], parts = text.split(",").filter(Boolean);
    for (const part of parts) {
      const [name = "", ...numbers] = part.split(":"), [setting = NaN, start = 0, ramp = 0, end = null] = numbers.map(Number);
      const day = (value: number) => Number.isInteger(value) && value >= 0 && value < this.data.days;
      const days = day(start) && day(ramp) && (end === null || (day(end - 1) && end > start));
      const about = this.data.levers.find(l => l.name === name && setting >= l.low && setting <= l.high);
      if (about && days && !levers.some(l => l.name === name)) levers.push({ name, setting, start, ramp, end });
    }
    return { levers, lost: parts.length - levers.length };
  }

  /** A slider with the day from which it holds and the days of its rise. */
  private row(lever: LeverAbout): HTMLElement {
    const id = fresh("lever"), title = lever.name.replaceAll("_", " ");
    const setting: Setting = { ...OFF };
    this.settings.set(lever.name, setting);
    const unit = /^1\b/.test(lever.unit) ? lever.unit.replace(/^1 ?/, "") : lever.unit;
    const slider = make("input", { id, type: "range", min: 0, max: STEPS, step: 1, value: 0, autocomplete: "off", "data-lever": lever.name });
    const output = make("output", { for: id });
    const count = (label: string, key: "start" | "ramp") => {
      const input = make("input", { id: `${id}-${key}`, type: "number", min: 0, max: this.data.days - 1, value: 0, inputmode: "numeric", autocomplete: "off" });
      input.addEventListener("change", () => {
        const last = (key === "start" ? setting.end : null) ?? this.data.days;
        setting[key] = Math.min(Math.max(Math.round(Number(input.value) || 0), 0), last - 1);
        refresh();
        this.moved(performance.now());
      });
      return [make("p", { class: "control" }, make("label", { for: `${id}-${key}` }, label), input), input] as const;
    };
    const [from, fromInput] = count(O.from, "start"), [ramp, rampInput] = count(O.ramp, "ramp");
    const refresh = () => {
      slider.value = String(Math.round((setting.setting - lever.low) / (lever.high - lever.low) * STEPS));
      output.textContent = setting.setting > 0 ? write(setting.setting) : O.zero;
      slider.setAttribute("aria-valuetext", setting.setting > 0 ? `${write(setting.setting)} ${unit}` : O.zero);
      fromInput.value = String(setting.start);
      rampInput.value = String(setting.ramp);
    };
    this.refreshers.set(lever.name, refresh);
    slider.addEventListener("input", event => {
      setting.setting = valueOf(lever, Number(slider.value));
      refresh();
      this.moved(event.timeStamp);
    });
    refresh();
    const also = lever.side_effects.length ? [make("p", { class: "note" }, `${O.also}: ${lever.side_effects.join("; ")}.`)] : [];
    const about = make("p", { class: "note" }, `${O.sets}: ${lever.meaning}${unit ? ` (${unit})` : ""}.`);
    return make("div", { class: "lever" }, make("p", { class: "control slide" }, make("label", { for: id }, make("b", {}, title)), slider, output),
      make("details", {}, make("summary", { "aria-label": `${O.about}: ${title}` }, O.about), about, ...also, from, ramp));
  }
}
