import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { duration, PAGE_SIZE, rate, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** After each part everybody is checked, and the memory read. */
const PARTS = 12;

/** The same for a long time: what grows that should not? */
export const scenario = defineScenario({
  name: "soak",
  question: "After hours of the same, is anything lost, slower, or still growing?",
  description:
    "Users write, edit, delete, scroll back, and close and open their pages, in twelve equal parts with a check after each; the " +
    "server's memory is read with each check, and the last line says whether it grows. Ten minutes show a coarse leak, a night " +
    "a fine one.",
  modes: ["stream"],
  parameters: { users: users(100, 2), rate: rate(20, "actions"), duration: duration("10m") },
  plan: ({ users: all, rate: ratePerSec, duration: whole }) => ({
    browsers: 0,
    rooms: { messagesEach: 50, members: [all] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    watchesGrowth: true,
    steps: Array.from({ length: PARTS }, (_, part) => ({
      kind: "load" as const,
      title: `part ${part + 1} of ${PARTS}`,
      executor: {
        kind: "constant-arrival-rate" as const,
        ratePerSec,
        durationMs: Math.max(1, Math.round(whole / PARTS)),
      },
      // As many are deleted as are written, so that nothing has to grow.
      behaviours: { send: 4, delete: 4, edit: 2, type: 2, "leave-and-return": 4 },
    })),
    thresholds: { ...NOTHING_WRONG, "memory.server.leaks": ["value==0"] },
  }),
});
