import { describe, expect, test } from "vitest";
import type { ExactMetric } from "../../../harness/core/metric.ts";
import { judgeExact } from "../../../harness/gate/exact-verdict.ts";
import { makeBaseline, whyNoBaseline } from "../../../harness/gate/make-baseline.ts";
import { anatomyOf, fixedRun, sizes, timedRun } from "./runs.ts";

const INSERT = "payload.insert.bytes";
const insert = (...all: readonly number[]) => sizes(INSERT, "stream", all);

function outcomes(before: readonly ExactMetric[], after: readonly ExactMetric[]) {
  return judgeExact(makeBaseline([fixedRun(before)]), [fixedRun(after)]).map(({ outcome }) => outcome);
}

describe("where the scenario promises the same bytes", () => {
  test.each([
    ["the same sizes as often", [539, 539, 541], [541, 539, 539], "unchanged"],
    ["one byte more", [539], [540], "regressed"],
    ["one byte less", [539], [538], "improved"],
    ["one frame larger, others smaller", [500, 539, 539], [400, 539, 540], "regressed"],
    ["one frame larger in the middle, and less in all", [100, 200, 300], [50, 210, 300], "regressed"],
    ["some smaller, none larger", [500, 539, 539], [499, 539, 539], "improved"],
    ["one frame more, however small", [539], [1, 539], "regressed"],
    ["one frame less", [539, 539], [539], "improved"],
    ["one frame less, and another larger", [539, 539], [540], "regressed"],
  ] as const)("%s: %j to %j is %s", (_, before, after, outcome) => {
    expect(outcomes([insert(...before)], [insert(...after)])).toEqual([outcome]);
  });

  test("what is new is said, and what is missing is no pass", () => {
    const other = sizes("payload.delete.bytes", "stream", [104]);
    expect(outcomes([insert(539)], [insert(539), other])).toEqual(["unchanged", "new"]);
    expect(outcomes([insert(539), other], [insert(539)])).toEqual(["unchanged", "missing"]);
  });

  test("the same name in another mode is another metric", () => {
    expect(outcomes([insert(539)], [sizes(INSERT, "stateful", [539])])).toEqual(["missing", "new"]);
  });

  test("of runs that disagree with each other the one that takes most is judged", () => {
    const before = makeBaseline([fixedRun([insert(539)])]);
    const runs = (...all: readonly number[]) => all.map((size) => fixedRun([insert(size)]));
    expect(judgeExact(before, runs(539, 541, 530))[0]).toMatchObject({
      outcome: "regressed",
      after: { sum: 541 },
    });
    expect(judgeExact(before, runs(539, 530))[0]).toMatchObject({
      outcome: "undecided",
      why: "it differs between the runs",
    });
  });

  test("runs that disagree with each other are no baseline", () => {
    const mixed = makeBaseline([fixedRun([insert(539)]), fixedRun([insert(541)])]);
    expect(whyNoBaseline(mixed)).toBe(
      "the runs are not of one build: payload.insert.bytes in stream differ, and the scenario gives the same bytes each time",
    );
    expect(whyNoBaseline(makeBaseline([fixedRun([insert(539)])]))).toBeNull();
  });

  test("deflated sizes are not compared with those of another zlib; others are", () => {
    const deflated = sizes("payload.insert.deflated.bytes", "stream", [326]);
    const before = makeBaseline([fixedRun([insert(539), deflated])]);
    const run = fixedRun([insert(539), deflated]);
    const elsewhere = { ...run, environment: { ...run.environment, platform: "linux-arm64" } };
    expect(judgeExact(before, [elsewhere]).map(({ outcome, why }) => [outcome, why])).toEqual([
      ["unchanged", ""],
      ["undecided", "deflated by Node 24.21.0 on linux-x64 and by 24.21.0 on linux-arm64"],
    ]);
  });
});

describe("where bytes depend on time", () => {
  const reply = (...all: readonly number[]) => sizes("payload.reply.bytes", "stream", all);
  const deflated = (...all: readonly number[]) => sizes("payload.reply.deflated.bytes", "stream", all);
  const run = (...metrics: readonly ExactMetric[]) => timedRun(metrics);

  test("one or two runs show of no metric that it repeats", () => {
    const before = makeBaseline([run(reply(111)), run(reply(111))]);
    expect(judgeExact(before, [run(reply(111))])).toMatchObject([
      {
        outcome: "undecided",
        why: "that it repeats is not promised by the scenario, nor shown by 3 runs that agree",
      },
    ]);
  });

  test("what three runs have alike is gated as it is", () => {
    const same = run(reply(111, 112));
    const before = makeBaseline([same, same, same]);
    expect(judgeExact(before, [run(reply(111, 112))])[0]?.outcome).toBe("unchanged");
    expect(judgeExact(before, [run(reply(111, 113))])[0]?.outcome).toBe("regressed");
  });

  test("where only the number of frames differs, their one size is gated, and not their number", () => {
    const before = makeBaseline([run(reply(111)), run(reply(111, 111)), run(reply(111, 111, 111))]);
    const judged = (...all: readonly number[]) => judgeExact(before, [run(reply(...all))])[0];
    expect(judged(111, 111, 111, 111, 111)).toMatchObject({ outcome: "unchanged", isTimed: true });
    expect(judged(111, 112)).toMatchObject({ outcome: "regressed", after: { min: 111, max: 112 } });
    expect(judged(110, 110)).toMatchObject({ outcome: "improved" });
  });

  test("runs that disagree with each other decide nothing", () => {
    const same = run(reply(111));
    const [verdict] = judgeExact(makeBaseline([same, same, same]), [same, run(reply(112))]);
    expect(verdict).toMatchObject({ outcome: "undecided", why: "it differs between the runs" });
  });

  test("what differs between the baseline's runs is not gated", () => {
    const before = makeBaseline([run(reply(111)), run(reply(112)), run(reply(111))]);
    expect(judgeExact(before, [run(reply(900))])[0]?.outcome).toBe("undecided");
  });

  test("deflated sizes are not gated, even if they agree", () => {
    const same = run(deflated(90));
    expect(judgeExact(makeBaseline([same, same, same]), [same])[0]?.outcome).toBe("undecided");
  });
});

test("the slot that grew is named, with where its template is now, and by how much in each frame", () => {
  const anatomy = (statics: number, source: string, hook: number) =>
    anatomyOf(2, [
      { part: "envelope", bytes: 80 },
      { part: "statics", slot: "2.4.*", source, bytes: statics },
      ...(hook === 0 ? [] : [{ part: "events" as const, slot: "scroll", bytes: hook }]),
    ]);
  const before = makeBaseline([fixedRun([sizes(INSERT, "stream", [539, 539], anatomy(600, "a.ts:10", 0))])]);
  const after = fixedRun([sizes(INSERT, "stream", [550, 551], anatomy(620, "a.ts:12", 3))]);
  expect(judgeExact(before, [after])[0]?.slots).toEqual([
    { part: "statics", slot: "2.4.*", source: "a.ts:12", before: 600, after: 620, perSample: 10 },
    { part: "events", slot: "scroll", before: 0, after: 3, perSample: null },
  ]);
});
