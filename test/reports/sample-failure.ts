import type { RunResult } from "../../harness/core/run-result.ts";
import { passedResult } from "./sample-result.ts";

/** A run in which a fault of the server was seen, and one that a terminal must not obey. */
export const failedResult: RunResult = {
  ...passedResult,
  verdict: "failed",
  exitCode: 98,
  checks: {
    made: 3228,
    failed: 1202,
    kinds: {
      ...passedResult.checks.kinds,
      "user-vs-oracle": {
        made: 2400,
        failed: 1200,
        modes: { stream: { made: 1200, failed: 1200 }, stateful: { made: 1200, failed: 0 } },
      },
      delivery: {
        made: 404,
        failed: 2,
        modes: { stream: { made: 202, failed: 2 }, stateful: { made: 202, failed: 0 } },
      },
    },
    failures: [
      {
        kind: "user-vs-oracle",
        mode: "stream",
        step: "2 delete",
        who: "user 1",
        expected: "messages-58",
        actual: "messages-57",
        item: "messages-57",
        index: 47,
        message:
          "user 1 against the database: messages-57 at index 47 should not be there: " +
          "message 57 is not in the database (deleted, or never stored)",
        around: [
          { index: 45, expected: 'messages-55 · "five" · "ada"', actual: 'messages-55 · "five" · "ada"' },
          { index: 46, expected: 'messages-56 · "six" · "ada"', actual: 'messages-56 · "six" · "ada"' },
          {
            index: 47,
            expected: 'messages-58 · "eight, and more than fits into a column" · "ada"',
            actual: 'messages-57 · "\u001b[31mseven" · "ada"',
          },
          {
            index: 48,
            expected: null,
            actual: 'messages-58 · "eight, and more than fits into a column" · "ada"',
          },
        ],
        noFrame:
          "messages-57 was there before, and none of the 3 frames took it away since the check at 2026-01-02T03:04:25.678Z",
        replay: "quickstart-2026-01-02T03-04-05Z/frames.json",
      },
      {
        kind: "user-vs-oracle",
        mode: "stream",
        step: "2 delete",
        who: "user 2",
        expected: `"${"a long text ".repeat(12)}"`,
        actual: `"\u001b[31m${"x".repeat(120)}\u202e"`,
        item: "messages-57",
        index: 47,
        message: "user 2 against the database: different text in field content of messages-57 at index 47",
        frame: {
          number: 2,
          of: 3,
          receivedAt: "2026-01-02T03:04:26.789Z",
          event: "diff",
          operation: "update",
          text: '…{"0":{"k":{"0":{"0":" id=\\"messages-57\\"","1":"\u001b[31mxxx"}}}}…',
        },
        screenshot: "quickstart-2026-01-02T03-04-05Z/stream-chrome-1.png",
        dom: "quickstart-2026-01-02T03-04-05Z/stream-chrome-1.html",
      },
      {
        kind: "delivery",
        mode: "stream",
        step: "1 insert",
        who: "Chrome 2",
        expected: "once",
        actual: "never",
        message: "Chrome 2: insert 17 arrived never, expected once",
      },
    ],
  },
};
