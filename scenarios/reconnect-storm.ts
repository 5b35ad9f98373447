import { defineScenario } from "../harness/core/scenario.ts";
import { RECONNECT_CAUSES } from "../harness/core/step.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { PAGE_SIZE, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** Everybody is cut off at once, and comes back at once. */
export const scenario = defineScenario({
  name: "reconnect-storm",
  question:
    "When all connections are lost at once, how long until everybody is back, and what is lost with them?",
  description:
    "Everybody has begun a message. Then the server is killed and started again, or the connections of nine in ten break " +
    "while the others write, or all views crash. Users come back by themselves, as the official client does: by its backoff, " +
    "and with what they had begun to write.",
  modes: ["stream", "stateful"],
  parameters: {
    cause: {
      kind: "choice",
      default: "server",
      choices: RECONNECT_CAUSES,
      description: "What cuts everybody off",
    },
    users: users(200, 10),
    meanwhile: {
      kind: "number",
      unit: "messages",
      default: 5,
      least: 0,
      most: 1000,
      description: "Messages that are written by those who stay, where any do",
    },
  },
  plan: ({ cause, users: all, meanwhile }) => ({
    browsers: 0,
    rooms: { messagesEach: 50, members: [all] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [
      { kind: "insert", ratePerSec: 10, durationMs: 1000 },
      {
        kind: "reconnect",
        cause,
        drafts: true,
        meanwhile: cause === "network" ? meanwhile : 0,
        case: { name: "again", title: "join, again" },
      },
      { kind: "insert", ratePerSec: 10, durationMs: 1000 },
    ],
    thresholds: { ...NOTHING_WRONG, "reconnect.missed": ["value==0"] },
  }),
});
