// Search over the site's own index, with nothing asked of any other server.
const here = document.currentScript.src; // no module: from disk, browsers load none
const form = document.getElementById("search");
const words = document.getElementById("words");
const told = document.getElementById("told");
const list = document.getElementById("found");
const kinds = document.getElementById("kinds");
const more = document.getElementById("more");
const texts = document.getElementById("texts").dataset;
const PAGE = 10; // results shown at once
const PLACES = 3; // places named within one page
// One filter of one value: an index with more comes out otherwise each time that it is made.
const FILTERS = { "": {}, brief: { not: { page: "list" } }, list: { page: "list" } };
const AROUND = 14; // words before and after what was found
let engine;
let asked = 0;
let results = [];
let shown = 0;

async function search() {
  const number = ++asked;
  const query = words.value.trim();
  const kind = form.elements.in.value;
  const address = new URLSearchParams();
  if (query) address.set("q", query);
  if (kind) address.set("in", kind);
  history.replaceState(null, "", `${location.pathname}${query ? `?${address}` : ""}`);
  if (!query) return start([], "");
  if (location.protocol === "file:") return start([], texts.disk);
  try {
    engine ??= await import(new URL("../pagefind/pagefind.js", here));
  } catch {
    return start([], texts.unread);
  }
  const found = await engine.search(query, { filters: FILTERS[kind] });
  if (number !== asked) return undefined;
  const count = found.results.length;
  return start(found.results, count === 0 ? texts.none : count === 1 ? texts.one : texts.many.replace("#", count));
}

function start(found, text) {
  results = found;
  shown = 0;
  told.textContent = text;
  list.replaceChildren();
  return show();
}

async function show() {
  const number = asked;
  const pages = await Promise.all(results.slice(shown, shown + PAGE).map((result) => result.data()));
  if (number !== asked) return undefined;
  const items = pages.map(item);
  list.append(...items);
  shown += pages.length;
  more.hidden = shown >= results.length;
  return items[0];
}

// The places of a page with an address of their own that hold what was found, the best first: the
// longest run of words that were asked for, which is the whole phrase where it stands there; of two
// alike, the note, since that has the source's words, and those at its beginning.
function places(page) {
  const anchors = page.anchors.filter(({ id }) => !/^(ref|heading|doc)-/.test(id));
  const runs = together(page);
  const longest = Math.max(...runs.map(({ run }) => run));
  const best = runs.filter(({ run }) => run === longest);
  const found = new Map();
  for (const one of best.concat(again(page, best[0]))) {
    const at = anchors.findLastIndex(({ location }) => location <= one.start);
    const id = anchors[at]?.id ?? "";
    const bounds = { from: anchors[at]?.location ?? 0, to: anchors[at + 1]?.location ?? Infinity };
    if (!found.has(id)) found.set(id, { id, ...bounds, ...one });
  }
  const note = ({ id }) => id.startsWith("note-");
  return [...found.values()]
    .sort((a, b) => note(b) - note(a) || (a.start - a.from) - (b.start - b.from) || a.start - b.start)
    .filter((one, at) => at === 0 || note(one))
    .slice(0, PLACES);
}

// Words that were found, those that stand side by side as one.
function together(page) {
  const runs = [];
  for (const location of [...new Set(page.locations)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && location === last.start + last.run) last.run += 1;
    else runs.push({ start: location, run: 1 });
  }
  return runs;
}

// Where else the page has the same words: of a phrase, the index knows the first place alone.
function again(page, { start, run }) {
  if (run < 2) return [];
  const all = split(page).map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  const sought = all.slice(start, start + run);
  const found = [];
  for (let at = 0; at + run <= all.length; at++) {
    if (at !== start && sought.every((word, i) => word === all[at + i])) found.push({ start: at, run });
  }
  return found;
}

function split(page) {
  return page.content.split(/\s+/);
}

function item(page) {
  const [best, ...others] = places(page);
  const entry = document.createElement("li");
  const title = document.createElement("p");
  title.className = "brief-title";
  title.append(link(page, best.id, page.meta.title));
  const kind = document.createElement("p");
  kind.className = "aside";
  kind.textContent = texts[page.url.split("/").at(-3)] ?? "";
  entry.append(title, kind, excerpt(page, best));
  for (const other of others) {
    const line = excerpt(page, other);
    line.append(" ", link(page, other.id, "→", named(other.id) || page.meta.title));
    entry.append(line);
  }
  if (named(best.id)) kind.append(" · ", named(best.id));
  return entry;
}

function named(id) {
  return id.startsWith("note-") ? `${texts.note} ${id.slice(5)}` : "";
}

function link(page, id, text, label) {
  const made = document.createElement("a");
  made.href = id ? `${page.url}#${id}` : page.url;
  made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  return made;
}

function excerpt(page, { run, start, ...bounds }) {
  const all = split(page);
  const line = document.createElement("p");
  line.className = "excerpt";
  const from = Math.max(bounds.from, start - AROUND);
  const to = Math.min(bounds.to, all.length, start + run + AROUND);
  const found = new Set(page.locations);
  for (let at = start; at < start + run; at++) found.add(at);
  if (from > bounds.from) line.append("… ");
  for (let at = from; at < to; at++) {
    if (all[at] === "↩") continue;
    if (found.has(at)) {
      const mark = document.createElement("mark");
      mark.textContent = all[at];
      line.append(mark, " ");
    } else line.append(`${all[at]} `);
  }
  if (to < Math.min(bounds.to, all.length)) line.append("…");
  return line;
}

let wait;
words.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 150); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(wait); search(); });
kinds.addEventListener("change", search);
more.addEventListener("click", async () => (await show())?.querySelector("a").focus());
const given = new URLSearchParams(location.search);
words.value = given.get("q") ?? "";
form.elements.in.value = given.get("in") ?? "";
kinds.hidden = false;
if (words.value) search();
