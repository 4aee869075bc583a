// Panel: the controls of What if, what they show, and the answer at the top rewritten.

const byId = id => document.getElementById(id);

class Panel {
  constructor(data, parts) {
    this.data = data; this.scale = new Scale(data, parts); this.state = fresh(data);
    this.box = byId(NAME); this.names = data.terms.explanations.map(e => e.name);
    this.before = this.scale.probabilities(this.state); this.frame = 0; this.unknown = 0;
    this.drivenBefore = this.scale.drivingRoot(this.state, this.before);
  }

  /** Listen to controls and address, and show what the address says. */
  start() {
    this.box.addEventListener("input", event => { this.read(event.target); this.show(true); });
    for (const button of document.querySelectorAll("[data-act=reset]")) button.addEventListener("click", () => this.reset());
    byId("copy-view").addEventListener("click", () => this.copy());
    addEventListener("hashchange", () => { if (this.follow()) byId(`h-${NAME}`).focus({preventScroll: true}); });
    addEventListener("pageshow", () => this.set());
    if (!this.follow()) this.show(false);
  }

  /** Take the state of the address, where it is one of this panel; its bare name is a link to it and changes nothing. */
  follow() {
    const read = fromFragment(location.hash, this.data);
    if (!read) return false;
    if (location.hash !== `#${NAME}`) {
      this.state = read.state;
      this.unknown = read.unknown;
      this.set();
    }
    this.show(false);
    this.box.scrollIntoView();
    return true;
  }

  reset() {
    this.state = fresh(this.data);
    this.set();
    this.show(true);
  }

  async copy() {
    const link = location.href.split("#")[0] + toFragment(this.state, this.data);
    const told = await navigator.clipboard?.writeText(link).then(() => WORDS.copied, () => WORDS.notCopied);
    byId("copied").textContent = told ?? WORDS.notCopied;
  }

  /** Take a change of one control into the state. */
  read(control) {
    const {kind, id} = control.dataset, {state} = this;
    this.unknown = 0;
    const given = this.data.terms.sources.find(s => s.id === id)?.letter;
    const mark = (set, on) => on ? set.delete(id) : set.add(id);
    if (kind === "letter") control.value === given ? state.letters.delete(id) : state.letters.set(id, control.value);
    if (kind === "root") mark(state.roots, control.checked);
    if (kind === "claim") mark(state.claims, control.checked);
    if (kind === "odds") Number(control.value) ? state.odds.set(id, 10 ** control.value) : state.odds.delete(id);
    if (kind === "count") state.outlets = control.value === "outlets";
    if (kind === "words") state.words = control.value;
  }

  /** Set every control to the state. */
  set() {
    const {state} = this;
    for (const control of this.box.querySelectorAll("[data-kind]")) {
      const {kind, id} = control.dataset;
      if (kind === "letter") control.value = state.letters.get(id) ?? this.data.terms.sources.find(s => s.id === id).letter;
      if (kind === "root") control.checked = !state.roots.has(id);
      if (kind === "claim") control.checked = !state.claims.has(id);
      if (kind === "odds") control.value = Math.log10(state.odds.get(id) ?? 1);
      if (kind === "count") control.checked = (control.value === "outlets") === state.outlets;
      if (kind === "words") control.value = state.words;
    }
  }

  /** Show the state; where a reader changed it the address follows. */
  show(write) {
    const now = this.scale.probabilities(this.state), stick = this.data.yardsticks[this.state.words];
    const changes = tellChanges(this.state), driven = isChanged(this.state) ? this.scale.drivingRoot(this.state, now) : this.drivenBefore;
    this.showRows(now, stick);
    this.tell(now, stick, changes, driven);
    this.rewrite(now, stick, changes, driven);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.showCurve());
    if (write) history.replaceState(null, "", toFragment(this.state, this.data));
  }

  showRows(now, stick) {
    for (const row of byId("odds-now").tBodies[0].rows) {
      const result = now.find(r => r.name === row.dataset.name), before = this.before.find(r => r.name === row.dataset.name);
      const put = (name, text, value) => {
        const cell = row.querySelector(`.${name}`);
        cell.textContent = text;
        if (value !== undefined) cell.dataset.value = value;
      };
      put("now", percent(result.probability), result.probability);
      put("word", wordFor(stick, result.probability) + (result.thin ? ", rough" : ""));
      put("before", percent(before.probability), before.probability);
      put("prior", percent(result.prior), result.prior);
      put("points", result.bare ? "–" : write(Math.round(result.points)), result.points);
      row.dataset.logZ = result.logZ;
      row.dataset.k = result.k;
      row.querySelector(".bar").style.setProperty("--share", result.probability);
    }
    for (const output of this.box.querySelectorAll("output[data-odds]")) {
      const {prior} = now.find(r => r.name === output.dataset.odds);
      output.textContent = percent(prior);
      output.previousElementSibling.setAttribute("aria-valuetext", percent(prior));
    }
  }

  /** The sentence over the numbers. */
  tell(now, stick, changes, driven) {
    const ranked = [...now].sort((a, b) => b.probability - a.probability), [first, second] = ranked;
    const each = join(ranked.map(r => WORDS.explanation(r.name, wordFor(stick, r.probability), percent(r.probability))));
    const lead = [changes.length ? WORDS.changed(changes) : WORDS.nothing, ...(this.data.resolved ? [] : [WORDS.checking]),
      ...(first.bare ? [WORDS.bare] : [])].join(". ");
    const few = this.listFew(now), rough = now.filter(r => r.thin).map(r => r.name);
    const odds = WORDS.between(first.name, second.name, writeOdds(first.probability / second.probability));
    const fall = share => WORDS.falls(percent(share), wordFor(stick, share));
    const refusal = driven && this.data.resolved ? [WORDS.noHeadline(driven, fall(driven.from), fall(driven.to))] : [];
    const numbers = [`${lead}: ${each}. ${odds}.`, ...refusal, ...(rough.length ? [WORDS.rough(rough)] : [])];
    const told = few.length ? [`${lead}.`, WORDS.few(few)] : numbers;
    byId("told").textContent = [...told, ...(this.unknown ? [WORDS.unknown(this.unknown)] : [])].join(" ");
    byId("copied").textContent = "";
  }

  /** Explanations of which changed evidence leaves too few effective points for a number; the evidence as it is has the report's own. */
  listFew(now) {
    return isChanged({...this.state, odds: new Map()}) ? now.filter(r => r.few).map(r => r.name) : [];
  }

  /** The sentence of the short answer, over the answer as the report gives it. */
  rewrite(now, stick, changes, driven) {
    const box = byId("changed"), few = this.listFew(now).length > 0, refused = this.data.resolved ? driven : null;
    if (!box) return;
    box.hidden = !isChanged(this.state);
    if (box.hidden) return;
    const title = refused && !few ? [WORDS.noHeadlineTitle] : [];
    box.querySelector(".callout-title").textContent = [...title, WORDS.short(changes)].join(". ");
    const asks = this.data.asks.length ? this.data.asks : this.names.map(name => [name, name]);
    box.querySelector(".line").textContent = [...(this.data.resolved ? [] : [`${WORDS.checking}.`]), ...asks.map(([label, name]) => {
      const tell = (rows, root) => this.answer(rows.find(r => r.name === name), stick, root);
      return WORDS.ask(label, few ? WORDS.noNumber : tell(now, refused), tell(this.before, this.data.resolved ? this.drivenBefore : null));
    })].join(" ");
  }

  /** A probability in word and number; of the leader no headline, where one root drives it. */
  answer({name, probability}, stick, driven) {
    const say = p => WORDS.likely(wordFor(stick, p), percent(p));
    return driven?.name === name ? WORDS.driven(say(probability), driven.root, say(driven.to)) : say(probability);
  }

  showCurve() {
    const svg = byId("curve"), {report, letters, colours, terms} = this.data;
    if (!svg) return;
    const points = Object.fromEntries(Object.keys(letters).map(letter =>
      [letter, this.scale.probabilities({...this.state, judged: false, letters: new Map(this.state.letters).set(report, letter)})]));
    const here = this.state.letters.get(report) ?? terms.sources.find(s => s.id === report).letter;
    drawCurve(svg, this.names, points, here, colours, WORDS.curve(report));
    for (const row of byId("curve-table").tBodies[0].rows)
      this.names.forEach((_, h) => { row.cells[h + 1].textContent = percent(points[row.dataset.letter][h].probability); });
  }
}
