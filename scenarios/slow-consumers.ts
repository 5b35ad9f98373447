import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { duration, PAGE_SIZE, rate, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** Readers who do not read, and what that does to the others. */
export const scenario = defineScenario({
  name: "slow-consumers",
  question:
    "When some clients stop reading, do the others notice, and do the slow ones get everything in the end?",
  description:
    "A share of the users reads nothing from their sockets while messages are written; then they go on. Who kept reading must " +
    "not have waited, who did not must have lost nothing.",
  modes: ["stream"],
  parameters: {
    users: users(200, 10),
    share: {
      kind: "number",
      unit: "of all users",
      default: 0.1,
      least: 0,
      most: 0.9,
      fractions: true,
      description: "The share of users who do not read",
    },
    rate: rate(20),
    duration: duration("5s"),
  },
  plan: ({ users: all, share, rate: ratePerSec, duration: durationMs }) => ({
    browsers: 0,
    rooms: { messagesEach: 50, members: [all] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [
      {
        kind: "load",
        title: "slow consumers",
        executor: { kind: "constant-arrival-rate", ratePerSec, durationMs },
        behaviours: { send: 1 },
        slowReaders: share,
      },
    ],
    thresholds: NOTHING_WRONG,
  }),
});
