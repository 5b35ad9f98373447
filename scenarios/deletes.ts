import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { browsers, duration, PAGE_SIZE, rate, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** Taking back what was said. */
export const scenario = defineScenario({
  name: "deletes",
  question: "What does a delete cost in each mode, and is the message gone for everybody?",
  description:
    "Authors delete messages of theirs at a constant rate, while everybody looks on. " +
    "Before, messages are written for that; half as many again as there will be deletes.",
  modes: ["stream", "stateful", "keyed"],
  parameters: {
    users: users(100),
    rate: rate(10, "deletes"),
    duration: duration("5s"),
    browsers: browsers(0),
  },
  plan: (given) => ({
    browsers: given.browsers,
    rooms: { messagesEach: 50, members: [given.users] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [
      { kind: "insert", ratePerSec: given.rate, durationMs: Math.ceil(given.duration * 1.5) },
      { kind: "delete", ratePerSec: given.rate, durationMs: given.duration },
    ],
    thresholds: NOTHING_WRONG,
  }),
});
