import { expect, onTestFinished, test } from "vitest";
import { realClock } from "../../../harness/core/real-time.ts";
import type { CrowdEvent } from "../../../harness/crowd/crowd.ts";
import { Generators } from "../../../harness/run/generators.ts";
import { generatorProgram } from "../crowd/generator-program.ts";

/** So many processes, and what is heard of them by a listener who can wait for deaths. */
function start(count: number) {
  const generators = new Generators(count, { entryPath: generatorProgram() });
  onTestFinished(() => generators.stop());
  const events: [CrowdEvent["kind"], number][] = [];
  const deaths: [number, string][] = [];
  const listener = {
    onEvent: ({ kind }: CrowdEvent, part: number) => void events.push([kind, part]),
    onDeath: (part: number, how: string) => void deaths.push([part, how]),
  };
  generators.listen(listener);
  /** Has one of them die. */
  const kill = async (part: number) => {
    const pid = (await pids(generators)).get(part);
    const died = Promise.withResolvers<void>();
    const onDeath = (...death: [number, string]) => {
      listener.onDeath(...death);
      died.resolve();
    };
    generators.listen({ ...listener, onDeath });
    process.kill(pid ?? 0, "SIGKILL");
    await died.promise;
  };
  return { generators, events, deaths, listener, kill };
}

/** The processes that are alive, by number. */
async function pids(generators: Generators): Promise<Map<number, number>> {
  const all = (await generators.all("health", (part) => part)) as unknown as { part: number; pid: number }[];
  return new Map(all.map(({ part, pid }) => [part, pid]));
}

test("they are named by their number; one alone needs none", () => {
  expect(start(2).generators.names).toEqual(["generator process 1 of 2", "generator process 2 of 2"]);
  expect(start(1).generators.names).toEqual(["the generator process"]);
});

test("all are asked, each for its own, and their answers are in order", async () => {
  const { generators } = start(3);
  expect(await generators.all("memory", () => null)).toEqual([42, 42, 42]);
  expect([...(await pids(generators)).keys()]).toEqual([0, 1, 2]);
});

test("what they tell is heard with their number", async () => {
  const { generators, events } = start(2);
  await generators.all("join", (part) => part * 2);
  expect(events).toEqual([
    ["progress", 1],
    ["progress", 1],
  ]);
});

test("what one of them throws is thrown, though the others answer", async () => {
  const { generators } = start(2);
  await expect(generators.all("deliveries", () => null)).rejects.toMatchObject({ code: "no-crowd" });
});

test("one that is dead is left out, and how it ended was told", async () => {
  const { generators, deaths, kill } = start(3);
  await kill(1);
  expect(deaths).toEqual([[1, "SIGKILL"]]);
  expect(generators.count).toBe(3);
  expect([...(await pids(generators)).keys()]).toEqual([0, 2]);
});

test("one that dies while it is asked gives no answer", async () => {
  const { generators, kill } = start(2);
  const asked = generators.all("lastFrame", () => null);
  await kill(0);
  expect(await asked).toEqual([1_000_000]);
});

test("where all are dead there is nobody left to ask", async () => {
  const { generators, deaths } = start(2);
  const gone = { code: "generator-died", message: "no generator process is left to act as users" };
  await expect(generators.all("cut", () => null)).rejects.toMatchObject(gone);
  await expect(generators.all("memory", () => null)).rejects.toMatchObject(gone);
  expect(deaths.map(([, how]) => how)).toEqual(["exit code 3", "exit code 3"]);
});

test("a death that nobody heard of is told to who listens next, and to each after him: they have to do without it", async () => {
  const { generators, deaths, listener, kill } = start(2);
  await kill(0);
  generators.listen(null);
  generators.listen(listener);
  expect(deaths).toEqual([
    [0, "SIGKILL"],
    [0, "SIGKILL"],
  ]);
});

test("all but one are told something; one that is dead is not, and nobody waits", async () => {
  const { generators, events, kill } = start(3);
  await kill(2);
  generators.tellOthers(0, "join", 1);
  await generators.all("memory", () => null);
  expect(events).toEqual([["progress", 1]]);
});

test("their clocks are set by this one's, to within half of the time that it took to ask", async () => {
  const { generators } = start(2);
  const bounds = await generators.setClocks(realClock);
  const beforeUs = realClock();
  const clocks = await generators.all("clock", () => null);
  const afterUs = realClock();
  for (const [at, bound] of bounds.entries()) {
    const clockUs = clocks[at] ?? 0;
    expect(clockUs + bound).toBeGreaterThanOrEqual(beforeUs);
    expect(clockUs - bound).toBeLessThanOrEqual(afterUs);
  }
});

test("those that are stopped did not die", async () => {
  const { generators, deaths } = start(2);
  await generators.all("memory", () => null);
  await generators.stop();
  expect(deaths).toEqual([]);
});
