import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { duration, PAGE_SIZE, rate, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** Going from room to room, by a link that patches the page. */
export const scenario = defineScenario({
  name: "room-switching",
  question: "What does going to another room cost, and does nobody see the messages of a room that was left?",
  description:
    "Users go from room to room by the links of their pages while messages are written in all of them. Who was in a room " +
    "when a message was sent has to get it, who had left must not.",
  modes: ["stream", "stateful"],
  parameters: {
    users: users(100, 4),
    rate: rate(20, "switches and messages"),
    duration: duration("5s"),
  },
  plan: (given) => ({
    browsers: 0,
    rooms: { messagesEach: 50, members: inFour(given.users) },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [
      {
        kind: "load",
        title: "switching rooms",
        executor: { kind: "constant-arrival-rate", ratePerSec: given.rate, durationMs: given.duration },
        behaviours: { "switch-room": 3, send: 1 },
      },
    ],
    thresholds: NOTHING_WRONG,
  }),
});

/** So many users in four rooms, the first of which has most. */
function inFour(all: number): number[] {
  const each = Math.floor(all / 4);
  return [all - 3 * each, each, each, each];
}
