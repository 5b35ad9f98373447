import { fork } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { END_SIGNALS } from "../../../harness/core/end-signals.ts";
import { BenchError } from "../../../harness/core/errors.ts";
import { ownModule } from "../../../harness/core/own-module.ts";
import type { CrowdEvent } from "../../../harness/crowd/crowd-orders.ts";
import { GeneratorProcess } from "../../../harness/crowd/generator-process.ts";
import { generatorProgram } from "./generator-program.ts";

/** Starts a process, and notes what it tells and how it ends. */
function start(entryPath = generatorProgram()) {
  const events: CrowdEvent[] = [];
  const deaths: string[] = [];
  const died = Promise.withResolvers<string>();
  const one = new GeneratorProcess({
    name: "generator process 2 of 3",
    entryPath,
    onEvent: (event) => events.push(event),
    onDeath: (how) => {
      deaths.push(how);
      died.resolve(how);
    },
  });
  onTestFinished(() => one.stop());
  return { one, events, deaths, died: died.promise };
}

test("calls are answered under their own number, whichever is answered first", async () => {
  const { one } = start();
  const slow = one.call("lastFrame", null);
  expect(await one.call("memory", null)).toBe(42);
  expect(await slow).toBe(1_000_000);
});

test("an error is thrown as it was there, and the process goes on", async () => {
  const { one } = start();
  const refused = one.call("deliveries", null);
  await expect(refused).rejects.toBeInstanceOf(BenchError);
  await expect(refused).rejects.toMatchObject({ message: "no crowd", code: "no-crowd", exitCode: 98 });
  expect(await one.call("memory", null)).toBe(42);
});

test("what a process tells while it is at work comes before its answer", async () => {
  const { one, events } = start();
  await one.call("join", 2);
  expect(events).toEqual([{ kind: "progress" }, { kind: "progress" }]);
});

test("a process that dies rejects all that it is asked, then and later, and that is told once", async () => {
  const { one, deaths, died } = start();
  const waiting = [one.call("cut", null), one.call("mostHidden", null)];
  for (const call of waiting)
    await expect(call).rejects.toMatchObject({
      code: "generator-died",
      message: "generator process 2 of 3 ended (exit code 3)",
    });
  await died;
  expect(one.isAlive).toBe(false);
  await expect(one.call("memory", null)).rejects.toMatchObject({ code: "generator-died" });
  expect(deaths).toEqual(["exit code 3"]);
});

test("one that is killed says by which signal", async () => {
  const { one, died } = start();
  await one.call("memory", null);
  process.kill(one.pid ?? 0, "SIGKILL");
  expect(await died).toBe("SIGKILL");
});

test("one that ends before it was asked for anything is dead too", async () => {
  const { one, died } = start(generatorProgram("process.exitCode = 7; process.disconnect();"));
  expect(await died).toBe("exit code 7");
  await expect(one.call("memory", null)).rejects.toMatchObject({ code: "generator-died" });
});

test("one that is stopped is no death, whatever it was asked for", async () => {
  const { one, deaths } = start();
  await one.call("memory", null);
  const unanswered = one.call("twinOf", {} as never);
  unanswered.catch(() => {});
  await Promise.all([one.stop(), one.stop()]);
  expect([one.isAlive, deaths]).toEqual([false, []]);
  await expect(unanswered).rejects.toMatchObject({ code: "generator-died" });
});

test("the generator itself answers, and has no crowd until one is opened", async () => {
  const deaths: string[] = [];
  const one = new GeneratorProcess({
    name: "the generator process",
    onEvent: () => {},
    onDeath: (how) => deaths.push(how),
  });
  onTestFinished(() => one.stop());
  await expect(one.call("join", 1)).rejects.toMatchObject({ code: "no-crowd" });
  expect([one.isAlive, deaths]).toEqual([true, []]);
});

test("the generator itself ends when it is left alone, whatever its group is told", async () => {
  const child = fork(ownModule("../../../harness/crowd/generator", import.meta.url));
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const answered = once(child, "message");
  child.send({ kind: "call", id: 1, name: "clock", argument: null });
  await answered;
  for (const signal of END_SIGNALS) child.kill(signal);
  child.disconnect();
  expect(await ended).toEqual([0, null]);
});
