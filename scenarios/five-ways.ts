import { MODES } from "../harness/core/modes.ts";
import { defineScenario } from "../harness/core/scenario.ts";
import { referenceSite } from "./reference-site.ts";

/** One action, so that all who look on get one frame of the same size. */
const ONCE = { ratePerSec: 1, durationMs: 1000 } as const;

/**
 * One list, rendered in five ways, and in a stream of live components: what each operation costs in each, told apart by
 * where in the list it happens. Texts are of one length and ids of one width, so that figures of two rows can be compared too.
 */
export const scenario = defineScenario({
  name: "five-ways",
  description: "Five ways to render a list: what each operation costs, and what each of them cannot do",
  modes: [...MODES],
  users: 40,
  browsers: 1,
  seed: 1,
  rooms: { messagesEach: 60, joinedId: 1, otherId: 2, usersInOther: 0 },
  site: referenceSite,
  pageSize: 10,
  ordered: true,
  words: { least: 6, most: 6 },
  steps: [
    { kind: "insert", ...ONCE, case: { name: "first", title: "insert, the first" } },
    { kind: "insert", ...ONCE, case: { name: "next", title: "insert, after another" } },
    // So that five messages stand behind the one in the middle.
    { kind: "insert", ratePerSec: 10, durationMs: 1000 },
    { kind: "update", ...ONCE, target: "newest", case: { name: "newest", title: "edit the newest" } },
    { kind: "update", ...ONCE, target: "same", case: { name: "again", title: "edit it again" } },
    { kind: "update", ...ONCE, target: "middle", case: { name: "middle", title: "edit one in the middle" } },
    { kind: "delete", ...ONCE, target: "newest", case: { name: "newest", title: "delete the newest" } },
    { kind: "delete", ...ONCE, target: "middle", case: { name: "middle", title: "delete one, 5 follow" } },
    { kind: "scrollback", pages: 1, case: { name: "page", title: "a page of history, 10" } },
    { kind: "insert", ...ONCE, case: { name: "after_history", title: "insert, after history" } },
  ],
  thresholds: {
    "dom.mismatches": ["value==0"],
    "delivery.lost": ["value==0"],
    "delivery.duplicated": ["value==0"],
    "actions.failed": ["value==0"],
    "users.lost": ["value==0"],
  },
});
