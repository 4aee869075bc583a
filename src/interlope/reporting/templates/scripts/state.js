// State: what is changed, as the fragment of the address, so that a view can be sent.
// #what-if&letter.SOURCE=E&without=ROOT,ROOT&claims=CLAIM&odds.EXPLANATION=0.5&count=outlets&words=phia

const NAME = "what-if";

/** Nothing changed. */
function fresh(data) {
  return {letters: new Map(), roots: new Set(), claims: new Set(), odds: new Map(), outlets: false, words: data.words, judged: true};
}

/** True where the state changes probabilities; another yardstick does not. */
function isChanged(state) {
  return state.letters.size + state.roots.size + state.claims.size + state.odds.size > 0 || state.outlets;
}

/** The fragment of a state; only the panel's name where nothing is changed. */
function toFragment(state, data) {
  const parts = [NAME], put = (key, value) => parts.push(`${encodeURIComponent(key)}=${value}`);
  const list = names => [...names].sort().map(encodeURIComponent).join(",");
  for (const [source, letter] of [...state.letters].sort()) put(`letter.${source}`, letter);
  if (state.roots.size) put("without", list(state.roots));
  if (state.claims.size) put("claims", list(state.claims));
  for (const [name, factor] of [...state.odds].sort()) put(`odds.${name}`, Math.round(100 * Math.log10(factor)) / 100);
  if (state.outlets) put("count", "outlets");
  if (state.words !== data.words) put("words", state.words);
  return `#${parts.join("&")}`;
}

/** A text that somebody else may have written, decoded; itself where it is no code. */
function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

/** The state of a fragment, and how many of its parts name nothing here; null where it is not of this panel. */
function fromFragment(fragment, data) {
  const [name, ...parts] = fragment.replace(/^#/, "").split("&");
  if (name !== NAME) return null;
  const state = fresh(data), {terms} = data;
  const has = (list, id) => list.some(item => (item.id ?? item.name) === id);
  let unknown = 0;
  const take = (good, act) => { if (good) act(); else unknown += 1; };
  for (const part of parts) {
    const [code, value = ""] = part.split("="), key = decode(code);
    const [kind, id] = [key.split(".")[0], key.slice(key.indexOf(".") + 1)];
    const names = value.split(",").map(decode), power = Number(value);
    if (kind === "letter") take(has(terms.sources, id) && Object.hasOwn(data.letters, value), () => state.letters.set(id, value));
    else if (key === "without") for (const root of names) take(has(terms.roots, root), () => state.roots.add(root));
    else if (key === "claims") for (const claim of names) take(has(terms.claims, claim), () => state.claims.add(claim));
    else if (kind === "odds")
      take(has(terms.explanations, id) && value !== "" && Math.abs(power) <= 2, () => state.odds.set(id, 10 ** power));
    else if (key === "count") take(value === "outlets", () => { state.outlets = true; });
    else if (key === "words") take(Object.hasOwn(data.yardsticks, value), () => { state.words = value; });
    else unknown += 1;
  }
  for (const {id, letter} of terms.sources) if (state.letters.get(id) === letter) state.letters.delete(id);
  for (const [id, factor] of state.odds) if (factor === 1) state.odds.delete(id);
  return {state, unknown};
}

/** What is changed, in words. */
function tellChanges(state) {
  return [
    ...[...state.letters].map(([source, letter]) => WORDS.letter(source, letter)),
    ...[...state.roots].map(WORDS.withoutRoot), ...[...state.claims].map(WORDS.withoutClaim),
    ...[...state.odds].map(([name, factor]) => WORDS.odds(name, write(factor))),
    ...(state.outlets ? [WORDS.outlets] : []),
  ];
}
