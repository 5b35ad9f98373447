import { defineScenario, planScenario, type Scenario } from "../../../harness/core/scenario.ts";

/** The definition of a scenario that is valid, for tests to change a thing or two. */
export const smallDefinition = defineScenario({
  name: "small",
  question: "What do ten users cost, three of them elsewhere?",
  description: "Messages are written, and everybody scrolls back.",
  modes: ["stream", "stateful"],
  parameters: {
    users: {
      kind: "number",
      unit: "users",
      default: 10,
      least: 1,
      most: 1000,
      description: "Simulated users",
    },
    browsers: {
      kind: "number",
      unit: "Chromes",
      default: 1,
      least: 0,
      most: 64,
      description: "Chrome pages",
    },
    rate: {
      kind: "number",
      unit: "a second",
      default: 10,
      least: 0.1,
      most: 1000,
      fractions: true,
      description: "How many messages are due each second",
    },
    duration: {
      kind: "duration",
      default: "300ms",
      least: "1ms",
      most: "1h",
      description: "How long they are written",
    },
  },
  plan: ({ users, browsers, rate, duration }) => {
    const elsewhere = Math.floor(users * 0.3);
    return {
      browsers,
      rooms: { messagesEach: 40, members: [users - elsewhere, elsewhere] },
      site: {
        name: "a page",
        roomPath: "/{mode}/rooms/{room}",
        logIn: { steps: [{ path: "/log_in", form: "#log-in", fields: { name: "{name}" } }] },
        accounts: { name: "user-{number:4}" },
        list: { container: "#messages", fields: { sender: ".sender", time: "time", content: ".content" } },
        send: { form: "#send", field: "text" },
        edit: { button: ".edit", form: "#edit", field: "text" },
        delete: { button: ".delete" },
      },
      pageSize: 3,
      ordered: false,
      steps: [
        { kind: "insert", ratePerSec: rate, durationMs: duration },
        { kind: "scrollback", pages: 2 },
      ],
      thresholds: { "dom.mismatches": ["value==0"] },
    };
  },
});

/** The same, with its defaults filled in. */
export const smallScenario: Scenario = planScenario(smallDefinition, {});
