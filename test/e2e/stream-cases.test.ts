import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { realClock } from "../../harness/core/real-time.ts";
import { Population } from "../../harness/user/population.ts";
import { everyInterval } from "../../harness/user/wheel.ts";
import { createServer } from "../../reference-server/server.ts";
import { CASE_LISTS, type CaseMode } from "../../reference-server/web/stream-cases/lists.ts";
import { CaseChrome, type ChromeSight } from "../stream-cases/case-chrome.ts";
import { CaseUser } from "../stream-cases/case-user.ts";
import { exceptionFor } from "../stream-cases/exceptions.ts";
import { STREAM_CASES } from "../stream-cases/index.ts";
import {
  type CaseView,
  caseId,
  inMode,
  type Rows,
  type Step,
  type StreamCase,
} from "../stream-cases/stream-case.ts";
import { startTestChrome } from "./test-chrome.ts";

let chrome: Chrome;
let server: Awaited<ReturnType<typeof createServer>>;
let page: ChromePage;
let inChrome: CaseChrome;
/** A simulated user looks at one list: the page's own, or the one of the view within it. */
let populations: Record<CaseView, Population>;
let users: CaseUser[];
let problemsBefore: number;
const log: string[] = [];

beforeAll(async () => {
  chrome = await startTestChrome();
  server = await createServer({
    database: ":memory:",
    seed: 1,
    messagesPerRoom: 1,
    mode: "stream",
    faults: new Set(),
    secret: "a secret of the tests that is long enough",
    instrument: true,
    log: (line) => log.push(line),
    nowMs: Date.now,
  });
  const origin = await server.listen({ port: 0, host: "127.0.0.1" });
  page = await chrome.openPage({ name: "cases" });
  inChrome = new CaseChrome(page, origin);
  const populationOf = (list: CaseView) =>
    new Population({
      baseUrl: origin,
      list: `#${list}`,
      fields: { text: ".text" },
      clock: realClock,
      every: everyInterval,
    });
  populations = { items: populationOf("items"), "nested-items": populationOf("nested-items") };
});
afterAll(async () => {
  await chrome.close();
  for (const population of Object.values(populations)) population.close();
  await server.close();
});

beforeEach(() => {
  problemsBefore = page.problemCount();
  log.length = 0;
  users = [];
});
afterEach(async () => {
  for (const user of users) await user.close();
  expect([...page.problems().slice(problemsBefore), ...log]).toEqual([]);
});

describe.each(Object.keys(CASE_LISTS) as CaseMode[])("in %s, in Chrome and for simulated users,", (mode) => {
  const cases = STREAM_CASES.filter((streamCase) => exceptionFor(caseId(streamCase), mode) === undefined);

  test.each(cases.map((streamCase) => [caseId(streamCase), streamCase.name, streamCase] as const))(
    "%s: %s",
    async (_id, _name, streamCase) => {
      const views: CaseView[] = streamCase.nested === undefined ? ["items"] : ["items", "nested-items"];
      users = views.map((view) => new CaseUser(populations[view], view));

      const byChrome = async () => {
        expectSight(await inChrome.open(mode, streamCase), streamCase, mode);
        expect(await inChrome.document()).toEqual(streamCase.document ?? inMode(streamCase.list, mode));
        for (const step of streamCase.steps) expectSight(await inChrome.perform(step), step, mode);
      };
      const byUser = async (user: CaseUser) => {
        expectItems(await user.open(mode, streamCase), user, streamCase, mode);
        for (const step of streamCase.steps) {
          expectItems(await user.perform(step), user, step, mode);
          if (step.diff !== undefined) expect(user.diff).toEqual(step.diff);
        }
      };
      await Promise.all([byChrome(), ...users.map(byUser)]);
    },
  );
});

type Expected = StreamCase | Step;

function expectSight(sight: ChromeSight, { list, nested, facts = {} }: Expected, mode: CaseMode): void {
  expect({ items: sight.items, nested: sight.nested }).toEqual({
    items: inMode(list, mode),
    nested: nested ?? null,
  });
  const { told, order, kept, changes, own, textNodes } = facts;
  if (told !== undefined) expect(sight.told.toSorted()).toEqual(inMode(told, mode));
  if (order !== undefined) expect(sight.told.filter((what) => !what.startsWith("updated"))).toEqual(order);
  if (kept !== undefined) expect(sight.kept).toEqual(inMode(kept, mode));
  if (changes !== undefined) expect(sight.changes).toBe(inMode(changes, mode));
  if (own !== undefined) expect(sight.own).toEqual(own);
  if (textNodes !== undefined) expect(sight.textNodes).toBe(inMode(textNodes, mode));
}

/** Of a list a simulated user sees the items, and nothing else that stands in it. */
function expectItems(items: Rows, { view }: CaseUser, { list, nested = [] }: Expected, mode: CaseMode): void {
  const expected = view === "items" ? inMode(list, mode) : nested;
  expect({ view, items }).toEqual({ view, items: expected.filter((row) => row !== "bystander") });
}
