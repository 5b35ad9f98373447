import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { browsers, duration, PAGE_SIZE, rate, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** One message, many readers: the load that a chat is made of. */
export const scenario = defineScenario({
  name: "insert-fanout",
  question: "How long until a message is on everybody's page, when many are in one room?",
  description:
    "Messages are written at a constant rate in one room, whatever becomes of those before; each has to reach each " +
    "reader once. Raise --users or --rate until the run is void or a threshold breaks.",
  modes: ["stream", "stateful"],
  parameters: { users: users(500), rate: rate(10), duration: duration("10s"), browsers: browsers(0) },
  plan: (given) => ({
    browsers: given.browsers,
    rooms: { messagesEach: 50, members: [given.users] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    chromeDrafts: true,
    steps: [{ kind: "insert", ratePerSec: given.rate, durationMs: given.duration }],
    thresholds: NOTHING_WRONG,
  }),
});
