// Words: every text of the pages, from the one file that the server reads too, and numbers as the report writes them.
import strings from "../../src/interlope/explorer/strings.json";

export const WORDS = strings;

/** A text with its places filled: fill("sector {n}", {n: 3}). */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

const FORMATS = Array.from({ length: 7 }, (_, digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits })); // dear to make

/** A number with two significant digits or more, thousands separated; a dash where there is none. */
export function write(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return WORDS.common.nothing;
  const digits = Math.min(Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value) || 1))), 6);
  return (FORMATS[digits]?.format(value) ?? String(value)).replace("-", "−");
}

/** A difference with its sign. */
export function signed(value: number | null | undefined): string {
  const text = write(value);
  return typeof value === "number" && value > 0 && text !== "0" ? `+${text}` : text;
}

/** An estimated probability: whole percent, never 0 or 100. */
export function percent(share: number): string {
  if (share < 0.01) return "<1%";
  return share > 0.99 ? ">99%" : `${Math.round(100 * share)}%`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The date so many days after another, in milliseconds. */
export function later(start: string, days: number): number {
  return Date.parse(`${start}T00:00:00Z`) + days * 86_400_000;
}

/** A date as the report writes it. */
export function day(start: string, days = 0): string {
  return date(later(start, days) / 1000);
}

/** A time in seconds as a date. */
export function date(seconds: number): string {
  const at = new Date(1000 * seconds);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ""} ${at.getUTCFullYear()}`;
}
