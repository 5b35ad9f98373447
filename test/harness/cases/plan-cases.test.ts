import { expect, test } from "vitest";
import { assertSomethingToDo, planCases } from "../../../harness/cases/plan-cases.ts";
import { CASE_OFFERS, needsOf } from "../../../harness/core/case-offers.ts";
import { smallCases } from "./small-cases.ts";

const shown = (planned: ReturnType<typeof planCases>) =>
  planned.map(({ id, mode, leftOut }) => `${id} in ${mode}: ${leftOut ?? "to do"}`);

test("each case is done in each mode, unless it is excepted or the page does not offer what it needs", () => {
  const offers = new Map([
    ["append", new Set(CASE_OFFERS)],
    ["stream", new Set(["insert", "delete", "told"] as const)],
  ] as const);
  expect(shown(planCases(smallCases, { ownServer: true, offers }))).toEqual([
    "1 in append: to do",
    "2 in append: nothing can be taken out",
    "2-limit in append: to do",
    "3 in append: to do",
    "1 in stream: to do",
    "2 in stream: the page does not offer index, mounted, transition",
    "2-limit in stream: the page does not offer limit",
    "3 in stream: to do",
  ]);
});

test("only what is asked for is planned", () => {
  const offers = new Map([["stream", new Set(CASE_OFFERS)]] as const);
  expect(shown(planCases(smallCases, { ownServer: true, offers, only: ["2-limit", "1"] }))).toEqual([
    "1 in stream: to do",
    "2-limit in stream: to do",
  ]);
});

test("what a case needs is read from all of it", () => {
  expect(smallCases.cases.map(needsOf)).toEqual([
    ["insert"],
    ["insert", "delete", "index", "mounted", "transition", "told"],
    ["limit"],
  ]);
});

test("where no case is left to do that is said, with each reason", () => {
  const offers = new Map([["append", new Set(CASE_OFFERS)]] as const);
  const planned = planCases(smallCases, { ownServer: false, offers });
  expect(() => assertSomethingToDo(planned)).not.toThrow();
  const left = planned.filter(({ leftOut }) => leftOut !== null);
  expect(() => assertSomethingToDo(left)).toThrow(
    "no case is left to do: 2 reasons:\n  2 not in append: nothing can be taken out\n  3 not in append: ",
  );
});

test("a case of the room page is done on a server of the run's own alone", () => {
  const roomPageAlone = { ...smallCases, cases: [] };
  const offers = new Map([["append", new Set(CASE_OFFERS)]] as const);
  expect(
    [true, false].flatMap((ownServer) => shown(planCases(roomPageAlone, { ownServer, offers }))),
  ).toEqual([
    "3 in append: to do",
    "3 in append: it concerns the room page, and is done on a server that the run starts",
  ]);
});
