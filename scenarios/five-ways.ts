import { MODES } from "../harness/core/modes.ts";
import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { referenceSite } from "./reference-site.ts";

/** One action, so that all who look on get one frame of the same size. */
const ONCE = { ratePerSec: 1, durationMs: 1000 } as const;

/**
 * One list, rendered in five ways, and in a stream of live components: what each operation costs in each, told apart by
 * where in the list it happens. Texts are of one length and ids of one width, so that figures of two rows can be compared too.
 */
export const scenario = defineScenario({
  name: "five-ways",
  question: "What does one operation cost in each way to render a list, and what can each of them not do?",
  description:
    "One action at a time, seen by everybody in the room, told apart by where in the list it happens: the figure is what " +
    "most viewers receive. Messages are of one length, so that rows can be compared too.",
  modes: MODES,
  parameters: {
    users: {
      kind: "number",
      unit: "users",
      default: 40,
      least: 1,
      most: 1000,
      description: "Simulated users in each mode",
    },
    browsers: {
      kind: "number",
      unit: "Chromes",
      default: 1,
      least: 0,
      most: 64,
      description: "Chrome pages in each mode",
    },
  },
  plan: ({ users, browsers }) => ({
    browsers,
    rooms: { messagesEach: 60, members: [users] },
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
      {
        kind: "update",
        ...ONCE,
        target: "middle",
        case: { name: "middle", title: "edit one in the middle" },
      },
      { kind: "delete", ...ONCE, target: "newest", case: { name: "newest", title: "delete the newest" } },
      { kind: "delete", ...ONCE, target: "middle", case: { name: "middle", title: "delete one, 5 follow" } },
      { kind: "scrollback", pages: 1, case: { name: "page", title: "a page of history, 10" } },
      { kind: "insert", ...ONCE, case: { name: "after_history", title: "insert, after history" } },
    ],
    thresholds: NOTHING_WRONG,
  }),
});
