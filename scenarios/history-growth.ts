import { defineScenario, type Scenario } from "../harness/core/scenario.ts";
import { NOTHING_WRONG } from "./nothing-wrong.ts";
import { histories, PAGE_SIZE, PAGES_PER_SEC, rate, users } from "./parameters.ts";
import { referenceSite } from "./reference-site.ts";

/** The longer the list on the page, the dearer its modes? */
export const scenario = defineScenario({
  name: "history-growth",
  question: "As the list on the page grows, which mode gets dearer: in bytes, in time, in memory?",
  description:
    `Everybody scrolls back, together ${PAGES_PER_SEC} pages a second, until so many messages are on the page; then messages are ` +
    "written and edited under load. Last, users leave in parts, so that the memory of a connection with the longest list is measured.",
  modes: ["stream", "stateful", "keyed"],
  parameters: { users: users(20, 8), history: histories([10, 100, 300]), rate: rate(10) },
  plan: ({ users: all, history, rate: ratePerSec }) => ({
    browsers: 0,
    rooms: { messagesEach: Math.max(...history) + PAGE_SIZE, members: [all] },
    site: referenceSite,
    pageSize: PAGE_SIZE,
    ordered: false,
    steps: [
      ...history.flatMap((messages, at) => loadAt(messages, history[at - 1], ratePerSec)),
      { kind: "leave", parts: 8 },
    ],
    thresholds: NOTHING_WRONG,
  }),
});

function loadAt(messages: number, before: number | undefined, ratePerSec: number): Scenario["steps"] {
  const pages = Math.ceil((messages - (before ?? PAGE_SIZE)) / PAGE_SIZE);
  const at = (title: string) => ({
    case: { name: `at_${messages}`, title: `${title}, ${messages} shown`, shown: messages },
  });
  return [
    ...(pages > 0 ? [{ kind: "scrollback" as const, pages, ratePerSec: PAGES_PER_SEC }] : []),
    { kind: "insert", ratePerSec, durationMs: 2000, ...at("insert") },
    { kind: "update", ratePerSec, durationMs: 1000, ...at("edit") },
  ];
}
