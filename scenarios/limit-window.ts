import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { duration, PAGE_SIZE, rate, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** A page that forgets its oldest messages as new ones come. */
export const scenario = defineScenario({
  name: "limit-window",
  question: "What does a stream's limit cost and save: bytes, latency, items on the page?",
  description:
    "Messages are written until pages have more than their limit; from then on each pushes the oldest one out. Compare " +
    "with another --limit, or with insert-fanout, which has none.",
  modes: ["stream"],
  parameters: {
    users: users(50),
    limit: {
      kind: "number",
      unit: "messages",
      default: 30,
      least: 30,
      most: 1000,
      description: "The most messages that a page keeps",
    },
    rate: rate(20),
    duration: duration("3s"),
  },
  plan: ({ users: all, limit, rate: ratePerSec, duration: durationMs }) => ({
    browsers: 0,
    rooms: { messagesEach: 50, members: [all] },
    site: { ...referenceSite, roomPath: `${referenceSite.roomPath}&limit=${limit}` },
    pageSize: PAGE_SIZE,
    ordered: false,
    limit,
    steps: [{ kind: "insert", ratePerSec, durationMs }],
    thresholds: NOTHING_WRONG,
  }),
});
