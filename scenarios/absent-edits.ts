import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { PAGE_SIZE, rate, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** Changing what some pages have not loaded. */
export const scenario = defineScenario({
  name: "absent-edits",
  question: "Does an edit leave those pages alone that do not have the message?",
  description:
    "Messages are written. Then half of the users close their pages and open them again: these have the last ten messages and " +
    "no other. The others change and delete what they wrote, most of which is older.",
  modes: ["stream", "stateful", "keyed"],
  parameters: {
    users: users(20, 4),
    messages: {
      kind: "number",
      unit: "messages",
      default: 50,
      least: 2 * PAGE_SIZE,
      most: 1000,
      description: "How many are written first",
    },
    rate: rate(20),
  },
  plan: ({ users: all, messages, rate: ratePerSec }) => ({
    browsers: 0,
    rooms: { messagesEach: PAGE_SIZE, members: [all] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [
      { kind: "insert", ratePerSec, durationMs: lasting(messages, ratePerSec) },
      {
        kind: "load",
        title: "half of them come anew",
        executor: {
          kind: "constant-arrival-rate",
          ratePerSec: 100,
          durationMs: lasting(Math.floor(all / 2), 100),
        },
        behaviours: { "leave-and-return": 1 },
      },
      { kind: "update", ratePerSec, durationMs: lasting(messages / 2, ratePerSec) },
      { kind: "delete", ratePerSec, durationMs: lasting(messages / 5, ratePerSec) },
    ],
    thresholds: NOTHING_WRONG,
  }),
});

/** How long so many starts take, in milliseconds. */
function lasting(starts: number, ratePerSec: number): number {
  return Math.ceil((starts * 1000) / ratePerSec);
}
