import type { Configuration, RunResult } from "../harness/core/run-result.ts";
import { count, duration, instant, memory } from "./quantities.ts";

/** What was run, when, for how long: `quickstart`, `2026-01-02 03:04 UTC`, `41 s`, `seed 1`. */
export function titleFacts({ scenario, seed, startedAt, durationMs, cases }: RunResult): string[] {
  return [
    ...[scenario, instant(startedAt), duration(durationMs)],
    // Of cases nothing is drawn.
    ...(cases === undefined ? [`seed ${seed}`] : []),
  ];
}

/** Who took part: `200 simulated users and 2 Chromes in each mode`, `200 messages in the room`. */
export function crowdFacts({
  configuration,
}: {
  readonly configuration: Omit<Configuration, "modes" | "steps">;
}): string[] {
  const { users, browsers, messagesInRoom, pageSize } = configuration;
  return [
    `${count(users, "simulated user")} and ${count(browsers, "Chrome")} in each mode`,
    ...(messagesInRoom === undefined ? [] : [`${count(messagesInRoom, "message")} in the room`]),
    ...(pageSize === undefined ? [] : [`pages of ${pageSize}`]),
  ];
}

/** The machine: `2 cores (Some CPU)`, `8.3 GB`, `linux-x64`. */
export function machineFacts({ environment }: Pick<RunResult, "environment">): string[] {
  const model = environment.cpuModel === undefined ? "" : ` (${environment.cpuModel})`;
  return [
    `${count(environment.cpus, "core")}${model}`,
    memory(environment.memoryBytes),
    environment.platform,
  ];
}

/** The versions of everything: `Node v24.21.0`, `bench 0.1.0`. */
export function versionFacts({ environment }: Pick<RunResult, "environment">): string[] {
  return [
    `Node ${environment.node}`,
    ...(environment.chrome === undefined ? [] : [environment.chrome.replace("/", " ")]),
    ...(environment.liveViewVersion === undefined ? [] : [`LiveView ${environment.liveViewVersion}`]),
    ...(environment.liveViewClientVersion === undefined
      ? []
      : [`official client ${environment.liveViewClientVersion}`]),
    `bench ${environment.benchVersion}`,
  ];
}
