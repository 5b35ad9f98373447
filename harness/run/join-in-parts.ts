import { METRIC_NAMES } from "../core/metric-names.ts";
import { usersOf } from "../core/scenario.ts";
import type { RunRecorder } from "../crowd/recorder.ts";
import { gauge } from "../measure/figures.ts";
import type { CrowdWatch } from "./crowd-watch.ts";
import type { ModeRunOptions } from "./mode-run.ts";
import { ServerMemory } from "./server-memory.ts";

/** In how many parts the crowd joins; the server's memory is read after each. */
const JOINING_PARTS = 10;
/**
 * What a server compiles and caches once is there after the first parts, and what it needed for that is given back: only what
 * comes then is the users'.
 */
const WARM_UP_PARTS = 3;

/** What joining needs beside the mode's own. */
export interface JoinOptions
  extends Pick<
    ModeRunOptions,
    "scenario" | "mode" | "stage" | "generators" | "sessions" | "progress" | "clock" | "sleep" | "signal"
  > {
  readonly watch: CrowdWatch;
  readonly recorder: RunRecorder;
}

/**
 * Lets all simulated users log in, mount and join, each with an account of his own; and reads meanwhile what they
 * cost the server, and in the end what they cost the harness.
 */
export async function joinInParts(options: JoinOptions): Promise<void> {
  const { scenario, mode, stage, generators, sessions, signal, watch, recorder } = options;
  const users = usersOf(scenario);
  watch.begin("joining", users);
  if (scenario.fixed) {
    // Bytes alone are looked at, and a collection of garbage takes longer than an operation.
    await generators.all("join", () => users);
    return;
  }
  const [warmUp, memory] = [new ServerMemory(stage), new ServerMemory(stage)];
  const held = async () =>
    (await generators.all("memory", () => null)).reduce((sum, bytes) => sum + bytes, 0);
  const before = await held();
  const part = Math.ceil(users / JOINING_PARTS);
  for (let joined = part; joined < users + part; joined += part) {
    signal.throwIfAborted();
    await generators.all("join", () => Math.min(joined, users));
    const reading = joined < part * WARM_UP_PARTS ? warmUp : memory;
    await reading.read(Math.min(joined, users), signal);
  }
  if (sessions !== null) {
    for (const cookies of await generators.all("cookies", () => null)) sessions.keep(cookies);
    sessions.write();
  }
  recorder.add(memory.metric(METRIC_NAMES.serverMemoryPerConnection, mode));
  recorder.add(gauge(METRIC_NAMES.userMemory, "bytes", ((await held()) - before) / users, { mode }));
}
