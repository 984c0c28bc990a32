// The review: keys, filter and dialogs. What is decided, the server writes; what it answers, this shows.
"use strict";

const body = document.body;
const list = document.getElementById("list");
const sources = document.getElementById("sources");
const frame = document.querySelector("iframe");
const byId = (id) => document.getElementById(id);
const word = (name) => byId("words").querySelector(`[data-word="${name}"]`).textContent;
const rows = () => [...list.children];
const shown = () => rows().filter((row) => !row.hidden);
const fieldsOf = (row) => JSON.parse(row.dataset.fields);
const wordsOf = (row) => row.querySelector(".words").textContent;
const idOf = (row) => row.id.slice(2);
const rowOf = (id) => byId(`f-${id}`);
const remembered = (name) => { try { return sessionStorage.getItem(name); } catch { return null; } };
const remember = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* private window */ } };

let current = null;
let marked = [];
const selected = new Set();

// The current finding

function show(row, { focus = true } = {}) {
  if (!row) return;
  if (current) { current.removeAttribute("aria-current"); current.tabIndex = -1; }
  current = row;
  row.setAttribute("aria-current", "true");
  row.tabIndex = 0;
  if (focus) row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  point(true);
  remember("current", idOf(row));
  document.querySelector('[data-do="rate"]').disabled = row.dataset.kind !== "risks";
}

// Underline the current finding in the sources.
function point(scroll) {
  for (const mark of marked) mark.classList.remove("here");
  marked = current ? [...sources.querySelectorAll(`mark[data-ids~="${idOf(current)}"]`)] : [];
  for (const mark of marked) mark.classList.add("here");
  if (scroll && marked.length) {
    const pane = sources.getBoundingClientRect();
    const place = marked[0].getBoundingClientRect();
    if (place.top < pane.top + 60 || place.bottom > pane.bottom - 40) marked[0].scrollIntoView({ block: "center" });
  }
}

function step(by) {
  const some = shown();
  if (!some.length) return;
  const at = some.indexOf(current);
  if (at >= 0) { show(some[Math.min(some.length - 1, Math.max(0, at + by))]); return; }
  // The current one is filtered out: go on from where it stands.
  const all = rows();
  const from = all.indexOf(current);
  const next = by > 0 ? some.find((row) => all.indexOf(row) > from) : some.findLast((row) => all.indexOf(row) < from);
  show(next ?? some[by > 0 ? some.length - 1 : 0]);
}

list.addEventListener("click", (event) => {
  const row = event.target.closest(".finding");
  if (row && getSelection().isCollapsed) show(row);
});
list.addEventListener("focusin", (event) => {
  if (event.target !== current && event.target.matches(".finding")) show(event.target, { focus: false });
});
sources.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (!mark || !getSelection().isCollapsed) return;
  const ids = mark.dataset.ids.split(" ");
  // A second click on words of several findings goes to the next of them.
  const at = current ? ids.indexOf(idOf(current)) : -1;
  const row = rowOf(ids[(at + 1) % ids.length]);
  if (row?.hidden) clearFilter();
  turnTo("findings");
  show(row);
});

// The filter

const search = byId("search");
const texts = new WeakMap();

function textOf(row) {
  if (!texts.has(row)) {
    const said = [...row.querySelectorAll("p")].map((part) => part.textContent).join(" ");
    texts.set(row, `${said} ${row.dataset.sentence}`.toLowerCase().replace(/\s+/g, " "));
  }
  return texts.get(row);
}

const STANDINGS = {
  all: () => true,
  undecided: (row) => ["undecided", "noted"].includes(row.dataset.standing),
  kept: (row) => ["kept", "edited", "added"].includes(row.dataset.standing),
  dropped: (row) => row.dataset.standing === "dropped",
  changed: (row) => "changed" in row.dataset,
};

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const kind = byId("kind").value;
  const fits = STANDINGS[byId("standing").value];
  let count = 0;
  const all = rows();
  for (const row of all) {
    const fit = (!kind || row.dataset.kind === kind) && fits(row) && words.every((one) => textOf(row).includes(one));
    row.hidden = !fit;
    count += fit;
  }
  byId("shown").textContent = word("shown").replace("{shown}", count).replace("{all}", all.length);
  byId("none").hidden = count > 0;
}

function clearFilter() {
  search.value = "";
  byId("kind").value = "";
  byId("standing").value = "all";
  filter();
}

let typed;
byId("filter").addEventListener("input", () => { clearTimeout(typed); typed = setTimeout(filter, 60); });
byId("filter").addEventListener("submit", (event) => { event.preventDefault(); filter(); step(0); });
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.key === "ArrowDown") { event.preventDefault(); filter(); if (shown().includes(current)) show(current); else show(shown()[0]); }
  if (event.key === "Escape") { event.preventDefault(); clearFilter(); show(current); }
});

// Steps

let waiting = Promise.resolve();

// One step at a time: the next one is sent when this one is written.
function send(path, order) {
  const done = waiting.then(() => sendNow(path, order));
  waiting = done.catch(() => {});
  return done;
}

async function sendNow(path, order) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Briefgen-Token": body.dataset.token },
      body: JSON.stringify({ ...order, version: Number(body.dataset.version) }),
    });
  } catch {
    return { refusal: [word("gone")] };
  }
  if (!(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) {
    return { refusal: answer.status === 403 ? [word("gone")] : (await answer.text()).split("\n") };
  }
  const told = await answer.json();
  if (!answer.ok) return { html: told.problems };
  if (told.reload) { location.reload(); return told; }
  exchange(told);
  return told;
}

function made(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
}

function exchange(told) {
  const changed = told.version !== Number(body.dataset.version);
  body.dataset.version = told.version;
  byId("count").innerHTML = told.count;
  if (byId("problems").innerHTML.trim() !== told.problems.trim()) byId("problems").innerHTML = told.problems;
  byId("undo").disabled = !told.undoable;
  const focused = document.activeElement;
  for (const [key, html] of Object.entries(told.passages)) byId(key)?.replaceWith(made(html));
  for (const [id, html] of Object.entries(told.rows)) {
    const old = rowOf(id);
    const row = made(html);
    if (old) old.replaceWith(row); else list.append(row);
    if (selected.has(id)) toggle(row, true);
    if (old === current) {
      current = row;
      row.setAttribute("aria-current", "true");
      row.tabIndex = 0;
      if (focused === old) row.focus({ preventScroll: true });
    }
  }
  if (told.order) {
    const known = new Set(told.order);
    for (const row of rows()) if (!known.has(idOf(row))) row.remove();
    let before = null;
    for (const id of told.order) {
      const row = rowOf(id);
      const place = before ? before.nextElementSibling : list.firstElementChild;
      if (place !== row) list.insertBefore(row, place);
      before = row;
    }
    if (!list.contains(current)) { current = null; }
  }
  filter();
  if (!current) show(shown()[0]); else point(false);
  if (changed) rebuild();
}

let silent;
function say(text) {
  const place = byId("said");
  place.textContent = text;
  clearTimeout(silent);
  silent = setTimeout(() => { place.textContent = ""; }, 4000);
}

// Show in a place what keeps a step from being made; tells whether it was made.
function accepted(told, place = byId("refusal")) {
  place.replaceChildren();
  if (told.html) { place.innerHTML = told.html; return false; }
  if (told.refusal) {
    for (const line of told.refusal) {
      const part = document.createElement("p");
      part.textContent = line;
      place.append(part);
    }
    return false;
  }
  if (told.said) say(told.said);
  return true;
}

async function decide(verb, more = {}, place = undefined) {
  return accepted(await send("/decide", { id: idOf(current), verb, ...more }), place);
}

// Keep and drop go on to the next finding, so that a reader can look while the file is written.
async function judge(verb) {
  const row = current;
  const told = send("/decide", { id: idOf(row), verb });
  step(1);
  if (!accepted(await told)) show(rowOf(idOf(row)));
}

async function undo() {
  const told = await send("/undo", {});
  if (accepted(told)) {
    const ids = Object.keys(told.rows ?? {});
    if (ids.length === 1) { const row = rowOf(ids[0]); if (row && !row.hidden) show(row); }
  }
}

// Dialogs

let opener = null;

function open(name, fill) {
  const dialog = byId(`dialog-${name}`);
  const form = dialog.querySelector("form");
  form?.reset();
  dialog.querySelector(".refusal")?.replaceChildren();
  const sentence = dialog.querySelector(".sentence");
  if (sentence && current) sentence.textContent = current.dataset.sentence;
  if (form) fill(form);
  opener = document.activeElement;
  dialog.showModal();
  (form?.querySelector("select, input, textarea, button") ?? dialog.querySelector(".main")).focus();
}

function close(dialog) {
  // The browser gives the focus back to where it was, which would make that row the current one.
  const row = current;
  dialog.close();
  if (row !== current) show(row);
}

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("close", () => { if (current && (opener === null || !document.contains(opener) || opener.matches(".finding"))) current.focus({ preventScroll: true }); });
  dialog.querySelector("[data-close]").addEventListener("click", () => close(dialog));
  dialog.querySelector("form")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = dialog.id.slice("dialog-".length);
    if (await SUBMITS[name](event.target, dialog.querySelector(".refusal"))) close(dialog);
  });
  // Ctrl+Enter saves from any field.
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) dialog.querySelector("form")?.requestSubmit();
  });
}

function fit(form, kind) {
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== kind;
}

const LISTS = ["statement", "topics"];
const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

// A field as the decisions file has it: no words are none, and a list is one of lines.
function valueOf(name, text) {
  if (LISTS.includes(name)) { const pieces = lines(text); return pieces.length === 1 ? pieces[0] : pieces.length ? pieces : null; }
  return text.trim() || null;
}

const isShown = (input) => !input.closest("[data-for]")?.hidden;

function complain(place, name) {
  const part = document.createElement("p");
  part.textContent = word(name);
  place.replaceChildren(part);
  return false;
}

const SUBMITS = {
  edit(form, place) {
    const before = fieldsOf(current);
    const fields = {};
    for (const input of form.elements) {
      if (!input.name || !isShown(input) || !(input.name in before)) continue;
      if (input.value.trim() !== (before[input.name] ?? "")) fields[input.name] = valueOf(input.name, input.value);
    }
    return Object.keys(fields).length ? decide("edit", { fields }, place) : complain(place, "unchanged");
  },
  rate(form, place) {
    const before = fieldsOf(current);
    const fields = {};
    if (form.elements.grade.value && form.elements.grade.value !== before.grade) fields.likelihood = form.elements.grade.value;
    if (form.elements.impact.value && form.elements.impact.value !== before.impact) fields.impact = form.elements.impact.value;
    return Object.keys(fields).length ? decide("rate", { fields }, place) : complain(place, "unchanged");
  },
  note(form, place) {
    const note = form.elements.note.value.trim();
    const reason = form.elements.reason.value.trim();
    const told = {};
    if (note && note !== current.dataset.note) told.note = note;
    if (reason && reason !== current.dataset.reason) told.reason = reason;
    return Object.keys(told).length ? decide("note", told, place) : complain(place, "unchanged");
  },
  async merge(form, place) {
    const others = [...selected].filter((id) => id !== idOf(current));
    if (!await decide("merge", { others }, place)) return false;
    for (const id of [...selected]) toggle(rowOf(id), false);
    return true;
  },
  async add(form, place) {
    const fields = {};
    for (const name of ["actor", "stance", "target", "speech", "status", "addressee", "likelihood", "bearer", "topics"]) {
      const input = form.elements[name];
      const value = isShown(input) ? valueOf(name, input.value) : null;
      if (value !== null && value !== input.dataset.usual) fields[name] = value;
    }
    if (isShown(form.elements.impact) && form.elements.impact.value) fields.rate = { impact: form.elements.impact.value };
    const quote = form.elements.quote.value;
    const source = form.elements.source.value;
    const start = chosen && chosen.quote === quote && chosen.source === source ? chosen.start : null;
    const told = await send("/add", { source, quote, start, kind: form.elements.kind.value, fields });
    if (!accepted(told, place)) return false;
    chosen = null;
    const row = rowOf(told.id);
    if (row?.hidden) clearFilter();
    show(row);
    return true;
  },
};

function edit() {
  open("edit", (form) => {
    fit(form, current.dataset.kind);
    for (const [name, value] of Object.entries(fieldsOf(current))) {
      if (form.elements[name]) form.elements[name].value = value ?? "";
    }
  });
}

function rate() {
  if (current.dataset.kind !== "risks") { say(word("no-risk")); return; }
  const { grade, impact } = fieldsOf(current);
  open("rate", (form) => { form.elements.grade.value = grade ?? ""; form.elements.impact.value = impact ?? ""; });
}

function note() {
  open("note", (form) => {
    form.elements.note.value = current.dataset.note ?? "";
    form.elements.reason.value = current.dataset.reason ?? "";
  });
}

function toggle(row, on = !selected.has(idOf(row))) {
  if (!row) return;
  if (on) selected.add(idOf(row)); else selected.delete(idOf(row));
  row.querySelector(".selected")?.remove();
  if (!on) return;
  const said = document.createElement("p");
  said.className = "selected";
  said.textContent = word("selected");
  row.append(said);
}

function merge() {
  const others = [...selected].filter((id) => id !== idOf(current)).map(rowOf).filter(Boolean);
  if (!others.length) { say(word("nothing-selected")); return; }
  if (others.some((row) => row.dataset.kind !== current.dataset.kind)) { say(word("another-kind")); return; }
  open("merge", () => {
    byId("merged").replaceChildren(...others.map((row) => {
      const item = document.createElement("li");
      item.textContent = wordsOf(row);
      return item;
    }));
  });
}

// Words selected in a source

let chosen = null;

// Characters as the server counts them: code points, not halves of surrogate pairs.
const count = (text) => [...text].length;

function offset(node, at) {
  const passage = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".passage");
  if (!passage) return null;
  const range = document.createRange();
  range.selectNodeContents(passage);
  range.setEnd(node, at);
  return Number(passage.dataset.start) + count(range.toString());
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!selection.rangeCount || !sources.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0);
  const article = range.startContainer.parentElement?.closest("article");
  const text = selection.isCollapsed ? "" : range.toString();
  const start = text.trim() && article ? offset(range.startContainer, range.startOffset) : null;
  // Three clicks on a paragraph select up to the first character of what follows it.
  const within = start !== null && (article.contains(range.endContainer) || range.endOffset === 0);
  if (!within) { chosen = null; return; }
  const lead = text.length - text.trimStart().length;
  // Blocks stand apart in the page; in the words between them there is white space.
  const quote = selection.toString().replace(/\s+/g, " ").trim();
  chosen = { source: article.dataset.source, start: start + count(text.slice(0, lead)), quote };
});

function add() {
  open("add", (form) => {
    const kind = chosen ? "positions" : current?.dataset.kind ?? "positions";
    form.elements.kind.value = kind;
    form.elements.source.value = chosen?.source ?? current?.dataset.source ?? form.elements.source.value;
    form.elements.quote.value = chosen?.quote ?? current?.dataset.sentence ?? "";
    for (const input of form.querySelectorAll("[data-usual]")) input.value = input.dataset.usual;
    fit(form, kind);
  });
}
byId("add-kind").addEventListener("change", (event) => fit(event.target.form, event.target.value));

// The brief

let soon;
let making = false;
let outdated = true;

// Several keys in a row make one brief, and none is asked for while another is being made.
function rebuild() {
  outdated = true;
  clearTimeout(soon);
  if (!making && frame.offsetParent !== null) soon = setTimeout(make, 400);
}

function make() {
  making = true;
  outdated = false;
  byId("building").hidden = false;
  try {
    if (frame.contentWindow.location.pathname !== "/brief") throw new Error("nothing to reload");
    frame.contentWindow.location.reload(); // which keeps the place on the page
  } catch {
    frame.src = "/brief";
  }
}

frame.addEventListener("load", () => {
  if (!making) return;
  making = false;
  byId("building").hidden = true;
  if (outdated) rebuild();
});

function toggleBrief() {
  const hidden = body.classList.toggle("no-brief");
  document.querySelector('[data-do="brief"]').setAttribute("aria-pressed", String(!hidden));
  remember("brief", hidden ? "hidden" : "shown");
  if (!hidden && outdated) rebuild();
}

// On narrow screens one pane is shown at a time.
const panes = document.querySelector(".panes-switch");
function turnTo(pane) {
  body.dataset.pane = pane;
  for (const button of panes.children) {
    if (button.dataset.pane === pane) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
  }
  if (pane === "sources") point(true);
  if (pane === "brief" && outdated) rebuild();
}
panes.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) turnTo(button.dataset.pane);
});

// Keys and buttons

const withCurrent = (act) => () => { if (current) act(); };
const ACTS = {
  next: () => step(1),
  previous: () => step(-1),
  keep: withCurrent(() => judge("keep")),
  drop: withCurrent(() => judge("drop")),
  edit: withCurrent(edit),
  rate: withCurrent(rate),
  note: withCurrent(note),
  select: withCurrent(() => { toggle(current); say(word(selected.has(idOf(current)) ? "selected" : "unselected")); }),
  merge: withCurrent(merge),
  add,
  undo,
  search: () => { turnTo("findings"); search.focus(); search.select(); },
  brief: toggleBrief,
  keys: () => open("keys"),
};
const KEYS = {
  j: "next", k: "previous", a: "keep", d: "drop", e: "edit", r: "rate", n: "note", x: "select",
  m: "merge", s: "add", "+": "add", u: "undo", "/": "search", b: "brief", "?": "keys",
};
const IN_LIST = { ArrowDown: "next", ArrowUp: "previous", Enter: "edit" };

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) ACTS[button.dataset.do]();
});

const single = byId("single");
try { single.checked = localStorage.getItem("briefgen-review-keys") !== "off"; } catch { /* private window */ }
single.addEventListener("change", () => {
  try { localStorage.setItem("briefgen-review-keys", single.checked ? "on" : "off"); } catch { /* private window */ }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]") || event.target.closest("input, select, textarea")) return;
  const inList = event.target.closest(".finding");
  if (inList && (event.key === "Home" || event.key === "End")) {
    event.preventDefault();
    show(event.key === "Home" ? shown()[0] : shown().at(-1));
    return;
  }
  const act = (inList && IN_LIST[event.key]) || (single.checked && KEYS[event.key]);
  if (!act || (event.repeat && !["next", "previous"].includes(act))) return;
  event.preventDefault();
  ACTS[act]();
});

// What others have written meanwhile

addEventListener("focus", async () => {
  const before = body.dataset.version;
  const told = await send("/look", {});
  const said = body.dataset.version === before ? null : told.said;
  if (accepted({ ...told, said: null }) && said) say(said);
});

if (remembered("brief") === "hidden") toggleBrief();
filter();
show(rowOf(remembered("current") ?? "") ?? rows()[0], { focus: document.activeElement === body });
if (!body.classList.contains("no-brief")) rebuild();
