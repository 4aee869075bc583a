// Letters: which one or two letters, given otherwise, make an explanation most probable; each change is a link to What if.
import type { LetterChange, LettersAnswer } from "./types";
import { Refused, ask } from "./api";
import { button, choice, make, tabulate } from "./dom";
import { WORDS, fill, percent } from "./words";

const L = WORDS.letters;

/** A panel that searches. */
export function offerLetters(names: string[]): HTMLElement {
  let wanted = names.at(-1) ?? "";
  const say = make("p", { role: "status" }), shown = make("div");
  const search = async () => {
    say.textContent = WORDS.common.running;
    shown.replaceChildren();
    try {
      const answer = await ask<LettersAnswer>("letters", { explanation: wanted });
      say.textContent = fill(L.now, { name: answer.explanation, share: percent(answer.now), leader: answer.leader, n: answer.tried });
      shown.replaceChildren(tabulate(L.one, columns(answer), answer.one.map(row)), ...(answer.two.length ? [tabulate(L.two, columns(answer), answer.two.map(row))] : []),
        make("p", { class: "note" }, L.note));
    } catch (error) {
      say.textContent = error instanceof Refused ? error.faults.join(" ") : fill(WORDS.common.failed, { why: String(error) });
    }
  };
  return make("section", { id: "letters", "aria-labelledby": "h-letters" }, make("h2", { id: "h-letters" }, L.title), make("p", { class: "under" }, L.lead),
    choice(L.explanation, names.map(n => [n, n]), wanted, value => { wanted = value; }), make("p", { class: "acts" }, button(L.search, () => void search())), say, shown);
}

function columns(answer: LettersAnswer): { head: string; numeric?: boolean }[] {
  return [{ head: L.change }, { head: fill(L.probability, { name: answer.explanation }), numeric: true }, { head: L.leads }];
}

function row(change: LetterChange): (Node | string)[] {
  const letters = Object.entries(change.letters), text = letters.map(([source, letter]) => fill(L.letter, { source, letter })).join(", ");
  const hash = letters.map(([source, letter]) => `letter.${encodeURIComponent(source)}=${letter}`).join("&");
  return [make("a", { href: `#what-if&${hash}` }, text), percent(change.probability), change.leads ? L.yes : L.no];
}
