// Letters: which one or two letters, given otherwise, make an explanation most probable; each change is a link that sets What if.
import type { LetterChange, LettersAnswer } from "./types";
import { ask, tellFailure } from "./api";
import { type Child, choice, fold, make, tabulate } from "./dom";
import { WORDS, fill, percent } from "./words";

const L = WORDS.letters;

/** A panel that says, for every explanation, what it would take to believe it. */
export function offerLetters(names: string[]): HTMLElement {
  const say = make("p", { role: "status", class: "note" }, WORDS.common.running), shown = make("div");
  void search(names).then(answers => {
    const first = answers.find(a => a.leader !== a.explanation) ?? answers[0];
    if (!first) return;
    say.textContent = fill(L.tried, { n: first.tried });
    shown.replaceChildren(tabulate(L.caption, [{ head: L.explanation }, { head: L.now, numeric: true }, { head: L.least }, { head: L.most }], answers.map(summary)),
      fold(L.more, () => best(answers)), make("p", { class: "note" }, L.note));
  }, (error: unknown) => {
    say.textContent = tellFailure(error);
  });
  return make("section", { id: "letters", "aria-labelledby": "h-letters" }, make("h2", { id: "h-letters" }, L.title), make("p", { class: "under" }, L.lead), shown, say);
}

/** Every explanation, one after the other: the first answer takes as long as the search, the others are known then. */
async function search(names: string[]): Promise<LettersAnswer[]> {
  const answers: LettersAnswer[] = [];
  for (const explanation of names) answers.push(await ask<LettersAnswer>("letters", { explanation }));
  return answers;
}

/** What one explanation would take. */
function summary(answer: LettersAnswer): Child[] {
  const { least, one: [one], two: [two] } = answer, most = two ?? one;
  const few = !least ? L.nothing : Object.keys(least.letters).length ? link(answer, least) : L.already;
  return [answer.explanation, percent(answer.now), few, most ? link(answer, most) : WORDS.common.nothing];
}

/** The best changes for one explanation. */
function best(answers: LettersAnswer[]): Node {
  const place = make("div"), first = answers.find(a => a.leader !== a.explanation) ?? answers[0];
  const show = (name: string) => {
    const answer = answers.find(a => a.explanation === name);
    if (!answer) return;
    const columns = [{ head: L.change }, { head: fill(L.probability, { name }), numeric: true }, { head: L.leads }];
    place.replaceChildren(...([[L.one, answer.one], [L.two, answer.two]] as const).filter(([, rows]) => rows.length).map(([caption, rows]) =>
      tabulate(caption, columns, rows.map(row => [link(answer, row, false), percent(row.probability), row.leads ? L.yes : L.no]))));
  };
  show(first?.explanation ?? "");
  return make("div", {}, choice(L.explanation, answers.map(a => [a.explanation, a.explanation]), first?.explanation ?? "", show), place);
}

/** A change as a link that sets What if to it. */
function link(answer: LettersAnswer, change: LetterChange, shared = true): HTMLElement {
  const letters = Object.entries(change.letters), share = shared ? ` ${fill(L.share, { share: percent(change.probability) })}` : "";
  const text = letters.map(([source, letter]) => fill(L.letter, { source, given: answer.given[source] ?? "", letter })).join(", ");
  return make("span", {}, make("a", { href: `#what-if&${letters.map(([source, letter]) => `letter.${encodeURIComponent(source)}=${letter}`).join("&")}` }, text), share);
}
