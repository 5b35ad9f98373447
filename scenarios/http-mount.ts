import { defineScenario } from "../harness/core/scenario.ts";
import { duration, PAGE_SIZE } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** The page as it comes over HTTP, before there is a socket. */
export const scenario = defineScenario({
  name: "http-mount",
  question: "How many pages does the server render a second over HTTP, and how long does each take?",
  description:
    "Connections that are logged in ask for the room's page, each again as soon as it has been answered, or at a rate. It is " +
    "what everybody gets first, and gets again after a reload: the dead render.",
  modes: ["stream", "stateful"],
  parameters: {
    connections: {
      kind: "number",
      unit: "connections",
      default: 20,
      least: 1,
      most: 10_000,
      description: "Connections that ask at once",
    },
    duration: duration("5s"),
  },
  plan: ({ connections, duration: durationMs }) => ({
    browsers: 0,
    // Each connection is a user of its own.
    rooms: { messagesEach: 50, members: [1], visitors: connections - 1 },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [{ kind: "mount", connections, durationMs }],
    thresholds: { "http.mount.errors": ["value==0"] },
  }),
});
