import { defineScenario } from "../harness/core/scenario.ts";
import { SCROLL_MANNERS } from "../harness/core/step.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { browsers, PAGE_SIZE, PAGES_PER_SEC, rate, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** Reading on, into the past. */
export const scenario = defineScenario({
  name: "scrollback",
  question: "What does a page of history cost, and does every page come once, in order?",
  description:
    "Everybody scrolls back page by page at the same time, as fast as they are allowed to, and the whole list of each is compared " +
    "with the database. Chromes do it by scrolling, and what is first on their screens may not move by more than a pixel as a page " +
    "comes in front.",
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
    rate: {
      ...rate(PAGES_PER_SEC),
      description: "How many pages simulated users ask for each second at most, all together",
    },
    browsers: browsers(1),
    by: {
      kind: "choice",
      choices: SCROLL_MANNERS,
      default: "steps",
      description: "How Chromes come to the top: by turns of the wheel, or at once",
    },
  },
  plan: (given) => ({
    browsers: given.browsers,
    // One page more than is loaded, so that the last one is like the others.
    rooms: { messagesEach: (given.pages + 2) * PAGE_SIZE, members: [given.users] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [{ kind: "scrollback", pages: given.pages, ratePerSec: given.rate, by: given.by }],
    thresholds: NOTHING_WRONG,
  }),
});
