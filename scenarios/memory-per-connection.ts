import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { PAGE_SIZE, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** What one more reader costs the server, for as long as he is there. */
export const scenario = defineScenario({
  name: "memory-per-connection",
  question: "What does one more connection cost the server in memory, idle and in use?",
  description:
    "Users join in ten parts, and after each from the third on the server's memory is read, once it has collected garbage: the " +
    "slope is what one connection costs when it is idle. Then messages are written and everybody scrolls back, and users leave in " +
    "parts: that slope is what a connection in use costs. Rooms are of one size, so that no figure depends on how many there are.",
  modes: ["stream", "stateful"],
  parameters: {
    users: users(200, 10),
    "room-size": {
      kind: "number",
      unit: "users",
      default: 20,
      least: 1,
      most: 1000,
      description: "Users in each room",
    },
    history: {
      kind: "number",
      unit: "messages",
      default: 30,
      least: 10,
      most: 10_000,
      description: "Messages that everybody has loaded when connections in use are looked at",
    },
  },
  plan: (given) => {
    const size = given["room-size"];
    const rooms = Math.ceil(given.users / size);
    const pages = Math.max(0, Math.ceil((given.history - PAGE_SIZE) / PAGE_SIZE));
    return {
      browsers: 0,
      rooms: { messagesEach: given.history + PAGE_SIZE, members: inRoomsOf(size, given.users) },
      site: referenceSite,
      pageSize: PAGE_SIZE,
      ordered: false,
      steps: [
        { kind: "insert", ratePerSec: 5 * rooms, durationMs: 1000 },
        ...(pages === 0 ? [] : [{ kind: "scrollback" as const, pages }]),
        { kind: "leave", parts: 8 },
      ],
      thresholds: NOTHING_WRONG,
    };
  },
});

/** So many users in rooms of one size; who is left over is in a last one. */
function inRoomsOf(size: number, users: number): number[] {
  const rooms = Array.from({ length: Math.ceil(users / size) }, (_, room) => users - room * size);
  return rooms.map((left) => Math.min(size, left));
}
