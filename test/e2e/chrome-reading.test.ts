import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { beginDraft, readDraft } from "../../harness/browser/page-draft.ts";
import { startTestChrome } from "./test-chrome.ts";

/** A list of lines of 50 px each in a window of 300 px, and a script that changes it. */
const PAGE = `<!doctype html><style>
  body { margin: 0 } #scroller { height: 300px; overflow-y: auto; overflow-anchor: none; border-top: 7px solid }
  .item { height: 50px; margin: 0 }
</style>
<div id="scroller"><p>what stands in front</p><div id="list"></div></div>
<form><textarea name="text">left from before</textarea><input name="other"></form>
<script>
  const [scroller, list] = [document.getElementById("scroller"), document.getElementById("list")];
  const item = (name) => {
    const made = document.createElement("p");
    Object.assign(made, { id: name, className: "item", textContent: name });
    return made;
  };
  let front = 0, end = 0;
  const prepend = (count) => { for (let i = 0; i < count; i += 1) list.prepend(item("front-" + (front += 1))); };
  const append = (count) => { for (let i = 0; i < count; i += 1) list.append(item("end-" + (end += 1))); };
  const block = (ms) => { const untilMs = performance.now() + ms; while (performance.now() < untilMs); };
  const frames = async (count) => { for (let i = 0; i < count; i += 1) await new Promise(requestAnimationFrame); };
  append(20);
</script>`;

let chrome: Chrome;
let page: ChromePage;

beforeAll(async () => {
  chrome = await startTestChrome();
});
afterAll(() => chrome.close());
afterEach(() => expect(page.problems()).toEqual([]));

async function open(scrollTop: number): Promise<void> {
  page = await chrome.openPage({ name: "reader" });
  onTestFinished(() => page.close());
  await page.reading.watch("#list");
  await page.goto(`data:text/html,${encodeURIComponent(PAGE)}`);
  await does(`scroller.scrollTop = ${scrollTop}; await frames(2)`);
  await page.reading.take();
}

const does = (script: string) => page.evaluate(`(async () => { ${script} })()`);
const reading = () => page.reading.take();
const held = (made = 1) => expect.objectContaining({ made, failed: 0, failures: [] });
const moved = (byPx: number, item: string) =>
  expect.objectContaining({ made: 1, failed: 1, failures: [{ kind: "moved", byPx, item }] });

/** Scrolled to 210 px, what is first on the screen begins 26 px above it: of 20 lines of 50 px behind one in front. */
const FIRST = "end-4";

test.each<[string, string, unknown]>([
  ["is put in front and he is put back", "prepend(3); scroller.scrollTop += 150", held()],
  [
    "is put in front and he is put back in the next frame",
    "prepend(3); requestAnimationFrame(() => scroller.scrollTop += 150)",
    held(),
  ],
  ["is put in front and he is not put back", "prepend(3)", moved(150, FIRST)],
  [
    "is put in front and he is put back two pixels off",
    "prepend(3); scroller.scrollTop += 152",
    moved(2, FIRST),
  ],
  ["comes at the end", "append(2)", held()],
  ["comes at the end and he is taken there", "append(2); scroller.scrollTop = 9999", moved(600, FIRST)],
  ["is taken away behind what he sees", `document.getElementById("end-19").remove()`, held()],
  ["is taken away in front of what he sees", `document.getElementById("end-1").remove()`, moved(50, FIRST)],
  [
    "grows in front of what he sees",
    `document.getElementById("end-1").replaceChildren(item("part"))`,
    held(),
  ],
])("who reads history while something %s", async (_, script, expected) => {
  await open(210);
  const expectedMove = script.includes("9999")
    ? moved(Number(await page.evaluate("scroller.scrollHeight - scroller.clientHeight - 210")) + 100, FIRST)
    : expected;
  await does(script);
  expect(await reading()).toEqual(expectedMove);
});

test("whoever is where nothing can bring back what he saw is not moved by more than that", async () => {
  await open(210);
  await does(
    `for (const id of ["end-1", "end-2", "end-3"]) document.getElementById(id).remove(); scroller.scrollTop = 60`,
  );
  expect(await reading()).toEqual(held());
  await does("list.replaceChildren(); append(20)");
  expect(await reading()).toEqual(held(0));
});

test.each<[string, string, unknown]>([
  ["and he is taken there", "append(1); scroller.scrollTop = 9999", held()],
  [
    "and he is taken there some frames later",
    "append(1); await frames(4); scroller.scrollTop = 9999",
    held(),
  ],
  [
    "and he is taken there some frames later, of which there are few",
    "append(1); for (let i = 0; i < 5; i += 1) { await frames(1); block(300); } scroller.scrollTop = 9999",
    held(),
  ],
  [
    "and he is left where he is",
    "append(2)",
    expect.objectContaining({
      made: 1,
      failed: 1,
      failures: [expect.objectContaining({ kind: "unpinned", byPx: 100 })],
    }),
  ],
])("who is at the end when something comes there %s", async (_, script, expected) => {
  await open(9999);
  await does(script);
  expect(await reading()).toEqual(expected);
});

test("who scrolls while the list changes may be anywhere", async () => {
  await open(210);
  await does(`dispatchEvent(new WheelEvent("wheel")); scroller.scrollTop -= 40; prepend(1)`);
  expect(await reading()).toEqual(expect.objectContaining({ made: 0, unclear: 1 }));
});

test("a reader comes to the top by turns of the wheel, and stops where something older came in", async () => {
  await open(500);
  await does(`window.tops = []; scroller.addEventListener("scroll", () => tops.push(scroller.scrollTop))`);
  await page.scrollToTop("#list");
  expect(await page.evaluate("tops")).toEqual([380, 260, 140, 20, 0]);
  await does(
    `scroller.scrollTop = 500; await frames(2); tops.length = 0;
     scroller.addEventListener("scroll", () => { if (scroller.scrollTop < 300) { prepend(3); scroller.scrollTop += 150; } }, { once: true })`,
  );
  await page.scrollToTop("#list");
  expect(await reading()).toMatchObject({ failed: 0 });
});

test("a reader jumps to the top at once, also from there, and what he comes to see stays", async () => {
  await open(500);
  await does(`window.tops = []; scroller.addEventListener("scroll", () => tops.push(scroller.scrollTop))`);
  await page.scrollToTop("#list", "jumps");
  await does("await frames(2)");
  expect(await page.evaluate("tops")).toEqual([0]);
  await does("prepend(3)");
  expect(await reading()).toEqual(moved(150, "end-1"));
  await page.scrollToTop("#list", "jumps");
  await does("await frames(2)");
  expect(await page.evaluate("tops")).toEqual([0, 120, 0]);
});

test("Chrome tells what a page holds, what kept it, and what shifted without its reader's doing", async () => {
  await open(0);
  await page.vitals.takeStrain();
  const before = await page.vitals.size();
  await does(`window.kept = Array.from({ length: 1000 }, (_, i) => document.createElement("b"));
    window.numbers = Array.from({ length: 200_000 }, () => ({}));
    await frames(2); prepend(3); await frames(3)`);
  await does(`await new Promise((resolve) => setTimeout(() => {
    const end = performance.now() + 120;
    while (performance.now() < end);
    resolve();
  })); await frames(2)`);
  const strain = await page.vitals.takeStrain();
  expect(strain.longTasks).toBeGreaterThanOrEqual(1);
  expect(strain.longestUs).toBeGreaterThanOrEqual(120_000);
  expect(strain.layoutShift).toBeGreaterThan(0.01);
  const after = await page.vitals.size();
  expect(after.nodes - before.nodes).toBeGreaterThanOrEqual(1000);
  expect(after.nodes - before.nodes).toBeLessThan(1100);
  expect(after.heapBytes - before.heapBytes).toBeGreaterThan(200_000 * 12);
  await does("delete window.kept; delete window.numbers");
  expect((await page.vitals.size()).heapBytes).toBeLessThan(before.heapBytes + 500_000);
  expect(await page.vitals.takeStrain()).toMatchObject({ layoutShift: 0 });
});

test("what a reader has begun to write is told as it is: its text, whether he is there, and his caret", async () => {
  await open(0);
  const field = 'form [name="text"]';
  const begun = await beginDraft(page, field, "half a thought");
  expect(begun).toEqual({ text: "half a thought", hasFocus: true, caret: [7, 7] });
  expect(await readDraft(page, field)).toEqual(begun);
  await does(`document.querySelector('${field}').setSelectionRange(2, 5)`);
  expect(await readDraft(page, field)).toEqual({ ...begun, caret: [2, 5] });
  await does(`document.querySelector('[name="other"]').focus()`);
  expect(await readDraft(page, field)).toEqual({ ...begun, hasFocus: false, caret: [2, 5] });
  await does(`document.querySelector("form").reset()`);
  expect(await readDraft(page, field)).toMatchObject({ text: "left from before" });
  expect(await beginDraft(page, field, "half a thought")).toEqual(begun);
  expect(await readDraft(page, field)).toEqual(begun);
  await does(`document.querySelector("form").remove()`);
  expect(await readDraft(page, field)).toBeNull();
});
