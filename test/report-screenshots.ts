/**
 * Takes the pictures of a report that the README shows: `npm run screenshots:report`. It runs `quickstart` in three modes first,
 * for a minute, or takes the result that it is given: `node test/report-screenshots.ts FILE`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureChrome } from "../harness/browser/install-chrome.ts";
import { launchChrome } from "../harness/browser/launch.ts";
import { nodeChromeHost } from "../harness/browser/node-chrome-host.ts";
import { writeHtmlBeside } from "../harness/commands/report/html-beside.ts";
import { parseRunResult } from "../harness/core/run-result.ts";

const FOLDER = join(import.meta.dirname, "../reports/pictures");
const MODES = ["stream", "stateful", "keyed"];
/** What is in view: the top, and the first charts. */
const VIEWS = [
  { name: "report", at: "header", height: 880 },
  { name: "report-charts", at: "#latency", height: 760 },
];

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const folder = mkdtempSync(join(tmpdir(), "bench-report-"));
process.once("exit", () => rmSync(folder, { recursive: true }));

function runQuickstart(): string {
  const modes = MODES.flatMap((mode) => ["--mode", mode]);
  const bench = join(import.meta.dirname, "../harness/bin.ts");
  execFileSync(process.execPath, [bench, "run", "quickstart", ...modes, "--out", folder], {
    stdio: "inherit",
  });
  const [name = ""] = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return join(folder, name);
}

const from = process.argv[2] ?? runQuickstart();
const report = writeHtmlBeside(parseRunResult(readFileSync(from, "utf8"), from), join(folder, "report.json"));

const { path } = await ensureChrome(nodeChromeHost(process.env), say);
const chrome = await launchChrome({ executablePath: path });
const page = await chrome.openPage({ name: "report" });
await page.goto(pathToFileURL(report).href);
for (const dark of [false, true]) {
  for (const { name, at, height } of VIEWS) {
    const file = join(FOLDER, `${name}-${dark ? "dark" : "light"}.png`) as `${string}.png`;
    // Charts are drawn anew at the width of the window, so where they stand is known behind that alone.
    await page.screenshot(file, { width: 1160, height, dark });
    await page.evaluate(`document.documentElement.style.scrollBehavior = "auto"`);
    await page.evaluate(`document.querySelector(${JSON.stringify(at)}).scrollIntoView()`);
    await page.screenshot(file, { width: 1160, height, dark });
  }
}
await chrome.close();
say(`Written to ${FOLDER}`);
