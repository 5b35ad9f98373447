import { defineScenario } from "../../../harness/core/scenario.ts";

/** A scenario that is valid, for tests to change a thing or two. */
export const smallScenario = defineScenario({
  name: "small",
  description: "Ten users, three of them elsewhere.",
  modes: ["stream", "stateful"],
  users: 10,
  browsers: 1,
  seed: 1,
  rooms: { messagesEach: 40, joinedId: 1, otherId: 2, usersInOther: 3 },
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
    { kind: "insert", ratePerSec: 10, durationMs: 300 },
    { kind: "scrollback", pages: 2 },
  ],
  thresholds: { "dom.mismatches": ["value==0"] },
});
