// Looks at a published site in Chromium, served from a subfolder under its own policy.
// node site.mjs axe|quiet|walk CHROMIUM FOLDER; prints JSON: how much was looked at, and problems.

import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const VIEWS = [
  { name: "phone, light", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "desktop, dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
];
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
  ".json": "application/json", ".png": "image/png", ".xml": "application/xml",
};
const [mode, program, folder] = process.argv.slice(2);
const UNDER = "/under/briefs/"; // a site may stand in any folder of a server

const pages = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith(".html"))
  .map((entry) => relative(folder, join(entry.path, entry.name)))
  .sort();

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  let file = path.startsWith(UNDER) ? join(folder, path.slice(UNDER.length)) : "";
  if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  if (!file || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
  return createReadStream(file).pipe(response);
});
await new Promise((ready) => { server.listen(0, "127.0.0.1", ready); });
const origin = `http://127.0.0.1:${server.address().port}`;
const home = `${origin}${UNDER}`;
const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });

// A page whose console errors, broken policies and requests to elsewhere are told.
async function listened(options, tell) {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(30_000);
  page.on("console", (said) => {
    if (said.type() === "error" || said.type() === "warning") tell(said.text());
  });
  page.on("pageerror", (error) => tell(error.message));
  page.on("requestfailed", (request) => tell(`${request.url()}: ${request.failure().errorText}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(data|file|blob):/.test(url) && !url.startsWith(home)) tell(`asks for ${url}`);
  });
  return page;
}

async function withAxe(problems) {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  let passes = 0;
  for (const { name, ...options } of VIEWS) {
    const page = await browser.newPage(options);
    page.setDefaultTimeout(120_000);
    for (const path of pages) {
      if (readFileSync(join(folder, path), "utf8").includes('http-equiv="refresh"')) continue;
      await page.goto(home + path);
      await page.evaluate(() => {
        // Far below, sections are laid out too, so that they are looked at.
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { content-visibility: visible !important; }");
        document.adoptedStyleSheets = [sheet];
      });
      await page.evaluate(axe);
      const result = await page.evaluate(
        (values) => window.axe.run(document, {
          runOnly: { type: "tag", values }, resultTypes: ["violations"],
        }),
        TAGS,
      );
      passes += result.passes.length;
      for (const { id, help, nodes } of result.violations) {
        for (const { target } of nodes) problems.push(`${path}: ${name}: ${id}: ${help}: ${target.join(" ")}`);
      }
    }
    await page.close();
  }
  return passes;
}

// Every page, served and from disk: nothing on the console, and the site's style is applied.
async function quiet(problems) {
  let looked = 0;
  for (const [where, start] of [["served", home], ["from disk", `${pathToFileURL(folder).href}/`]]) {
    let path = "";
    const page = await listened({}, (said) => problems.push(`${path}: ${where}: ${said}`));
    for (path of pages) {
      await page.goto(start + path);
      const bar = await page.evaluate(() => getComputedStyle(document.querySelector(".site-bar")).display);
      if (bar !== "flex") problems.push(`${path}: ${where}: its style sheet is not applied`);
      looked += 1;
    }
    await page.close();
  }
  return looked;
}

// What a reader of the example does, the search by keyboard alone.
async function walk(problems) {
  const page = await listened({}, (said) => problems.push(`${page.url().slice(home.length)}: ${said}`));
  let steps = 0;
  const step = (name, right) => { steps += 1; if (!right) problems.push(`${name}: ${page.url()}`); };
  const words = async (selector) => (await page.locator(selector).first().innerText()).replace(/\s+/g, " ");
  const target = () => page.evaluate(
    () => (document.querySelector(":target")?.textContent ?? "").replace(/\s+/g, " "),
  );

  await page.goto(home);
  await page.locator("section[aria-labelledby=actors] a", { hasText: "Foreign Ministry of Velmark" }).click();
  step("actor", (await words("h1")) === "Foreign Ministry of Velmark");
  step("stances, by day", /opposes.+supports/.test(await words("section[aria-labelledby=positions]")));
  const past = page.locator("li.past", { hasText: "We support a NATO liaison office" });
  step("marked as past", /No longer so/.test(await past.innerText()));
  await past.locator("a", { hasText: "Washington summit" }).click();
  step("edition of its own address", page.url().includes("/2024-07-12/"));
  step("its note", (await target()).includes("We support a NATO liaison office"));
  await page.locator(".edition a", { hasText: "Newest edition" }).click();
  step("newest edition", (await words(".edition")).includes("Edition 3"));
  await page.locator(".edition a", { hasText: "What changed" }).click();
  step("shift", /supports.+opposes/.test(await words(".changes.shifted")));
  await page.locator(".site-bar a", { hasText: "Search" }).click();
  await page.waitForURL(/search\/index\.html$/);
  for (const [query, found] of [
    ['"stay within its bounds"', "stay within its bounds"],
    ["retaliation by Beijing is likely to hit", "retaliation by Beijing is likely to hit"],
  ]) {
    await page.goto(`${home}search/index.html`);
    await page.locator("#words").focus();
    await page.keyboard.type(query);
    await page.locator("#found li").first().waitFor();
    step("counted aloud", /\d pages?/.test(await words("#told")));
    await page.locator("input[value=brief]").focus();
    await page.keyboard.press("Space");
    await page.waitForURL(/in=brief/);
    await page.waitForFunction(() => document.querySelector("#found .aside")?.textContent.startsWith("Brief"));
    await page.keyboard.press("Tab");
    step("focus on the first", await page.evaluate(() => document.activeElement.closest("#found") !== null));
    await page.keyboard.press("Enter");
    await page.waitForURL(/#note-/);
    step(`the note with ${query}`, (await target()).includes(found));
  }
  await page.goto(`${home}index.html`);
  await page.locator("#words").fill("xyzzyqq");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\/index\.html\?q=/);
  await page.waitForFunction(() => document.querySelector("#told").textContent !== "");
  step("nothing found", /Nothing/.test(await words("#told")));
  await page.close();
  return steps;
}

const problems = [];
try {
  const looked = await { axe: withAxe, quiet, walk }[mode](problems);
  console.log(JSON.stringify({ pages: pages.length, looked, problems }));
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
