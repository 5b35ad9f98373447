import { METRIC_NAMES } from "../core/metric-names.ts";
import { usersOf } from "../core/scenario.ts";
import type { TogetherOptions } from "./perform-together.ts";
import { ServerMemory } from "./server-memory.ts";

/**
 * Lets users leave in parts, those who came last first, and reads the server's memory after each: all who are still there
 * have seen the same, so what one connection costs that has been in use is told apart from what it had to see.
 */
export async function leaveInParts(parts: number, options: TogetherOptions): Promise<void> {
  const { scenario, mode, stage, generators, recorder, signal } = options;
  const users = usersOf(scenario);
  const memory = new ServerMemory(stage);
  await memory.read(users, signal);
  for (let gone = 1; gone < parts; gone += 1) {
    signal.throwIfAborted();
    const left = Math.round((users * (parts - gone)) / parts);
    await generators.all("leaveDownTo", () => left);
    await memory.read(left, signal);
  }
  recorder.add(memory.metric(METRIC_NAMES.serverMemoryPerActiveConnection, mode));
}
