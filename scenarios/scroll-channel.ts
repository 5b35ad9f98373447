import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { browsers, duration, PAGE_SIZE, rate, users } from "./parameters.ts";
import { siteWithChannel } from "./reference-site.ts";

/** Pages that are told by a channel of their own what has been rendered. */
export const scenario = defineScenario({
  name: "scroll-channel",
  question: "Does the channel beside a page name a message only once that is on the page?",
  description:
    "Each page joins a channel beside its view, by which the server says to which new message it may scroll. Messages are " +
    "written, and whenever the channel names one, it has to be on the page already.",
  modes: ["stream", "stateful"],
  parameters: { users: users(50), rate: rate(10), duration: duration("5s"), browsers: browsers(1) },
  plan: (given) => ({
    browsers: given.browsers,
    rooms: { messagesEach: 50, members: [given.users] },
    site: siteWithChannel,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [{ kind: "insert", ratePerSec: given.rate, durationMs: given.duration }],
    thresholds: NOTHING_WRONG,
  }),
});
