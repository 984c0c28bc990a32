// Search over the site's own index, with nothing asked of any other server.
const form = document.getElementById("search");
const words = document.getElementById("words");
const told = document.getElementById("told");
const list = document.getElementById("found");
const kinds = document.getElementById("kinds");
const more = document.getElementById("more");
const texts = document.getElementById("texts").dataset;
const PAGE = 10; // results shown at once
const PLACES = 3; // places named within one page
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
  try {
    engine ??= await import(new URL("../pagefind/pagefind.js", import.meta.url));
    const found = await engine.search(query, kind ? { filters: { kind } } : {});
    if (number !== asked) return;
    const count = found.results.length;
    start(found.results, count === 0 ? texts.none : count === 1 ? texts.one : texts.many.replace("#", count));
  } catch (problem) {
    if (location.protocol !== "file:") throw problem;
    start([], texts.disk);
  }
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
// alike, the note, since that has the source's words.
function places(page) {
  const anchors = page.anchors.filter(({ id }) => !/^(ref|heading|doc)-/.test(id));
  const found = new Map();
  let run = 0;
  let last = -2;
  let start = 0;
  for (const location of [...new Set(page.locations)].sort((a, b) => a - b)) {
    const anchor = anchors.findLast((one) => one.location <= location);
    const id = anchor?.id ?? "";
    const together = location === last + 1 && start >= (anchor?.location ?? 0);
    run = together ? run + 1 : 1;
    if (!together) start = location;
    last = location;
    const best = found.get(id);
    if (!best || run > best.run) found.set(id, { id, run, start });
  }
  const note = ({ id }) => id.startsWith("note-");
  return [...found.values()]
    .sort((a, b) => b.run - a.run || note(b) - note(a) || a.start - b.start)
    .filter((one, at, all) => at === 0 || (one.run === all[0].run && one.id))
    .slice(0, PLACES);
}

function item(page) {
  const [best, ...others] = places(page);
  const entry = document.createElement("li");
  const title = document.createElement("p");
  title.className = "brief-title";
  title.append(link(page, best.id, page.meta.title));
  const kind = document.createElement("p");
  kind.className = "aside";
  kind.textContent = texts[page.filters.kind?.[0]] ?? "";
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

function excerpt(page, { run, start }) {
  const all = page.content.split(/\s+/);
  const line = document.createElement("p");
  line.className = "excerpt";
  const from = Math.max(0, start - AROUND);
  const to = Math.min(all.length, start + run + AROUND);
  const found = new Set(page.locations);
  if (from > 0) line.append("… ");
  for (let at = from; at < to; at++) {
    if (all[at] === "↩") continue;
    if (found.has(at)) {
      const mark = document.createElement("mark");
      mark.textContent = all[at];
      line.append(mark, " ");
    } else line.append(`${all[at]} `);
  }
  if (to < all.length) line.append("…");
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
