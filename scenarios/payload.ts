import { MODES } from "../harness/core/modes.ts";
import { defineScenario, type Scenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { histories, PAGE_SIZE } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

type Steps = Scenario["steps"];

/** One action, so that all who look on get one frame of the same size. */
const ONCE = { ratePerSec: 1, durationMs: 1000 } as const;

/** Two at once: what follows is told apart from them. */
const TWICE = { ratePerSec: 1000, durationMs: 2 } as const;

/** Bytes alone, to the last one: what a CI gate needs. */
export const scenario = defineScenario({
  name: "payload",
  question:
    "How many bytes does each operation send in each mode, and how does that follow what is on the page?",
  description:
    "Each operation once, in each mode, with more and more messages on the page. No load, no Chrome, no clock: the same bytes on " +
    "every run, deflated too, so that a single byte more is a finding. The figures are of the one user who takes no part: " +
    "another writes, and rewrites what he wrote.",
  modes: MODES,
  parameters: { history: histories([10, 100, 1000]) },
  plan: ({ history }) => ({
    browsers: 0,
    rooms: { messagesEach: Math.max(...history) + 2 * PAGE_SIZE * history.length, members: [2] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: true,
    fixed: true,
    quietMs: 25,
    words: { least: 6, most: 6 },
    steps: history.flatMap((messages, at) => operationsAt(messages, history[at - 1])),
    thresholds: NOTHING_WRONG,
  }),
});

/** Every operation with so many messages on the page; `before` is how many there were at the last ones. */
function operationsAt(messages: number, before: number | undefined): Steps {
  // The operations load a page themselves, and leave none of their messages.
  const loaded = before === undefined ? PAGE_SIZE : before + PAGE_SIZE;
  const pages = Math.ceil((messages - loaded) / PAGE_SIZE);
  const at = (name: string, title: string) => ({
    case: { name: `${name}_${messages}`, title: `${title}, ${messages} shown`, shown: messages },
  });
  return [
    ...(pages > 0 ? [{ kind: "scrollback" as const, pages }] : []),
    { kind: "insert", ...ONCE, ...at("one", "insert") },
    { kind: "insert", ...TWICE },
    { kind: "update", ...ONCE, target: "newest", ...at("newest", "edit the newest") },
    { kind: "update", ...ONCE, target: "same", ...at("again", "edit it again") },
    { kind: "update", ...ONCE, target: "middle", ...at("middle", "edit one in the middle") },
    { kind: "delete", ...ONCE, target: "middle", ...at("middle", "delete one in the middle") },
    { kind: "delete", ...ONCE, target: "newest", ...at("newest", "delete the newest") },
    { kind: "delete", ...ONCE },
    { kind: "scrollback", pages: 1, ...at("page", "a page of history") },
  ];
}
