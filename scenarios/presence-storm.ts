import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { duration, PAGE_SIZE, rate, users } from "./parameters.ts";
import { siteWithMembers } from "./reference-site.ts";

/** Many come and go, and everybody is told. */
export const scenario = defineScenario({
  name: "presence-storm",
  question: "What does it cost everybody else when one user comes or goes?",
  description:
    "The page shows who is there. Users close their pages and open them again at a constant rate; each time the others are " +
    "told: look at the bytes of a change beside the list, and at how many of them there are.",
  modes: ["stream"],
  parameters: { users: users(100, 2), rate: rate(10, "departures"), duration: duration("5s") },
  plan: (given) => ({
    browsers: 0,
    rooms: { messagesEach: 50, members: [given.users] },
    site: siteWithMembers,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [
      {
        kind: "load",
        title: "coming and going",
        executor: { kind: "constant-arrival-rate", ratePerSec: given.rate, durationMs: given.duration },
        behaviours: { "leave-and-return": 1 },
      },
    ],
    thresholds: NOTHING_WRONG,
  }),
});
