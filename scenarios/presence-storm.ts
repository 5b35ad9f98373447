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
    "told, and so they are of who begins a message and sends it: look at the bytes of a change beside the list; how many there " +
    "were is the count of that metric in the result. In the end every page has to show who is there.",
  modes: ["stream"],
  parameters: {
    users: users(100, 4),
    rate: rate(10, "departures, drafts and messages"),
    duration: duration("5s"),
  },
  plan: (given) => ({
    browsers: 0,
    rooms: {
      messagesEach: 50,
      members: [given.users - visitorsOf(given.users)],
      visitors: visitorsOf(given.users),
    },
    site: siteWithMembers,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [
      {
        kind: "load",
        title: "coming and going",
        executor: { kind: "constant-arrival-rate", ratePerSec: given.rate, durationMs: given.duration },
        behaviours: { "leave-and-return": 1, type: 1, send: 1 },
      },
      {
        kind: "load",
        title: "visitors come and go",
        executor: {
          kind: "sessions",
          arrivals: {
            kind: "constant-arrival-rate",
            ratePerSec: given.rate / 4,
            durationMs: given.duration,
          },
          actions: { least: 1, most: 3 },
        },
        behaviours: { type: 1, send: 1 },
      },
    ],
    thresholds: NOTHING_WRONG,
  }),
});

/** A quarter of the users come later, and do not stay. */
function visitorsOf(users: number): number {
  return Math.floor(users / 4);
}
