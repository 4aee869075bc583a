// Save: a change as a file of a case and as the commands that repeat it. Nothing is written before it is asked for.
import type { SaveAnswer } from "./types";
import { ask, tellFailure } from "./api";
import { button, fresh, make } from "./dom";
import { WORDS, fill } from "./words";

/** What would be saved: a request without its name, or null where nothing is changed. */
export type Change = () => object | null;

/** A panel that shows a change as a file and writes it on request. */
export function offerSaving(title: string, stem: string, change: Change): HTMLElement {
  const id = fresh("name"), say = make("p", { role: "status" });
  const name = make("input", { id, type: "text", value: stem, pattern: "[a-z0-9][a-z0-9_\\-]{0,59}", spellcheck: false, autocomplete: "off" });
  const shown = make("div"), buttons = [button(WORDS.save.show, () => void go(false)), button(WORDS.save.write, () => void go(true))];
  let saved = ""; // the change that is shown
  const now = () => JSON.stringify([name.value, change()]);
  const clear = () => {
    saved = say.textContent = "";
    shown.replaceChildren();
  };
  const go = async (write: boolean) => {
    if (buttons.some(b => b.disabled)) return;
    const request = change(), asked = now(), focus = document.activeElement;
    clear();
    if (!request) { say.textContent = WORDS.save.nothing; return; }
    if (!/^[a-z0-9][a-z0-9_-]{0,59}$/.test(name.value)) { say.textContent = WORDS.save.badName; name.focus(); return; }
    for (const each of buttons) each.disabled = true;
    try {
      const answer = await ask<SaveAnswer>("save", { ...request, name: name.value, write });
      if (write || asked === now()) {
        say.textContent = fill(answer.written ? WORDS.save.written : WORDS.save.wouldBe, { file: answer.file });
        shown.replaceChildren(...show(answer));
      }
    } catch (error) {
      say.textContent = tellFailure(error);
    }
    saved = asked;
    for (const each of buttons) each.disabled = false;
    if (document.activeElement === document.body && focus instanceof HTMLElement) focus.focus({ preventScroll: true });
  };
  for (const kind of ["input", "change", "click", "hashchange"]) addEventListener(kind, () => { if (saved && saved !== now()) clear(); });
  name.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    void go(true);
  });
  return make("section", { class: "save", "aria-label": WORDS.save.title }, make("h3", {}, WORDS.save.title), make("p", { class: "under" }, title),
    make("p", { class: "acts" }, make("label", { for: id }, WORDS.save.name), name, ...buttons), say, shown);
}

function show(answer: SaveAnswer): Node[] {
  const code = (label: string, text: string) => make("pre", { tabindex: 0, "aria-label": label, role: "region" }, make("code", {}, text));
  return [
    code(`${WORDS.save.file}: ${answer.file}`, answer.text), ...answer.notes.map(note => make("p", { class: "note" }, note)),
    make("p", {}, WORDS.save.commands), code(WORDS.save.commands, answer.commands.join("\n")),
  ];
}
