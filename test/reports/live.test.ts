import { expect, test } from "vitest";
import type { LiveFigures } from "../../harness/core/live-figures.ts";
import { renderLive } from "../../reports/live.ts";
import { passedResult } from "./sample-result.ts";

const figures: LiveFigures = {
  mode: "stream",
  step: "1 insert",
  users: 200,
  browsers: 2,
  elapsedMs: 6000,
  lastsMs: 10_000,
  done: 30,
  metrics: passedResult.metrics,
  checks: { made: 31_405, failed: 0 },
  processes: passedResult.generator.processes,
};

test("a few lines tell how the run goes", () => {
  expect(renderLive(figures)).toMatchInlineSnapshot(`
    [
      "  200 users and 2 Chromes, 5.0 begun a second, 6 s, about 4 s left",
      "  insert to the frame: p50 3.21 ms, p99 12.4 ms, at most 24.9 ms",
      "  12 frames received, 28.1 KB; 0 of 31,405 checks failed",
      "  The harness: 43 % of a core, garbage 1.2 %, event loop 2.14 ms late at p99, 0 of 400 starts dropped",
    ]
  `);
});

test("what is not known yet is not shown, or shown as none", () => {
  const none = { ...figures, browsers: 0, users: 1, elapsedMs: 0, lastsMs: null, done: 0, metrics: [] };
  expect(renderLive({ ...none, checks: { made: 0, failed: 0 }, processes: [] })).toMatchInlineSnapshot(`
    [
      "  1 user, 0.0 begun a second, 0 s",
      "  0 frames received, 0 B; 0 of 0 checks failed",
    ]
  `);
});
