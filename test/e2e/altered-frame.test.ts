import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { inBatches } from "../../harness/core/in-batches.ts";
import { realClock } from "../../harness/core/real-time.ts";
import { mountLoggedIn } from "../../harness/crowd/log-in.ts";
import { CheckLedger } from "../../harness/oracle/check-ledger.ts";
import { checkViewers } from "../../harness/oracle/check-viewers.ts";
import { ReferenceDatabase } from "../../harness/oracle/reference-database.ts";
import { cursorAtMount } from "../../harness/oracle/viewer-cursor.ts";
import { Population } from "../../harness/user/population.ts";
import { SimulatedUser } from "../../harness/user/simulated-user.ts";
import { everyInterval } from "../../harness/user/wheel.ts";
import { referenceSite } from "../../scenarios/reference-site.ts";
import { startAlteringProxy } from "./altering-proxy.ts";
import { temporaryFolder } from "./bench.ts";
import { startChat } from "./chat-process.ts";

const USERS = 1000;
/** Whose frame is altered, somewhere in the crowd. */
const VICTIM = 617;
const MESSAGES = Array.from({ length: 20 }, (_, number) => `message ${number} of those that everybody gets`);
const { list, send, accounts } = referenceSite;
const PATH = "/stream/rooms/1?members=off";
const nameOf = (number: number) => `user-${String(number + 1).padStart(4, "0")}`;

/** One in so many has an account of his own, others have his session: who logs in costs the server a hash. */
const TABS = 10;

test("a byte that is altered in one frame of one user among a thousand is found with him, and with nobody else", async () => {
  const file = join(temporaryFolder(), "chat.db");
  const { url } = await startChat(
    {},
    "--port",
    "0",
    "--users",
    "100",
    "--messages",
    "40",
    "--database",
    file,
  );
  const users: SimulatedUser[] = [];
  let victimToken = "nobody's yet";
  const proxy = await startAlteringProxy(url, {
    client: () => `_csrf_token=${encodeURIComponent(victimToken)}`,
    find: "message 7 of those",
    replacement: "message 7 of thosE",
  });
  const population = new Population({
    baseUrl: proxy.origin,
    list: list.container,
    fields: list.fields,
    clock: realClock,
    every: everyInterval,
  });
  onTestFinished(async () => {
    await Promise.all(users.map((user) => user.close()));
    population.close();
    await proxy.close();
  });
  const database = await ReferenceDatabase.open(file);
  onTestFinished(() => database.close());

  const sessions = new Map<string, Readonly<Record<string, string>>>();
  const numbers = Array.from({ length: USERS }, (_, number) => number);
  await inBatches(numbers, 20, async (number) => {
    const user = new SimulatedUser(population, { name: `user ${number}` });
    users[number] = user;
    const name = nameOf(number % (USERS / TABS));
    await mountLoggedIn(user, {
      site: referenceSite,
      path: PATH,
      account: { name, password: accounts.password },
      accounts: USERS / TABS,
      sessions: {
        cookiesOf: (key) => sessions.get(key),
        keep: (key, cookies) => void sessions.set(key, cookies),
      },
    });
    if (number === VICTIM) victimToken = (await user.mount(PATH)).csrfToken;
    await user.connect();
  });
  const cursor = await cursorAtMount(database, 1, { pageSize: 10, limit: null });
  for (const message of MESSAGES) await users[0]?.submit(send.form, { [send.field]: message });
  await expect.poll(() => users.every(({ items }) => items.length === 10 + MESSAGES.length)).toBe(true);

  const checks = new CheckLedger();
  const viewers = users.map(({ name, items }) => ({ kind: "user", who: name, cursor, list: items }) as const);
  await checkViewers(database, viewers, { mode: "stream", step: "1 insert" }, checks);
  const { made, failed, failures } = checks.checks();
  expect({ made, failed, altered: proxy.altered }).toEqual({ made: USERS, failed: 1, altered: 1 });
  expect(failures.map(({ who, actual }) => [who, actual])).toEqual([
    [`user ${VICTIM}`, '"message 7 of thosE that everybody gets"'],
  ]);
});
