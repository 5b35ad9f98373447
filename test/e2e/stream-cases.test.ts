import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { doRoomCase } from "../../harness/cases/do-room-case.ts";
import {
  CASE_ACCOUNTS,
  CASE_ROOMS,
  EMPTY_CASE_ROOMS,
  type RoomBrowser,
  RoomSettings,
} from "../../harness/cases/room-settings.ts";
import type { CaseResult } from "../../harness/core/case-result.ts";
import { parseRunResult, type RunResult } from "../../harness/core/run-result.ts";
import { CASE_MODES, type CaseMode, caseId } from "../../harness/core/stream-case.ts";
import { createServer, type ServerOptions } from "../../reference-server/server.ts";
import { SCENARIOS } from "../../scenarios/index.ts";
import { startAlteringProxy } from "./altering-proxy.ts";
import { startBench, temporaryFolder } from "./bench.ts";
import { startChat } from "./chat-process.ts";
import { startTestChrome } from "./test-chrome.ts";

const { cases, roomPage, exceptions } = SCENARIOS["stream-cases"];

/** A run of the scenario, as a shell starts it. */
async function run(
  ...options: readonly string[]
): Promise<{ result: RunResult; stderr: string; exitCode: number | null }> {
  const argv = ["run", "stream-cases", "--json", "--out", temporaryFolder(), ...options];
  const { stdout, stderr, exitCode } = await startBench(...argv).ended;
  if (stdout === "") throw new Error(`there is no result, but exit code ${exitCode}: ${stderr}`);
  return { result: parseRunResult(stdout, "the result"), stderr, exitCode };
}

/** What came of cases, as `7 in stream: held`. */
const outcomes = (cases: readonly CaseResult[] = []) =>
  cases.flatMap(({ id, modes }) =>
    Object.entries(modes).map(
      ([mode, one]) => `${id} in ${mode}: ${one.outcome === "left-out" ? one.reason : one.outcome}`,
    ),
  );

const serverWithCases = async () => (await startChat({}, "--port", "0", "--instrument")).url;

/** All cases of some ids hold in some modes, but for those that are excepted there. */
async function expectHeld(ids: readonly string[], modes: readonly CaseMode[], checks: number): Promise<void> {
  const options = ["--only", ids.join(), ...modes.flatMap((mode) => ["--mode", mode])];
  const { result, stderr, exitCode } = await run(...options);
  const isExcepted = (id: string, mode: CaseMode) =>
    exceptions.some((one) => one.cases.includes(id) && one.modes.includes(mode));
  const come = result.cases?.map(({ id, modes }) => [
    id,
    Object.entries(modes).map(([mode, { outcome }]) => [mode, outcome]),
  ]);
  // What did not hold, in full: the outcomes would not tell.
  expect(result.checks.failures).toEqual([]);
  expect(come?.map(([id, outcomes]) => [id, Object.fromEntries(outcomes as [string, string][])])).toEqual(
    ids.map((id) => [
      id,
      Object.fromEntries(modes.map((mode) => [mode, isExcepted(id, mode) ? "left-out" : "held"])),
    ]),
  );
  // Each in Chrome and by a user.
  expect([result.checks.made, exitCode, result.verdict]).toEqual([checks, 0, "passed"]);
  expect(result.environment.liveViewClientVersion).toBe("1.2.10");
  expect(stderr.split("\n").filter((line) => line.startsWith("server: "))).toEqual([]);
}

test("every case of the page of cases holds, in each mode whose terms allow it", async () => {
  await expectHeld(cases.map(caseId), CASE_MODES, 370);
}, 300_000);

// In other modes the tests of the room page do more than these.
test("the cases of the room page hold in a stream", async () => {
  await expectHeld(roomPage.map(caseId), ["stream"], 24);
});

/** Rooms on a server of this process, with what it is to have besides; no reader in Chrome where there is no browser. */
async function roomsOn(
  own: Partial<ServerOptions>,
  {
    browser = null,
    ...soon
  }: { readonly browser?: RoomBrowser | null; readonly idleTimeoutMs?: number } = {},
) {
  const location = join(temporaryFolder(), "chat.db");
  const server = await createServer({
    database: location,
    seed: 1,
    rooms: CASE_ROOMS,
    emptyRooms: EMPTY_CASE_ROOMS,
    messagesPerRoom: 45,
    users: CASE_ACCOUNTS,
    mode: "stream",
    faults: new Set(),
    secret: "a secret of the tests that is long enough",
    instrument: false,
    log: () => {},
    nowMs: Date.now,
    ...own,
  });
  onTestFinished(() => server.close());
  const origin = await server.listen({ port: 0, host: "127.0.0.1" });
  const settings = await RoomSettings.open({ origin, location, ...soon }, SCENARIOS["stream-cases"], 5000);
  onTestFinished(() => settings[Symbol.asyncDispose]());
  const rooms = await settings.of("stream", browser);
  const { readers, close } = rooms.readersOf();
  onTestFinished(close);
  return { setting: { ...rooms, readers }, location };
}

const actsOf = (wanted: number) => roomPage.find(({ number }) => number === wanted)?.acts ?? [];

/** Defects of a server: the case of the room page that fails there, at which step, and what differs. */
const SEEN_BY_CASES = [
  ["leak-room", 18, 'step 2: send "for the first room"', "the list"],
  ["reverse-prepend", 38, "step 1: jump to the top", "the list"],
  ["drop-delete", 43, 'step 6: delete "below 12"', "the list"],
  ["typing-forever", 48, "step 5: leave the field", "who is there"],
  ["presence-ghost", 49, "step 6: the writer goes", "who is there"],
] as const;

// All at once: each waits for as long as a server that is well might take.
test("a server with a fault fails the case of the room page that is there for it, and says where", async () => {
  const told = await Promise.all(
    SEEN_BY_CASES.map(async ([fault, number]) => {
      const { setting } = await roomsOn({ faults: new Set([fault]) });
      const differences = await doRoomCase(actsOf(number), setting);
      return [fault, differences.map((one) => [one.who, one.step, one.what])];
    }),
  );
  expect(told).toEqual(SEEN_BY_CASES.map(([fault, , step, what]) => [fault, [["user", step, what]]]));
});

test("a server that does not miss who has fallen silent while he writes fails case 48", async () => {
  const { setting } = await roomsOn({}, { idleTimeoutMs: 1000 });
  const acts = actsOf(48);
  const silent = acts.findIndex(({ act }) => act === "fall-silent");
  expect(await doRoomCase(acts.slice(silent - 1, silent + 1), setting)).toEqual([
    {
      who: "user",
      step: "step 2: fall silent",
      what: "who is there for the writer",
      expected: ["user-0001"],
      actual: ["user-0001", "user-0002, who is typing"],
    },
  ]);
});

test("a page that asks for history where there is none fails case 39, in Chrome and for the user", async () => {
  const chrome = await startTestChrome();
  onTestFinished(() => chrome.close());
  const openPage = () => chrome.openPage({ name: "the reader" });
  const browser = { page: await openPage(), openPage };
  const { setting, location } = await roomsOn({ messagesPerRoom: 12 }, { browser });
  // What is in front of their pages goes behind the server's back: it has them ask for it.
  let opened = 0;
  for (const { reader } of setting.readers) {
    const open = reader.open.bind(reader);
    reader.open = async (...given) => {
      await open(...given);
      opened += 1;
      if (opened < setting.readers.length) return;
      const database = new DatabaseSync(location);
      database.exec(
        "DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE room_id = 9 ORDER BY id LIMIT 2)",
      );
      database.close();
    };
  }
  const differences = await doRoomCase([{ act: "history" }], setting);
  expect(differences.map(({ who, step, what, expected }) => [who, step, what, expected])).toEqual(
    setting.readers.map(({ reader }) => [
      reader.who,
      "step 1: scroll to the top",
      "what was asked for where history begins",
      ["0"],
    ]),
  );
});

// Chrome says more of itself in the request of its upgrade than `ws` does.
test.each([
  ["Chrome", "case-in-chrome", "HeadlessChrome"],
  ["user", "case-by-user", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key"],
] as const)(
  "an insert that goes to another place on its way to %s alone fails in that case, there",
  async (who, kind, client) => {
    const proxy = await startAlteringProxy(await serverWithCases(), {
      client: () => client,
      find: '["items-e",0,',
      replacement: '["items-e",1,',
    });
    onTestFinished(() => proxy.close());
    const { result, exitCode } = await run("--target", proxy.origin, "--mode", "stream", "--only", "1,3,10");
    expect(outcomes(result.cases)).toEqual([
      "1 in stream: held",
      "3 in stream: failed",
      "10 in stream: held",
    ]);
    expect(result.cases?.[1]?.modes.stream).toEqual({
      outcome: "failed",
      differences: [
        {
          who,
          step: "step 2: insert e at 0",
          what: "the list",
          expected: ["e", "d", "a", "b", "c"],
          actual: ["d", "e", "a", "b", "c"],
        },
      ],
    });
    expect(result.checks.failures.map((failure) => failure.kind)).toEqual([kind]);
    expect([exitCode, result.checks.failed, proxy.altered]).toEqual([98, 1, 1]);
  },
);

test("what a page does not offer is left out by name, and no part of the verdict", async () => {
  // A page that adds at its ends alone, whose list is said to be a stream.
  const target = `${await serverWithCases()}/append/stream-cases`;
  const { result, stderr, exitCode } = await run(
    "--target",
    target,
    "--mode",
    "stream",
    "--only",
    "1,5,7,12",
  );
  expect(outcomes(result.cases)).toEqual([
    "1 in stream: held",
    "5 in stream: the page does not offer index",
    "7 in stream: the page does not offer delete, index",
    "12 in stream: the page does not offer reset",
  ]);
  expect([exitCode, result.checks.made, result.configuration.target]).toEqual([0, 2, target]);
  expect(stderr).toContain("stream: left out: 12: the page does not offer reset\n");
});
