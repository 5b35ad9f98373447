import { expect, test } from "vitest";
import { Mailbox } from "../../../reference-server/live/mailbox.ts";

test("tasks run in order, each one finished before the next", async () => {
  const log: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const mailbox = new Mailbox((error) => log.push(String(error)));
  mailbox.post(async () => {
    log.push("a begins");
    await Promise.resolve();
    log.push("a ends");
  });
  mailbox.post(() => log.push("b"));
  mailbox.post(resolve);
  log.push("posted");
  await promise;
  expect(log).toEqual(["posted", "a begins", "a ends", "b"]);
});

test("a task that throws drops the rest, and nothing runs afterwards", async () => {
  const log: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const mailbox = new Mailbox((error) => {
    log.push(String(error));
    resolve();
  });
  mailbox.post(() => {
    throw new Error("broken");
  });
  mailbox.post(() => log.push("never"));
  await promise;
  mailbox.post(() => log.push("never"));
  await Promise.resolve();
  expect(log).toEqual(["Error: broken"]);
});

test("what is to come last waits for the task that is under way, also for one that throws", async () => {
  const log: string[] = [];
  const { promise, reject } = Promise.withResolvers<void>();
  const mailbox = new Mailbox((error) => log.push(String(error)));
  mailbox.post(async () => {
    log.push("begins");
    await promise;
  });
  mailbox.post(() => log.push("never"));
  await Promise.resolve();
  mailbox.close(() => log.push("last"));
  expect(log).toEqual(["begins"]);
  reject(new Error("broken"));
  await new Promise(setImmediate);
  expect(log).toEqual(["begins", "Error: broken", "last"]);
});

test("what is to come last comes at once where nothing is under way", () => {
  const log: string[] = [];
  new Mailbox(() => {}).close(() => log.push("last"));
  expect(log).toEqual(["last"]);
});
