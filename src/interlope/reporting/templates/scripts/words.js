// Words: every text that the scripts write, in one table, and numbers as the report writes them.

const WORDS = {
  letter: (source, letter) => `letter ${letter} for ${source}`,
  withoutRoot: root => `without the root ${root}`,
  withoutClaim: claim => `without the claim ${claim}`,
  odds: (name, factor) => `prior odds of ${name} times ${factor}`,
  outlets: "every outlet counted as new evidence",
  nothing: "Nothing is changed: the evidence as the report weighs it",
  changed: changes => `Changed: ${join(changes)}`,
  checking: "For checking only, not for use",
  bare: "No evidence is left, so these are the prior probabilities",
  few: names => `Too few effective points are left of ${join(names)} for a probability to be given. ${WORDS.refit}`,
  noNumber: "no number, for too few effective points are left",
  refit: "The command weigh --refit fits the change anew.",
  explanation: (name, word, share) => `${name} ${word} (${share})`,
  between: (first, second, odds) => `Odds of ${first} against ${second}: ${odds}`,
  rough: names => `Few effective points are left of ${join(names)}: these numbers are rough. ${WORDS.refit}`,
  ask: (label, answer, before) => `${label}: ${answer}; with nothing changed, ${before}.`,
  likely: (word, share) => `${word} (${share})`,
  driven: (chance, root, without) => `no headline, because one root drives it: ${chance} with ${root}, ${without} without it`,
  noHeadline: ({root, name}, from, to) =>
    `No headline is given, because one root drives the answer (${root}): without it ${name} falls from ${from} to ${to}.`,
  noHeadlineTitle: "No headline: one root drives the answer",
  falls: (share, word) => `${share} (${word})`,
  short: changes => `${WORDS.changed(changes)} (What if)`,
  unknown: count => `${count} ${count === 1 ? "part of the link names" : "parts of the link name"} nothing in this report.`,
  copied: "The link is copied.",
  notCopied: "The link could not be copied: take it from the address bar.",
  old: "This browser cannot unpack the stored terms, so there is no What if here; all else is complete.",
  failed: "The stored terms could not be unpacked, so there is no What if here; all else is complete.",
  curve: source => `Probability of each explanation by the letter of ${source}, with what is changed`,
  asGiven: "as given",
  filter: "Show rows with",
  shown: (count, all) => `${count} of ${all} rows`,
  sort: head => `Sort by ${head}`,
  csv: "CSV", svg: "SVG",
  save: (kind, title) => `Save ${kind}: ${title}`,
};

/** Names as a sentence joins them. */
function join(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** An estimated probability: whole percent, never 0 or 100. */
function percent(share) {
  if (share < 0.01) return "<1%";
  return share > 0.99 ? ">99%" : `${Math.round(100 * share)}%`;
}

/** Formats by digits after the point: each is dear to make. */
const formats = [];

/** A number with two significant digits or more, thousands separated. */
function write(value) {
  const digits = Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value) || 1)));
  formats[digits] ??= new Intl.NumberFormat("en", {maximumFractionDigits: digits});
  return formats[digits].format(value);
}

/** Odds with 1 on the smaller side. */
function writeOdds(ratio) {
  return ratio >= 1 ? `${write(Math.min(ratio, 1e9))}\u00a0:\u00a01` : `1\u00a0:\u00a0${write(Math.min(1 / ratio, 1e9))}`;
}

/** The word for a probability, of a yardstick. */
function wordFor(yardstick, probability) {
  return yardstick.steps.find(([, upto]) => probability <= upto + 1e-12)[0];
}
