import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { browsers, duration, PAGE_SIZE, rate, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** What looks like something else than text. */
export const scenario = defineScenario({
  name: "unusual-texts",
  question: "Is what people write shown as they wrote it?",
  description:
    "Messages hold markup, scripts, character references, quotes, emoji, text from right to left, and 8,000 characters at once. " +
    "They are written, and then changed into each other.",
  modes: ["stream", "stateful"],
  parameters: { users: users(10), rate: rate(20), duration: duration("1s"), browsers: browsers(1) },
  plan: ({ users: all, rate: ratePerSec, duration: durationMs, browsers: chromes }) => ({
    browsers: chromes,
    rooms: { messagesEach: PAGE_SIZE, members: [all] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    unusualTexts: true,
    steps: [
      { kind: "insert", ratePerSec, durationMs },
      { kind: "update", ratePerSec, durationMs },
    ],
    thresholds: NOTHING_WRONG,
  }),
});
