import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { renderCompareHtml } from "../../reports/compare/html.ts";
import { renderHtml } from "../../reports/html.ts";
import { renderJunit } from "../../reports/junit.ts";
import { PIXEL, takenApartResult } from "../reports/charted-result.ts";
import { sampleReport } from "../reports/compare/sample-report.ts";
import { streamCasesResult } from "../reports/sample-cases.ts";
import { voidResult } from "../reports/sample-endings.ts";
import { failedResult } from "../reports/sample-failure.ts";
import { temporaryFolder } from "./bench.ts";
import { startTestChrome } from "./test-chrome.ts";

let chrome: Chrome;

beforeAll(async () => {
  chrome = await startTestChrome();
});

afterAll(() => chrome?.close());

const PICTURES = new Map([
  ["quickstart-2026-01-02T03-04-05Z/stream-chrome-1.png", `data:image/png;base64,${PIXEL}`],
]);

/** A report in Chrome, from disk. */
async function opened(document: string, viewport = { width: 1200, height: 800 }): Promise<ChromePage> {
  const path = join(temporaryFolder(), "report.html");
  writeFileSync(path, document);
  const page = await chrome.openPage({ name: "report", viewport });
  onTestFinished(() => page.close());
  await page.goto(pathToFileURL(path).href);
  return page;
}

/** The colours of the two modes, in light. */
const MODES = [
  [47, 109, 181],
  [192, 105, 42],
];

/** Of each chart's canvas: how many of its points have the colour of each mode. */
const DRAWN = `[...document.querySelectorAll(".chart canvas")].map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return ${JSON.stringify(MODES)}.map((colour) => {
    let points = 0;
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] > 200 && colour.every((value, index) => Math.abs(data[at + index] - value) < 12)) points += 1;
    return points;
  });
})`;

const PAPER = "getComputedStyle(document.body).backgroundColor";
const LINE = 'getComputedStyle(document.querySelector(".plot .line")).stroke';

test("a report opens from disk: no complaint, no request, headings, tables, pictures, charts that are drawn", async () => {
  const page = await opened(renderHtml(takenApartResult, PICTURES));
  expect(
    await page.evaluate("[...document.querySelectorAll('h1, h2')].map((one) => one.textContent)"),
  ).toEqual([
    ...["quickstart", "Failed checks", "Modes side by side", "Latency: percentile spectrum"],
    ...["Latency over time", "Payload over history", "Where the bytes went", "Memory of the server"],
    ...["Deliveries", "Thresholds", "The harness", "Configuration and machine"],
  ]);
  const drawn = (await page.evaluate(DRAWN)) as number[][];
  expect(drawn).toHaveLength(4);
  expect(drawn.flat().filter((points) => points < 150)).toEqual([]);
  const lines = "document.querySelectorAll('#history .line, #memory .line').length";
  expect(await page.evaluate(lines)).toBe(4);
  expect(await page.evaluate("[...document.images].map((one) => [one.complete, one.naturalWidth])")).toEqual([
    [true, 1],
  ]);
  const requests = 'performance.getEntriesByType("resource").filter(({ name }) => !name.startsWith("data:"))';
  expect(await page.evaluate(requests)).toEqual([]);
  expect(page.problems()).toEqual([]);
});

test("its policy lets nothing out, whatever may run in it", async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address?.port}/`;
  const page = await opened(renderHtml(failedResult));
  const fetched = `fetch(${JSON.stringify(url)}, { mode: "no-cors" }).then(() => "sent", () => "refused")`;
  const shown = `new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve("sent");
    image.onerror = () => resolve("refused");
    image.src = ${JSON.stringify(url)};
  })`;
  const injected = `(() => {
    document.body.insertAdjacentHTML("beforeend", '<p onclick="window.ran = true">x</p>');
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    document.body.lastElementChild.previousElementSibling.click();
    return window.ran ?? "refused";
  })()`;
  expect([await page.evaluate(fetched), await page.evaluate(shown), await page.evaluate(injected)]).toEqual([
    ...["refused", "refused", "refused"],
  ]);
  expect(asked).toBe(0);
});

test("it is dark where the system is, and where one asks for it, its charts too", async () => {
  const page = await opened(renderHtml(takenApartResult));
  const colours = async () => [await page.evaluate(PAPER), await page.evaluate(LINE)];
  const light = ["rgb(252, 252, 251)", "rgb(47, 109, 181)"];
  const dark = ["rgb(21, 23, 26)", "rgb(125, 179, 238)"];
  expect(await colours()).toEqual(light);
  const canvas = 'document.querySelector(".chart canvas").toDataURL()';
  const inLight = await page.evaluate(canvas);
  await page.press("#theme", "Enter");
  expect(await colours()).toEqual(dark);
  expect((await page.evaluate(canvas)) === inLight).toBe(false);
  expect(await page.evaluate('document.getElementById("theme").getAttribute("aria-label")')).toBe(
    "Use the light colours",
  );
  await page.press("#theme", "Enter");
  expect(await colours()).toEqual(light);

  await page.screenshot(join(temporaryFolder(), "dark.png") as `${string}.png`, {
    width: 1200,
    height: 800,
    dark: true,
  });
  await page.evaluate("delete document.documentElement.dataset.theme");
  expect(await colours()).toEqual(dark);
});

test.each([
  ["of a failed run with all charts", takenApartResult],
  ["of five modes", voidResult],
  ["of cases", streamCasesResult],
])("on a phone a report %s does not scroll sideways, opened details included", async (_, result) => {
  const page = await opened(renderHtml(result, PICTURES), { width: 390, height: 800 });
  await page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))");
  expect(await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")).toEqual([390, 390]);
  const widths =
    "[...document.querySelectorAll('canvas')].every((one) => one.getBoundingClientRect().right <= 390)";
  expect(await page.evaluate(widths)).toBe(true);
  expect(page.problems()).toEqual([]);
});

test("it can be gone through by keyboard: past the sections, to each of them, to tables that scroll", async () => {
  const page = await opened(renderHtml(takenApartResult));
  const focused = "document.activeElement.className || document.activeElement.textContent";
  await page.press("body", "Tab");
  expect(await page.evaluate(focused)).toBe("skip");
  await page.press(".skip", "Enter");
  expect(await page.evaluate("location.hash")).toBe("#content");
  await page.press('nav a[href="#memory"]', "Enter");
  expect(await page.evaluate("location.hash")).toBe("#memory");
  await page.press("#modes .scroll", "ArrowDown");
  expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe("Figures by mode");
});

test("its JUnit is well-formed XML, with whatever is in the messages", async () => {
  const [failure] = failedResult.checks.failures;
  if (failure === undefined) throw new Error("no failure");
  const message = '</failure><x a="&<>"\u0000\u001b\ufffe\ud800 ]]>';
  const failures = [
    { ...failure, kind: "user-vs-oracle" as const, message, step: message, expected: message },
  ];
  const results = [
    takenApartResult,
    streamCasesResult,
    { ...failedResult, checks: { ...failedResult.checks, failures } },
  ];
  const page = await opened("<!doctype html><title>x</title>");
  for (const result of results) {
    const parsed = `(() => {
      const xml = new DOMParser().parseFromString(${JSON.stringify(renderJunit(result))}, "text/xml");
      return [xml.querySelectorAll("parsererror, x").length, xml.documentElement.tagName];
    })()`;
    expect(await page.evaluate(parsed)).toEqual([0, "testsuites"]);
  }
});

/** Of each interval that is drawn: how far the middle of its dot lies outside of its line, in pixels. */
const OUTSIDE = `[...document.querySelectorAll(".whiskers g")].flatMap((group) => {
  const line = group.querySelector(".line")?.getBoundingClientRect();
  const dot = group.querySelector(".mark").getBoundingClientRect();
  const middle = dot.left + dot.width / 2;
  return line === undefined ? [] : [Math.max(line.left - middle, middle - line.right, 0)];
})`;

test.each([1200, 390])(
  "a comparison opens from disk, %i pixels wide: no complaint, every dot on its line, all of them on one scale",
  async (width) => {
    const page = await opened(renderCompareHtml(sampleReport(5, 9)), { width, height: 800 });
    const outside = (await page.evaluate(OUTSIDE)) as number[];
    // Three noisy figures of four modes in terms of the fifth.
    expect(outside).toHaveLength(12);
    expect(Math.max(...outside)).toBeLessThan(1);
    const ones = `[...document.querySelectorAll(".whisker-rows")].map((rows) =>
      new Set([...rows.querySelectorAll(".axis")].map((line) => line.getBoundingClientRect().left)).size)`;
    expect(await page.evaluate(ones)).toEqual([1, 1, 1]);
    const tooWide = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await page.evaluate(tooWide)).toBe(0);
    await page.evaluate('document.getElementById("theme").click()');
    expect(await page.evaluate("document.documentElement.dataset.theme")).toBe("dark");
    expect(page.problems()).toEqual([]);
  },
);
