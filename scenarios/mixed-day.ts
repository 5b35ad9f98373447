import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { browsers, duration, PAGE_SIZE, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** A day of a chat in short: people come, read, write, go. */
export const scenario = defineScenario({
  name: "mixed-day",
  question: "With everything that people do at once, does everybody still see the right list, and how fast?",
  description:
    "A third of the users are there all the time and act now and then; the others come as sessions, a few at first, many at " +
    "noon, and few again, do some things, think between them, and leave. What they do is mostly reading, as in a chat.",
  modes: ["stream", "stateful"],
  parameters: {
    users: users(150, 6),
    duration: duration("15s", "How long the day lasts"),
    peak: {
      kind: "number",
      unit: "a second",
      default: 10,
      least: 0.1,
      most: 1000,
      fractions: true,
      description: "How many people come each second at noon",
    },
    browsers: browsers(0),
  },
  plan: ({ users: all, duration: day, peak, browsers: chromes }) => {
    const regulars = Math.floor(all / 3);
    const inSecond = Math.floor(regulars / 3);
    const share = (part: number) => Math.max(1, Math.ceil(day * part));
    return {
      browsers: chromes,
      rooms: { messagesEach: 200, members: [regulars - inSecond, inSecond], visitors: all - regulars },
      site: referenceSite,
      pageSize: PAGE_SIZE,
      ordered: false,
      chromeDrafts: true,
      steps: [
        {
          kind: "load",
          title: "the morning",
          executor: { kind: "constant-users", users: regulars, durationMs: share(0.2) },
          behaviours: { read: 10, send: 3, type: 3 },
          thinkTime: { leastMs: 200, mostMs: 2000 },
        },
        {
          kind: "load",
          title: "noon",
          executor: {
            kind: "sessions",
            arrivals: {
              kind: "ramping-arrival-rate",
              startRatePerSec: 0,
              stages: [
                { durationMs: share(0.3), ratePerSec: peak },
                { durationMs: share(0.3), ratePerSec: 0 },
              ],
            },
            actions: { least: 2, most: 8 },
          },
          behaviours: {
            read: 20,
            type: 5,
            send: 8,
            edit: 3,
            delete: 2,
            "scroll-back": 4,
            "switch-room": 3,
            "leave-and-return": 1,
          },
          thinkTime: { leastMs: 50, mostMs: 1000 },
        },
        {
          kind: "load",
          title: "the evening",
          executor: { kind: "constant-arrival-rate", ratePerSec: peak, durationMs: share(0.2) },
          behaviours: { read: 5, send: 3, edit: 1, delete: 1, "scroll-back": 1 },
        },
      ],
      thresholds: NOTHING_WRONG,
    };
  },
});
