import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Chrome } from "../../harness/browser/launch.ts";
import { expectAllRight } from "./all-right.ts";
import { onlyResult, onlyResultPath, type Started, startBench, temporaryFolder } from "./bench.ts";
import { startTestChrome } from "./test-chrome.ts";

let chrome: Chrome;

beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome?.close());

/** The address that a run says it has its page at. */
async function addressOf({ child, ended }: Started): Promise<string> {
  let seen = "";
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      const [, url] = /^Dashboard: (http:\/\/127\.0\.0\.1:\d+\/)$/m.exec(seen) ?? [];
      if (url !== undefined) resolve(url);
    });
    void ended.then(({ stderr }) => reject(new Error(`it ended without a page: ${stderr}`)));
  });
}

/** How many points of the charts are not empty, the least of all charts. */
const DRAWN = `Math.min(...[...document.querySelectorAll(".chart canvas")].map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const hue = [47, 109, 181];
  let points = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at + 3] > 200 && hue.every((value, index) => Math.abs(data[at + index] - value) < 12)) points += 1;
  return points;
}))`;
const TILES =
  "Object.fromEntries([...document.querySelectorAll('#tiles > div')].map((one) => [one.querySelector('dt').textContent, one.querySelector('dd').firstChild.textContent]))";
const text = (selector: string) => `document.querySelector(${JSON.stringify(selector)}).textContent`;

test("a run is seen on its page while it goes on, the page keeps it with the verdict, and the process ends", async () => {
  const out = temporaryFolder();
  const run = startBench(
    ...["run", "insert-fanout", "--users", "10", "--rate", "8", "--duration", "4s", "--mode", "stream"],
    ...["--out", out, "--dashboard", "--threshold", "latency.insert.frame:p(99)<60000"],
  );
  const url = await addressOf(run);
  const page = await chrome.openPage({ name: "dashboard", viewport: { width: 1160, height: 900 } });
  onTestFinished(() => page.close());
  await page.goto(url);
  await expect.poll(() => page.evaluate(text("#connection"))).toBe("Live");
  const phone = await chrome.openPage({ name: "phone", viewport: { width: 390, height: 800 } });
  onTestFinished(() => phone.close());
  await phone.goto(url);
  await expect
    .poll(() => page.evaluate(TILES), { timeout: 60_000 })
    .toMatchObject({
      Users: "10",
      "Failed checks": "0",
      p50: expect.stringMatching(/^[\d.,]+ m?s$/),
      "Received a second": expect.stringMatching(/^[\d.,]+ KB$/),
    });
  expect(await page.evaluate(text("#activity"))).toMatch(/^stream: 1 insert: \d+ of 32$|^stream: checking/);

  const ended = await run.ended;
  const result = onlyResult(out);
  expectAllRight(ended, result);
  await expect.poll(() => page.evaluate(text("#connection"))).toBe("The run is over");
  expect(await page.evaluate(text("#verdict strong"))).toBe(result.verdict);
  expect(await page.evaluate(text("#files dd:last-child"))).toBe(onlyResultPath(out));
  const states = "[...document.querySelectorAll('#thresholds .word')].map((one) => one.textContent)";
  expect(new Set((await page.evaluate(states)) as string[])).toEqual(new Set(["holds"]));
  expect(await page.evaluate(DRAWN)).toBeGreaterThan(100);
  await expect.poll(() => phone.evaluate(text("#connection"))).toBe("The run is over");
  const cutOff = `[document.documentElement, document.querySelector("#thresholds .scroll")].map((one) => one.scrollWidth - one.clientWidth)`;
  expect(await phone.evaluate(cutOff)).toEqual([0, 0]);
  expect([...page.problems(), ...phone.problems()]).toEqual([]);
});
