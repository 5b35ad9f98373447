import { defineScenario } from "../harness/core/scenario.ts";
import { referenceSite } from "./reference-site.ts";

/** The first thing to run: every operation of a chat, streams beside assigns, everybody checked, under a minute. */
export const scenario = defineScenario({
  name: "quickstart",
  description: "Insert, edit, delete and scrollback: streams beside a list in assigns, in under a minute",
  modes: ["stream", "stateful"],
  users: 200,
  browsers: 2,
  seed: 1,
  rooms: { messagesEach: 200, joinedId: 1, otherId: 2, usersInOther: 10 },
  site: referenceSite,
  pageSize: 10,
  ordered: true,
  steps: [
    { kind: "insert", ratePerSec: 10, durationMs: 4000 },
    { kind: "update", ratePerSec: 10, durationMs: 1500 },
    { kind: "delete", ratePerSec: 10, durationMs: 1500 },
    { kind: "scrollback", pages: 2 },
    { kind: "insert", ratePerSec: 10, durationMs: 1500 },
    { kind: "delete", ratePerSec: 10, durationMs: 500 },
  ],
  thresholds: {
    "dom.mismatches": ["value==0"],
    "delivery.lost": ["value==0"],
    "delivery.duplicated": ["value==0"],
    "actions.failed": ["value==0"],
    "users.lost": ["value==0"],
  },
});
