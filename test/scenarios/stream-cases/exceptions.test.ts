import { expect, test } from "vitest";
import { needsOf } from "../../../harness/core/case-offers.ts";
import { caseId, type StreamCase } from "../../../harness/core/stream-case.ts";
import { Socket } from "../../../reference-server/live/socket.ts";
import type { CaseAssigns } from "../../../reference-server/web/stream-cases/case-list.ts";
import { caseOperations, caseStart } from "../../../reference-server/web/stream-cases/case-operation.ts";
import { CASE_LISTS, type CaseMode } from "../../../reference-server/web/stream-cases/lists.ts";
import { performOperation } from "../../../reference-server/web/stream-cases/perform-operation.ts";
import { PAGE_OFFERS } from "../../../reference-server/web/stream-cases/stream-cases-view.ts";
import { STREAM_CASES } from "../../../scenarios/stream-cases/catalogue.ts";
import { EXCEPTIONS } from "../../../scenarios/stream-cases/exceptions.ts";

const excepted = EXCEPTIONS.flatMap(({ cases, modes }) =>
  STREAM_CASES.filter((streamCase) => cases.includes(caseId(streamCase))).flatMap((streamCase) =>
    modes.map((mode) => [caseId(streamCase), mode, streamCase] as const),
  ),
);

/** Does a case without a page. */
function doCase(mode: CaseMode, { start, steps }: StreamCase): void {
  const socket = new Socket<CaseAssigns>({ connected: true, subscribe: () => {}, unsubscribe: () => {} });
  const list = CASE_LISTS[mode];
  const { items, limit } = caseStart.parse(start);
  socket.assign({ name: "items" });
  list.mount(socket, items, limit);
  for (const { perform } of steps) {
    for (const operation of caseOperations.parse(perform)) performOperation(list, socket, operation);
  }
}

test.each(excepted)("case %s is refused in %s", (_id, mode, streamCase) => {
  expect(() => doCase(mode, streamCase)).toThrow(
    /^a (?:container that appends cannot|list in assigns has no)/u,
  );
});

test("a page offers in a mode what its cases need, and never all that an exception needs", () => {
  const modes = Object.keys(CASE_LISTS) as CaseMode[];
  const doable = modes.flatMap((mode) => {
    const offers = [...CASE_LISTS[mode].offers, ...PAGE_OFFERS.split(" ")];
    const cases = STREAM_CASES.filter((one) => needsOf(one).every((need) => offers.includes(need)));
    return cases.map((one) => `${caseId(one)} in ${mode}`);
  });
  const left = excepted.map(([id, mode]) => `${id} in ${mode}`);
  const all = modes.flatMap((mode) => STREAM_CASES.map((one) => `${caseId(one)} in ${mode}`));
  expect(doable).toEqual(all.filter((one) => !left.includes(one)));
});
