// Runs axe on a page in four views; prints, for each, what it violates and how many rules it passes.
// node axe.mjs CHROMIUM FILE.html

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

const [program, file] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
const views = [];
try {
  for (const [device, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.newPage({ viewport, colorScheme });
      page.setDefaultTimeout(240_000);
      await page.goto(pathToFileURL(file).href);
      // Sections far below are laid out too, so that they are looked at.
      await page.addStyleTag({ content: "* { content-visibility: visible !important; }" });
      await page.evaluate(axe);
      const result = await page.evaluate(
        (values) => window.axe.run(document, {
          runOnly: { type: "tag", values },
          resultTypes: ["violations"],
        }),
        TAGS,
      );
      views.push({
        name: `${device}, ${colorScheme}`,
        passes: result.passes.length,
        violations: result.violations.flatMap(({ id, help, nodes }) =>
          nodes.map(({ target }) => ({ id, help, target: target.join(" ") })),
        ),
      });
      await page.close();
    }
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(views));
