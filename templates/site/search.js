// Search over the site's own index, with nothing asked of any other server.
const form = document.getElementById("search");
const words = document.getElementById("words");
const told = document.getElementById("told");
const list = document.getElementById("found");
const texts = document.getElementById("texts").dataset;
const SHOWN = 20;
let engine;
let asked = 0;

async function search() {
  const number = ++asked;
  const query = words.value.trim();
  history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  if (!query) return show([], "");
  try {
    engine ??= await import(new URL("../pagefind/pagefind.js", import.meta.url));
  } catch {
    return show([], texts.disk);
  }
  const { results } = await engine.search(query);
  const pages = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
  if (number !== asked) return;
  const count = results.length === 1 ? texts.one : texts.many.replace("#", results.length);
  show(pages, results.length ? count : texts.none);
}

// The nearest place with an address before the first word that was found: the note, if it is in one.
function place(page) {
  const first = Math.min(...page.locations);
  const before = page.anchors.filter((anchor) => anchor.location <= first);
  const anchor = before.at(-1);
  return anchor ? `${page.url}#${anchor.id}` : page.url;
}

function show(pages, text) {
  told.textContent = text;
  list.replaceChildren(...pages.map((page) => {
    const item = document.createElement("li");
    const title = document.createElement("p");
    title.className = "brief-title";
    const link = document.createElement("a");
    link.href = place(page);
    link.textContent = page.meta.title;
    title.append(link);
    const excerpt = document.createElement("p");
    excerpt.innerHTML = page.excerpt; // Pagefind's own: words of our pages, escaped, with <mark>
    item.append(title, excerpt);
    return item;
  }));
}

let wait;
words.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 150); });
form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
words.value = new URLSearchParams(location.search).get("q") ?? "";
if (words.value) search();
