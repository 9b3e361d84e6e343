// Opens pages in a real browser and tells what it saw, as JSON. The jobs come as JSON on stdin:
// {modules, chromium, profile, pages: [{name, file, axe, wide, first, keys, follow, pdf, inert, choose, time}]}; lengths are CSS pixels.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const order = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(order.modules + "/package.json");
const puppeteer = (await import(pathToFileURL(require.resolve("puppeteer-core")))).default;
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const browser = await puppeteer.launch({
  executablePath: order.chromium,
  userDataDir: order.profile,
  headless: true,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
  ],
});

/** A tab that writes down every request, error and dialog. */
async function open(file, width, height, scheme) {
  const tab = await browser.newPage();
  const seen = { requests: [], errors: [], dialogs: [] };
  tab.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("file:") && !url.startsWith("data:,")) seen.requests.push(url);
  });
  tab.on("console", (said) => seen.errors.push(`${said.type()}: ${said.text()}`));
  tab.on("pageerror", (error) => seen.errors.push(String(error)));
  tab.on("dialog", async (dialog) => {
    seen.dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  await tab.setViewport({ width, height });
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await tab.goto(pathToFileURL(file).href, { waitUntil: "load" });
  return { tab, seen };
}

const unfold = () => document.querySelectorAll("details").forEach((each) => (each.open = true));

/** What axe finds wrong in each look, [scheme, width], with everything unfolded. */
async function judge(file, looks) {
  const { tab, seen } = await open(file, 1280, 900, "light");
  await tab.evaluate(unfold);
  await tab.evaluate(axe);
  const found = [];
  for (const [scheme, width] of looks) {
    await tab.setViewport({ width, height: 900 });
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const { violations } = await tab.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
    found.push(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((each) => each.html.slice(0, 160)).join(" | ")}`));
  }
  await tab.close();
  return { violations: found, ...seen };
}

/** How wide the page is in a narrow window, and what sticks out. */
async function wide(file, width) {
  const { tab } = await open(file, width, 740, "light");
  await tab.evaluate(unfold);
  const found = await tab.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    out: [...document.querySelectorAll("main *")]
      .filter((each) => !each.closest(".graph, .wide, .unseen") && each.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 5)
      .map((each) => each.outerHTML.slice(0, 160)),
  }));
  await tab.close();
  return found;
}

/** The words that stand on the first screen. */
async function first(file, width, height) {
  const { tab } = await open(file, width, height, "light");
  const said = await tab.evaluate(() => {
    const words = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
      range.selectNodeContents(walker.currentNode);
      const box = range.getBoundingClientRect();
      if (box.width > 1 && box.height > 1 && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth) {
        words.push(walker.currentNode.data.trim());
      }
    }
    return words.filter(Boolean).join(" | ").replace(/\s+/g, " ");
  });
  await tab.close();
  return said;
}

/** Where the first presses of the tabulator lead, and whether that can be seen. */
async function keys(file, presses) {
  const { tab } = await open(file, 1280, 800, "light");
  const stops = [];
  for (let press = 0; press < presses; press++) {
    await tab.keyboard.press("Tab");
    stops.push(await tab.evaluate(() => {
      const each = document.activeElement;
      const box = each.getBoundingClientRect();
      const style = getComputedStyle(each);
      return {
        tag: each.tagName.toLowerCase(),
        text: each.textContent.trim().replace(/\s+/g, " ").slice(0, 60),
        target: each.getAttribute("href") ?? "",
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inside: box.left >= 0 && box.top >= 0 && box.bottom <= innerHeight,
        top: Math.round(box.top + scrollY),
      };
    }));
  }
  await tab.focus("a.skip");
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  const skipped = await tab.evaluate(() => document.activeElement.closest("main") !== null);
  await tab.focus("details summary");
  await tab.keyboard.press("Enter");
  const opened = await tab.evaluate(() => document.activeElement.parentElement.open);
  await tab.close();
  return { stops, skipped, opened };
}

/** Follows an anchor into something folded, and says whether it can be seen then. */
async function follow(file, target) {
  const { tab } = await open(file, 1280, 800, "light");
  const shown = await tab.evaluate(async (id) => {
    location.hash = id;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const box = document.getElementById(id).getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.top < innerHeight;
  }, target);
  await tab.close();
  return shown;
}

/** Whether a page of hostile words is still our page: what is on it, and what it did when it was used. */
async function inert(file, controls) {
  const { tab, seen } = await open(file, 1280, 800, "light");
  await tab.evaluate(unfold);
  await tab.mouse.move(300, 300);
  const found = await tab.evaluate(async (controls) => {
    await new Promise((done) => setTimeout(done, 50));
    const strangers = "img, iframe, object, embed, form, input, base, video, audio, link:not([rel=icon]), meta[http-equiv=refresh], [style], [onload], [onerror], [onmouseover]";
    const ours = (each) => controls && each.matches("fieldset.picks > label > input[type=radio]");
    const links = [...document.querySelectorAll("a")].filter((each) => !/^(https?:|file:.*#)/.test(each.href instanceof SVGAnimatedString ? document.baseURI + each.href.baseVal : each.href));
    return {
      strangers: [...document.querySelectorAll(strangers), ...links].filter((each) => !ours(each)).map((each) => each.outerHTML.slice(0, 120)),
      styles: document.querySelectorAll("style, link[rel=stylesheet]").length,
      scripts: document.querySelectorAll("script").length,
      visible: document.querySelector("main").getBoundingClientRect().height > 500 && document.querySelector("footer.notice").checkVisibility(),
    };
  }, controls);
  const here = tab.url() === pathToFileURL(file).href;
  await tab.close();
  return { ...found, here, ...seen };
}

/** Chooses each of the controls in turn with the keyboard: which rows are shown then, and whether a link to a hidden one shows it. */
async function choose(file, controls) {
  const { tab } = await open(file, 1280, 800, "light");
  const shown = () => [...document.querySelectorAll(".lines tbody tr")].filter((each) => each.checkVisibility()).map((each) => each.id);
  const rows = {};
  for (const control of controls) {
    await tab.focus(`#${control}`);
    await tab.keyboard.press("Space");
    rows[control] = await tab.evaluate(shown);
  }
  const hidden = await tab.evaluate(() => [...document.querySelectorAll(".lines tbody tr")].find((each) => !each.checkVisibility()).id);
  const visited = await tab.evaluate(async (id) => {
    document.querySelectorAll("details").forEach((each) => (each.open = true));
    document.querySelector(`a[href="#${id}"]`).click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const box = document.getElementById(id).getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.top < innerHeight;
  }, hidden);
  await tab.close();
  return { rows, visited };
}

/** The page as a PDF: its size in bytes, and its pages. */
async function pdf(file, path) {
  const { tab } = await open(file, 1280, 800, "dark");
  const bytes = Buffer.from(await tab.pdf({ path, preferCSSPageSize: true, printBackground: true }));
  await tab.close();
  return { bytes: bytes.length, pages: (bytes.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length };
}

/** Milliseconds from the start of the navigation until everything is laid out and painted; the best of three. */
async function time(file) {
  const tab = await browser.newPage();
  await tab.setViewport({ width: 1280, height: 800 });
  const runs = [];
  for (let run = 0; run < 3; run++) {
    await tab.goto("about:blank");
    await tab.goto(pathToFileURL(file).href, { waitUntil: "load" });
    runs.push(await tab.evaluate(async () => {
      document.body.getBoundingClientRect();
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return { milliseconds: performance.now(), findings: document.querySelectorAll("article.finding, details.row").length };
    }));
  }
  await tab.close();
  return runs.sort((one, other) => one.milliseconds - other.milliseconds)[0];
}

async function look(job) {
  const found = {};
  if (job.axe) found.axe = await judge(job.file, job.axe);
  if (job.wide) found.wide = await Promise.all(job.wide.map((width) => wide(job.file, width)));
  if (job.first) found.first = await Promise.all(job.first.map(([width, height]) => first(job.file, width, height)));
  if (job.keys) found.keys = await keys(job.file, job.keys);
  if (job.follow) found.follow = await follow(job.file, job.follow);
  if (job.pdf) found.pdf = await pdf(job.file, job.pdf);
  if (job.inert) found.inert = await inert(job.file, job.inert === "controls");
  if (job.choose) found.choose = await choose(job.file, job.choose);
  if (job.time) found.time = await time(job.file);
  return found;
}

const results = {};
for (const job of order.pages) results[job.name] = await look(job);
await browser.close();
process.stdout.write(JSON.stringify(results));
