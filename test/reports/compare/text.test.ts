import { expect, test } from "vitest";
import { renderCompareText } from "../../../reports/compare/text.ts";
import { ANSI } from "../../../reports/style.ts";
import { sampleReport } from "./sample-report.ts";

test("two modes, nine times each", () => {
  expect(`\n${renderCompareText(sampleReport(2, 9))}`).toMatchInlineSnapshot(`
    "
    quickstart · stream and stateful · 9 runs of each
    200 simulated users and 2 Chromes in each mode · 60 messages in the room · pages of 10
    Measured on the room page of the reference server

                                   stream   stateful   better, by how much
    ──────────────────────────────────────────────────────────────────────────────
    Bytes that one viewer receives: mean
      insert                          538        489   stateful by 9.1 %
      delete                          105      3,532   stream by 97.0 %
      reply, nothing changed          102        102   the same

    Latency from when it was due
      insert to the frame, p50    11.0 ms    11.0 ms   none shown (-0.2 to +0.4 %)
      insert to the frame, p99    44.0 ms    44.0 ms   stream by 0.1 % (0.1 %)

    Memory of the server
      one more connection         20.1 KB    25.2 KB   stream by 20 % (20.2 %)

    What each is better in
      stream      bytes: delete
                  latency: insert to the frame, p99
                  memory: one more connection
      stateful    bytes: insert
      the same    bytes: reply, nothing changed
      none shown  latency: insert to the frame, p50

    Sizes that every repeat has alike are exact: they need no test.
    Others are medians of the repeats; in brackets the 95 % interval of the ratio (Hodges and Lehmann).
    A winner has p below 0.05 by Mann and Whitney's test, with Holm's correction for 3 comparisons.

    2 cores (Intel(R) Xeon(R) CPU @ 2.60GHz) · 8.3 GB · linux-x64
    Node 24.21.0 · Chrome 150.0.7871.24 · LiveView 1.2.10 · bench 0.1.0

    stream is best in 3 and stateful in 1 of 6 figures; 1 is the same and 1 shows no difference
    "
  `);
});

test("two modes, once each", () => {
  expect(`\n${renderCompareText(sampleReport(2, 1))}`).toMatchInlineSnapshot(`
    "
    quickstart · stream and stateful · 1 run of each
    200 simulated users and 2 Chromes in each mode · 60 messages in the room · pages of 10
    Measured on the room page of the reference server

                                   stream   stateful   better, by how much
    ──────────────────────────────────────────────────────────────────────
    Bytes that one viewer receives: mean
      insert                          538        489   stateful by 9.1 %
      delete                          105      3,532   stream by 97.0 %
      reply, nothing changed          102        102   the same

    Latency from when it was due
      insert to the frame, p50    11.0 ms    11.0 ms   not tested
      insert to the frame, p99    44.0 ms    44.0 ms   not tested

    Memory of the server
      one more connection         20.1 KB    25.2 KB   not tested

    What each is better in
      stream    bytes: delete
      stateful  bytes: insert
      the same  bytes: reply, nothing changed

    One repeat of a variant: what is noisy is told without an interval, and no winner is named. That
    takes 4 repeats of each, and 9 where many figures are compared.
    Sizes that every repeat has alike are exact: they need no test.

    2 cores (Intel(R) Xeon(R) CPU @ 2.60GHz) · 8.3 GB · linux-x64
    Node 24.21.0 · Chrome 150.0.7871.24 · LiveView 1.2.10 · bench 0.1.0

    stream is best in 1 and stateful in 1 of 6 figures; 1 is the same and 3 could not be tested
    "
  `);
});

test("five modes on 100 columns", () => {
  expect(`\n${renderCompareText(sampleReport(5, 9), undefined, 100)}`).toMatchInlineSnapshot(`
    "
    quickstart · stream, stateful, keyed, resend and append · 9 runs of each
    200 simulated users and 2 Chromes in each mode · 60 messages in the room · pages of 10
    Measured on the room page of the reference server

                                   stream   stateful      keyed     resend     append
    ─────────────────────────────────────────────────────────────────────────────────
    Bytes that one viewer receives: mean
      insert                          538        489        489      7,750        301
      delete                          105      3,532        121      5,116        110
      reply, nothing changed          102        102        102        102        102

    Latency from when it was due
      insert to the frame, p50    11.0 ms    11.0 ms    12.5 ms    15.0 ms    11.0 ms
      insert to the frame, p99    44.0 ms    44.0 ms    50.0 ms    60.0 ms    44.1 ms

    Memory of the server
      one more connection         20.1 KB    25.2 KB    26.0 KB    21.0 KB    23.7 KB

    Better, and by how much than the next best
      Bytes that one viewer receives: mean
        insert                    append by 38 %
        delete                    stream by 4.5 %
        reply, nothing changed    the same
      Latency from when it was due
        insert to the frame, p50  stream, stateful or append
        insert to the frame, p99  stream by 0.1 % (0.1 %)
      Memory of the server
        one more connection       stream by 4.3 % (4.3 %)

    What each is better in
      stream    bytes: delete
                latency: insert to the frame, p99
                memory: one more connection
      append    bytes: insert
      shared    latency: insert to the frame, p50
      the same  bytes: reply, nothing changed

    Sizes that every repeat has alike are exact: they need no test.
    Others are medians of the repeats; in brackets the 95 % interval of the ratio (Hodges and Lehmann).
    A winner has p below 0.05 by Mann and Whitney's test, with Holm's correction for 30 comparisons.

    2 cores (Intel(R) Xeon(R) CPU @ 2.60GHz) · 8.3 GB · linux-x64
    Node 24.21.0 · Chrome 150.0.7871.24 · LiveView 1.2.10 · bench 0.1.0

    stream is best in 3 and append in 1 of 6 figures; 1 is shared by a few and 1 is the same
    "
  `);
});

test("five modes on a narrow terminal", () => {
  expect(`\n${renderCompareText(sampleReport(5, 9), undefined, 60)}`).toMatchInlineSnapshot(`
    "
    quickstart · stream, stateful, keyed, resend and append · 9
    runs of each
    200 simulated users and 2 Chromes in each mode · 60 messages
    in the room · pages of 10
    Measured on the room page of the reference server

                                   stream   stateful      keyed
    ───────────────────────────────────────────────────────────
    Bytes that one viewer receives: mean
      insert                          538        489        489
      delete                          105      3,532        121
      reply, nothing changed          102        102        102

    Latency from when it was due
      insert to the frame, p50    11.0 ms    11.0 ms    12.5 ms
      insert to the frame, p99    44.0 ms    44.0 ms    50.0 ms

    Memory of the server
      one more connection         20.1 KB    25.2 KB    26.0 KB

                                   resend     append
    ────────────────────────────────────────────────
    Bytes that one viewer receives: mean
      insert                        7,750        301
      delete                        5,116        110
      reply, nothing changed          102        102

    Latency from when it was due
      insert to the frame, p50    15.0 ms    11.0 ms
      insert to the frame, p99    60.0 ms    44.1 ms

    Memory of the server
      one more connection         21.0 KB    23.7 KB

    Better, and by how much than the next best
      Bytes that one viewer receives: mean
        insert                    append by 38 %
        delete                    stream by 4.5 %
        reply, nothing changed    the same
      Latency from when it was due
        insert to the frame, p50  stream, stateful or append
        insert to the frame, p99  stream by 0.1 % (0.1 %)
      Memory of the server
        one more connection       stream by 4.3 % (4.3 %)

    What each is better in
      stream    bytes: delete
                latency: insert to the frame, p99
                memory: one more connection
      append    bytes: insert
      shared    latency: insert to the frame, p50
      the same  bytes: reply, nothing changed

    Sizes that every repeat has alike are exact: they need no
    test.
    Others are medians of the repeats; in brackets the 95 %
    interval of the ratio (Hodges and Lehmann). A winner has p
    below 0.05 by Mann and Whitney's test, with Holm's
    correction for 30 comparisons.

    2 cores (Intel(R) Xeon(R) CPU @ 2.60GHz) · 8.3 GB ·
    linux-x64
    Node 24.21.0 · Chrome 150.0.7871.24 · LiveView 1.2.10 ·
    bench 0.1.0

    stream is best in 3 and append in 1 of 6 figures; 1 is
    shared by a few and 1 is the same
    "
  `);
});

test("what an interval shows, and the correction for all figures does not, is not sure", () => {
  const report = sampleReport(2, 9);
  const figures = report.figures.map((figure) =>
    figure.reading === "p50"
      ? { ...figure, contrasts: figure.contrasts.map((one) => ({ ...one, low: 1.02, high: 1.31 })) }
      : figure,
  );
  const lines = renderCompareText({ ...report, figures }).split("\n");
  expect(lines.find((line) => line.includes("p50 "))).toBe(
    "  insert to the frame, p50    11.0 ms    11.0 ms   not sure (+2.0 to +31 %)",
  );
  expect(lines.join(" ")).toContain("Not sure: the interval shows a difference,");
});

test("the best of a row and its name are marked, and no line is wider than it may be", () => {
  const lines = renderCompareText(sampleReport(2, 9), ANSI, 100).split("\n");
  expect(lines.find((line) => line.startsWith("  delete"))).toMatchInlineSnapshot(
    `"  delete                          [32m105[39m      3,532   [32mstream by 97.0 %           [39m"`,
  );
  for (const [modes, columns] of [
    [2, 80],
    [5, 100],
    [5, 60],
  ] as const) {
    const widest = renderCompareText(sampleReport(modes, 9), undefined, columns)
      .split("\n")
      .map((line) => line.length);
    expect(Math.max(...widest)).toBeLessThanOrEqual(columns);
  }
});
