import { expect, onTestFinished, test } from "vitest";
import { seedDatabase } from "../../../reference-server/chat/seed.ts";
import { openDatabase } from "../../../reference-server/chat/store/database.ts";
import { FaultyMessages } from "../../../reference-server/faults/faulty-messages.ts";
import type { Fault } from "../../../reference-server/faults.ts";
import { manualTime } from "./manual-time.ts";

async function history(...faults: Fault[]) {
  const database = await openDatabase(":memory:");
  onTestFinished(() => database.destroy());
  await seedDatabase(database, { seed: 1, messagesPerRoom: 20 });
  const clock = manualTime();
  const options = { database, pubsub: { broadcast: () => {} }, messageTimeMs: () => 0 };
  const messages = new FaultyMessages(options, new Set(faults), clock.time);
  const before = async (id = 1000) => (await messages.before(1, id)).map((message) => message.id);
  return { before, ...clock };
}

test("reverse-prepend shows a page of history newest first", async () => {
  const [healthy, reversed] = [await history("leak-room"), await history("reverse-prepend")];
  expect(await reversed.before()).toEqual((await healthy.before()).toReversed());
});

test("skip-page shows the page before the next one, and the last one where there is none before", async () => {
  const [healthy, skipping] = [await history("leak-room"), await history("skip-page")];
  const [next] = [await healthy.before()];
  expect(await skipping.before()).toEqual(await healthy.before(next[0]));
  expect(await skipping.before(5)).toEqual(await healthy.before(5));
});

test("slow-history takes 50 ms longer for it", async () => {
  const { before, waitedFor, pass } = await history("slow-history");
  let read = 0;
  const page = before().then((ids) => {
    read = ids.length;
  });
  expect([read, waitedFor()]).toEqual([0, [50]]);
  await pass();
  await page;
  expect(read).toBe(10);
});
