import { defineScenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { browsers, PAGE_SIZE, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** Reading on, into the past. */
export const scenario = defineScenario({
  name: "scrollback",
  question: "What does a page of history cost, and does every page come once, in order?",
  description:
    "Everybody scrolls back page by page at the same time, and the whole list of each is compared with the database. " +
    "Chromes do it by scrolling.",
  modes: ["stream", "stateful"],
  parameters: {
    users: users(50),
    pages: {
      kind: "number",
      unit: "pages",
      default: 20,
      least: 1,
      most: 1000,
      description: "Pages of ten messages that everybody loads",
    },
    browsers: browsers(1),
  },
  plan: (given) => ({
    browsers: given.browsers,
    // One page more than is loaded, so that the last one is like the others.
    rooms: { messagesEach: (given.pages + 2) * PAGE_SIZE, members: [given.users] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [{ kind: "scrollback", pages: given.pages }],
    thresholds: NOTHING_WRONG,
  }),
});
