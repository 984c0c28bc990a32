// Goes through a review as an analyst does, with the keyboard; prints what it did and what was amiss.
// node review.mjs CHROMIUM ADDRESS

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1400, height: 900 } };
const MOST_ROWS = 40; // that axe looks at: what differs among thousands is their words

const [program, address] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const problems = [];
const done = { problems, views: 0, passes: 0 };
const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });

const expect = (holds, problem) => { if (!holds) problems.push(problem); };

async function opened(options) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(`script: ${error.message}`));
  page.on("console", (said) => { if (said.type() === "error") problems.push(`console: ${said.text()}`); });
  page.on("request", (asked) => {
    const { origin, protocol } = new URL(asked.url());
    if (protocol.startsWith("http") && origin !== new URL(address).origin) problems.push(`asks ${origin}`);
  });
  await page.goto(address);
  return page;
}

const current = (page) => page.evaluate(() => document.querySelector(".finding[aria-current]")?.id.slice(2));

async function goTo(page, id) {
  await page.keyboard.press("Home");
  for (let steps = 0; steps < 2000 && await current(page) !== id; steps += 1) await page.keyboard.press("j");
  expect(await current(page) === id, `j does not lead to ${id}`);
}

const stands = (page, id, standing) => page.waitForSelector(`#f-${id}[data-standing="${standing}"]`, { state: "attached" });

try {
  const page = await opened({ viewport: SIZES.desktop });
  expect(!page.url().includes("key"), "the key stays in the address");

  // Findings whose words stand nowhere else, a title included, so that the brief must be without
  // them, or with them. Right-to-left letters come out of a PDF in another order.
  const some = await page.evaluate(() => {
    const plain = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
    const rows = [...document.querySelectorAll(".finding")].map((row) => ({
      id: row.id.slice(2), kind: row.dataset.kind, standing: row.dataset.standing,
      words: row.querySelector(".words").textContent.split(" … ")[0],
      sentence: plain(row.dataset.sentence), stance: JSON.parse(row.dataset.fields).stance,
    }));
    const read = plain(document.querySelector("#sources").textContent);
    const once = (words) => read.split(plain(words)).length <= 2 && !/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(words);
    const alone = rows.filter((row) => once(row.words) && rows.every((other) => other === row || !other.sentence.includes(plain(row.words))));
    const positions = alone.filter((row) => row.kind === "positions");
    return { rows: rows.length, dropped: positions[0], edited: positions[1], kept: rows.find((row) => row.id !== positions[0]?.id && row.id !== positions[1]?.id) };
  });
  done.rows = some.rows;
  if (!some.edited || !some.kept) throw new Error("too few findings to decide on");

  await goTo(page, some.dropped.id);
  await page.keyboard.press("d");
  await stands(page, some.dropped.id, "dropped");
  expect(await current(page) !== some.dropped.id, "drop does not go on to the next");
  done.dropped = some.dropped;

  await goTo(page, some.edited.id);
  await page.keyboard.press("e");
  const stance = some.edited.stance === "concern" ? "oppose" : "concern";
  await page.selectOption("#edit-stance", stance);
  await page.keyboard.press("Control+Enter");
  await stands(page, some.edited.id, "edited");
  done.edited = { ...some.edited, stance };

  // One step there and back.
  await goTo(page, some.kept.id);
  await page.keyboard.press("a");
  await stands(page, some.kept.id, "kept");
  await page.keyboard.press("u");
  await stands(page, some.kept.id, some.kept.standing);

  // Words that are in no finding yet, else any; a real selection, as the mouse leaves it.
  // Not beside what was dropped or edited: the note on them cites the whole sentence.
  done.added = await page.evaluate((decided) => {
    const plain = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
    const apart = (passage) => decided.every((words) => !plain(passage.textContent).includes(plain(words)));
    const passages = [...document.querySelectorAll(".passage.paragraph")].filter((passage) => passage.textContent.trim().split(/\s+/).length > 7 && apart(passage));
    const earlier = (passage) => passage.closest("article").textContent.replace(/\s+/g, " ");
    const fits = (passage) => {
      const words = passage.textContent.trim().split(/\s+/).slice(0, 7).join(" ");
      return earlier(passage).split(words).length === 2;
    };
    const passage = passages.filter(fits).sort((one, other) => !!one.querySelector("mark") - !!other.querySelector("mark"))[0];
    const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
    const start = walker.nextNode();
    const words = passage.textContent.trim().split(/\s+/).slice(0, 7).join(" ");
    const range = document.createRange();
    range.setStart(start, start.data.search(/\S/));
    let node = start;
    let text = "";
    for (; node; node = walker.nextNode()) {
      for (let at = 0; at < node.data.length; at += 1) {
        text += node.data[at];
        if (text.trim().replace(/\s+/g, " ") === words && (at + 1 === node.data.length || /\s/.test(node.data[at + 1]))) {
          range.setEnd(node, at + 1);
          const selection = getSelection();
          selection.removeAllRanges();
          selection.addRange(range);
          return { words };
        }
      }
    }
    return null;
  }, [some.dropped.words, some.edited.words]);
  await page.waitForTimeout(100);
  await page.keyboard.press("s");
  await page.selectOption("#add-kind", "risks");
  expect(await page.inputValue("#add-quote") === done.added.words, "the selected words are not in the form");
  await page.selectOption("#add-impact", "high");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector('dialog[open]', { state: "detached" });
  done.added.id = await current(page);
  await stands(page, done.added.id, "added");

  await page.reload();
  // Of a browser that runs already, as an analyst's does.
  done.load = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
  await stands(page, some.dropped.id, "dropped");
  await stands(page, some.edited.id, "edited");
  await stands(page, done.added.id, "added");

  const plain = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
  let brief = "";
  for (let tries = 0; tries < 240 && !brief; tries += 1) {
    await page.waitForTimeout(250);
    const frame = page.frames().find((one) => one.url().endsWith("/brief"));
    // Notes show the paragraphs around what they cite, which may hold what was dropped.
    brief = frame ? plain(await frame.evaluate(() => document.readyState !== "complete" ? "" : [...document.querySelectorAll("main > section:not(.notes, .full-texts)")].map((one) => one.textContent).join(" ")).catch(() => "")) : "";
  }
  expect(brief.includes(plain(done.added.words)), "the brief beside it lacks what was added");
  expect(!brief.includes(plain(some.dropped.words)), "the brief beside it still has what was dropped");
  await page.context().close();

  for (const [device, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      // The page's own policy would keep axe out.
      const one = await opened({ viewport, colorScheme, bypassCSP: true });
      await one.addStyleTag({ content: "* { content-visibility: visible !important; }" });
      await one.evaluate((most) => {
        for (const part of [...document.querySelectorAll(".finding")].slice(most)) part.remove();
        for (const part of [...document.querySelectorAll(".passage")].slice(most)) part.remove();
        document.querySelector("iframe").remove(); // the brief is looked at by itself
      }, MOST_ROWS);
      await one.evaluate(axe);
      for (const [name, key] of [["page"], ["edit", "e"], ["add", "s"], ["note", "n"], ["keys", "?"]]) {
        if (key) await one.keyboard.press(key);
        const result = await one.evaluate(
          (values) => window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }),
          TAGS,
        );
        done.views += 1;
        done.passes += result.passes.length > 0;
        for (const { id, help, nodes } of result.violations) {
          for (const { target } of nodes) problems.push(`axe, ${device}, ${colorScheme}, ${name}: ${id}: ${help}: ${target.join(" ")}`);
        }
        if (key) await one.keyboard.press("Escape");
      }
      await one.context().close();
    }
  }
} catch (error) {
  problems.push(`stopped: ${error.message.split("\n")[0]}`);
} finally {
  await browser.close();
}
console.log(JSON.stringify(done));
