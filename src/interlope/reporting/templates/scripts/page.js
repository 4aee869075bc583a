// Page: what the report does in a browser. Without scripts it is complete, less What if, sorting, filters and files.

/** Say where a table goes on to the right. */
function watchWidths() {
  for (const scroll of document.querySelectorAll(".scroll")) {
    const look = () => scroll.parentNode.classList.toggle("more", scroll.scrollLeft + scroll.clientWidth < scroll.scrollWidth - 2);
    scroll.addEventListener("scroll", look);
    new ResizeObserver(look).observe(scroll);
  }
}

/** Print folded tables too where the address asks for them (?annexes). */
function watchPrint() {
  if (!new URLSearchParams(location.search).has("annexes")) return;
  document.body.classList.add("annexes");
  addEventListener("beforeprint", () => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
}

/** Unpack the terms and show the panel. */
async function startPanel() {
  const packed = byId("terms");
  if (!packed) return;
  const data = JSON.parse(packed.textContent), parts = await Promise.all(data.terms.explanations.map(e => open(data.terms, e)));
  for (const hidden of document.querySelectorAll("[data-scripted]")) hidden.hidden = false;
  new Panel(data, parts).start();
}

/** Say beside the answer why there is no panel. */
function apologise(text) {
  const note = document.createElement("p");
  note.className = "under";
  note.textContent = text;
  document.querySelector("main section").append(note);
}

async function startPage() {
  watchWidths();
  watchPrint();
  if (!("DecompressionStream" in globalThis)) return apologise(WORDS.old);
  await startPanel().catch(() => apologise(WORDS.failed));
  await equipTables();
  document.body.dataset.ready = "1";
}

startPage();
