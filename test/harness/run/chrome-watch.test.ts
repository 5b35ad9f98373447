import { expect, test } from "vitest";
import type { ReadingReport } from "../../../harness/browser/page-reading.ts";
import type { PageSize, PageStrain } from "../../../harness/browser/page-vitals.ts";
import { micros } from "../../../harness/core/units.ts";
import { RunRecorder } from "../../../harness/crowd/recorder.ts";
import type { ChromeViewer } from "../../../harness/run/chrome-viewer.ts";
import { ChromeWatch } from "../../../harness/run/chrome-watch.ts";

const STILL: ReadingReport = { made: 0, failed: 0, unclear: 0, maxMovedPx: 0, failures: [] };
const CALM: PageStrain = { longTasks: 0, longestUs: micros(0), layoutShift: 0 };

/** A Chrome of which this is told, one after the other. */
function chromeThat(name: string, told: { report?: ReadingReport; strain?: PageStrain; size?: PageSize }[]) {
  let at = 0;
  const now = () => told[at] ?? {};
  const viewer = {
    name,
    page: {
      reading: { take: async () => now().report ?? STILL },
      vitals: {
        takeStrain: async () => now().strain ?? CALM,
        size: async () => now().size ?? { heapBytes: 0, nodes: 0 },
      },
    },
  } as unknown as ChromeViewer;
  const next = () => {
    at += 1;
  };
  return { viewer, next };
}

/** Checks so many times, and gives what comes of it. */
async function watched(steps: number, ...chromes: readonly ReturnType<typeof chromeThat>[]) {
  const recorder = new RunRecorder();
  const watch = new ChromeWatch(
    chromes.map(({ viewer }) => viewer),
    recorder,
  );
  for (let step = 0; step < steps; step += 1) {
    await watch.endStep({ mode: "stream", step: `${step} step` });
    for (const { next } of chromes) next();
    await watch.measure();
  }
  const values = Object.fromEntries(
    watch
      .metrics("stream")
      .map(({ name, values: told }) => [name.slice("chrome.".length), "value" in told && told.value]),
  );
  return { values, checks: recorder.checks.checks() };
}

test("without a Chrome nothing is measured", async () => {
  expect(await watched(2)).toMatchObject({ values: {}, checks: { made: 0 } });
});

test("what a page holds is told of the one with most, and grows from where everybody had joined", async () => {
  const sizes = (...all: [number, number][]) => [
    {},
    ...all.map(([heapBytes, nodes]) => ({ size: { heapBytes, nodes } })),
  ];
  const { values } = await watched(
    3,
    chromeThat("chrome-1", sizes([1000, 10], [9000, 90], [3000, 20])),
    chromeThat("chrome-2", sizes([2000, 30], [2500, 31], [2500, 35])),
  );
  expect(values).toMatchObject({ heap: 3000, "heap.growth": 2000, nodes: 35, "nodes.growth": 10 });
});

test("what opening a page takes and what looking at it takes is no step's", async () => {
  const strain = (longTasks: number, longestMs: number, layoutShift: number): { strain: PageStrain } => ({
    strain: { longTasks, longestUs: micros(longestMs * 1000), layoutShift },
  });
  // Before everybody is checked the first time; after it, and before the second time; after that.
  const first = chromeThat("chrome-1", [strain(9, 900, 9), strain(2, 70, 0.25), strain(8, 800, 8)]);
  const second = chromeThat("chrome-2", [{}, strain(1, 60, 0.5), {}]);
  // The fake tells the same after a look as before the next step.
  const { values } = await watched(2, first, second);
  expect(values).toMatchObject({ long_tasks: 3, "long_tasks.longest": 70_000, layout_shift: 0.5 });
});

test("each change after which a reader is looked for is a check, and who is elsewhere is told", async () => {
  const { values, checks } = await watched(
    2,
    chromeThat("chrome-1", [
      { report: { ...STILL, made: 3, failed: 3, maxMovedPx: 900 } },
      {
        report: {
          made: 5,
          failed: 2,
          unclear: 1,
          maxMovedPx: 412.25,
          failures: [
            { kind: "moved", byPx: 412.25, item: "messages-4" },
            { kind: "unpinned", byPx: 57, item: "messages-9" },
          ],
        },
      },
    ]),
  );
  expect(values).toMatchObject({ moved: 412.25, "moved.unclear": 1 });
  expect(checks.kinds).toEqual({
    "scroll-position": { made: 5, failed: 2, modes: { stream: { made: 5, failed: 2 } } },
  });
  const at = { kind: "scroll-position", mode: "stream", step: "1 step", who: "chrome-1" };
  expect(checks.failures).toEqual([
    {
      ...at,
      item: "messages-4",
      expected: "messages-4 where it was",
      actual: "412.3 px away",
      message:
        "chrome-1: messages-4, which was first on the screen, was moved by 412.3 px when the list changed",
    },
    {
      ...at,
      item: "messages-9",
      expected: "the end of the list",
      actual: "57 px above it",
      message:
        "chrome-1: the reader was at the end of the list, and is 57 px above it after something came there",
    },
  ]);
});

test("of more failures than a page keeps each is counted", async () => {
  const failures = [{ kind: "moved", byPx: 5, item: "messages-1" }] as const;
  const report = { made: 4, failed: 4, unclear: 0, maxMovedPx: 5, failures };
  const { checks } = await watched(2, chromeThat("chrome-1", [{}, { report }]));
  expect(checks).toMatchObject({ made: 4, failed: 4 });
});
