import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChromePage } from "../../harness/browser/chrome-page.ts";
import type { Chrome } from "../../harness/browser/launch.ts";
import { realClock } from "../../harness/core/real-time.ts";
import { Population } from "../../harness/user/population.ts";
import { everyInterval } from "../../harness/user/wheel.ts";
import { createServer } from "../../reference-server/server.ts";
import { MODES, type ModeName } from "../../reference-server/web/room/modes.ts";
import { CaseChrome, type ChromeSight } from "../stream-cases/case-chrome.ts";
import { CaseUser, type UserSight } from "../stream-cases/case-user.ts";
import { exceptionFor } from "../stream-cases/exceptions.ts";
import { STREAM_CASES } from "../stream-cases/index.ts";
import { caseId, type Facts, inMode, type Step, type StreamCase } from "../stream-cases/stream-case.ts";
import { startTestChrome } from "./test-chrome.ts";

let chrome: Chrome;
let server: Awaited<ReturnType<typeof createServer>>;
let page: ChromePage;
let inChrome: CaseChrome;
let population: Population;
let user: CaseUser;
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
  population = new Population({
    baseUrl: origin,
    list: "#items",
    fields: { text: ".text" },
    clock: realClock,
    every: everyInterval,
  });
});
afterAll(async () => {
  await chrome.close();
  population.close();
  await server.close();
});

beforeEach(() => {
  problemsBefore = page.problemCount();
  log.length = 0;
  user = new CaseUser(population);
});
afterEach(async () => {
  await user.close();
  expect([...page.problems().slice(problemsBefore), ...log]).toEqual([]);
});

const isItem = (row: string) => row !== "bystander";

describe.each(Object.keys(MODES) as ModeName[])("in %s, in Chrome and for a simulated user,", (mode) => {
  const cases = STREAM_CASES.filter((streamCase) => exceptionFor(caseId(streamCase), mode) === undefined);

  test.each(cases.map((streamCase) => [caseId(streamCase), streamCase.name, streamCase] as const))(
    "%s: %s",
    async (_id, _name, streamCase) => {
      const expectSeen = (expected: StreamCase | Step, official: ChromeSight, simulated: UserSight) => {
        const list = inMode(expected.list, mode);
        const nested = expected.nested ?? null;
        expect({ by: "Chrome", items: official.items, nested: official.nested }).toEqual({
          by: "Chrome",
          items: list,
          nested,
        });
        expect({ by: "user", ...simulated }).toEqual({ by: "user", items: list.filter(isItem), nested });
        expectFacts(official, expected.facts ?? {});
      };
      const expectFacts = (official: ChromeSight, { told, kept, changes, textNodes }: Facts) => {
        if (told !== undefined) expect(official.told).toEqual(inMode(told, mode));
        if (kept !== undefined) expect(official.kept).toEqual(inMode(kept, mode));
        if (changes !== undefined) expect(official.changes).toBe(inMode(changes, mode));
        if (textNodes !== undefined) expect(official.textNodes).toBe(inMode(textNodes, mode));
      };

      expectSeen(streamCase, await inChrome.open(mode, streamCase), await user.open(mode, streamCase));
      expect(await inChrome.document()).toEqual(streamCase.document ?? inMode(streamCase.list, mode));
      for (const step of streamCase.steps) {
        expectSeen(step, await inChrome.perform(step), await user.perform(step));
        if (step.diff !== undefined) expect(user.diff).toEqual(step.diff);
      }
    },
  );
});
