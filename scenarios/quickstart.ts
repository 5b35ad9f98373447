import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { referenceSite } from "./reference-site.ts";

/** The first thing to run: every operation of a chat, streams beside assigns, everybody checked, under a minute. */
export const scenario = defineScenario({
  name: "quickstart",
  question:
    "What does each operation of a chat cost, in a stream and in assigns, and does everybody see the right list?",
  description:
    "Users insert, edit and delete messages and scroll back, one operation after the other; after each of them " +
    "every user and every Chrome is checked against the database.",
  modes: ["stream", "stateful"],
  parameters: {
    users: {
      kind: "number",
      unit: "users",
      default: 200,
      least: 1,
      most: 10_000,
      description: "Simulated users in each mode",
    },
    browsers: {
      kind: "number",
      unit: "Chromes",
      default: 2,
      least: 0,
      most: 64,
      description: "Chrome pages in each mode",
    },
    rate: {
      kind: "number",
      unit: "actions per second",
      default: 10,
      least: 0.1,
      most: 1000,
      fractions: true,
      description: "How many actions are due each second",
    },
    duration: {
      kind: "duration",
      default: "4s",
      least: "10ms",
      most: "10m",
      description: "How long messages are written at first; the later steps take less in proportion",
    },
  },
  plan: ({ users, browsers, rate, duration }) => {
    const elsewhere = Math.floor(users / 20);
    const lasting = (share: number) => ({ ratePerSec: rate, durationMs: Math.ceil(duration * share) });
    return {
      browsers,
      rooms: { messagesEach: 200, members: [users - elsewhere, elsewhere] },
      site: referenceSite,
      pageSize: 10,
      ordered: true,
      steps: [
        { kind: "insert", ...lasting(1) },
        { kind: "update", ...lasting(3 / 8) },
        { kind: "delete", ...lasting(3 / 8) },
        { kind: "scrollback", pages: 2 },
        { kind: "insert", ...lasting(3 / 8) },
        { kind: "delete", ...lasting(1 / 8) },
      ],
      thresholds: NOTHING_WRONG,
    };
  },
});
