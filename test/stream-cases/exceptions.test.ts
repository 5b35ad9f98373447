import { expect, test } from "vitest";
import { Socket } from "../../reference-server/live/socket.ts";
import type { CaseAssigns } from "../../reference-server/web/stream-cases/case-list.ts";
import { caseOperations, caseStart } from "../../reference-server/web/stream-cases/case-operation.ts";
import { CASE_LISTS, type CaseMode } from "../../reference-server/web/stream-cases/lists.ts";
import { performOperation } from "../../reference-server/web/stream-cases/perform-operation.ts";
import { EXCEPTIONS } from "./exceptions.ts";
import { STREAM_CASES } from "./index.ts";
import { caseId, type StreamCase } from "./stream-case.ts";

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
