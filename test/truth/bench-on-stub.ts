import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Metric } from "../../harness/core/metric.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { believable } from "../e2e/believable.ts";
import { onlyResult, type Started, startBench, temporaryFolder } from "../e2e/bench.ts";
import { StubChat } from "./stub-chat.ts";
import type { StubManners } from "./stub-manners.ts";
import { sqliteStore } from "./stub-store.ts";

/** A run on a stub that is over. */
export interface StubRun {
  readonly stub: StubChat;
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly result: RunResult;
}

/** How a stub is run on. */
export interface StubRunOptions {
  readonly manners?: StubManners;
  readonly scenario?: string;
  readonly argv: readonly string[];
  /** Whether the oracle may read what the stub stores. */
  readonly stores?: boolean;
  /** Takes the process of the run, once it was started. */
  readonly onStarted?: (started: Started) => void;
  /** Whether the run is to be void: otherwise one that is, is made once more. */
  readonly isVoid?: boolean;
}

/** Runs a scenario on a stub of its own, by a file of `--config` that says everything, and gives both accounts. */
export function runOnStub(options: StubRunOptions): Promise<StubRun> {
  return options.isVoid === true ? runOnce(options) : believable(() => runOnce(options));
}

async function runOnce(options: StubRunOptions): Promise<StubRun> {
  const { manners = {}, scenario = "insert-fanout", argv, stores = false, onStarted } = options;
  const folder = temporaryFolder();
  const database = join(folder, "stub.db");
  const store = stores ? sqliteStore(database) : null;
  const stub = new StubChat(manners, store);
  onTestFinished(async () => {
    await stub[Symbol.asyncDispose]();
    store?.[Symbol.dispose]();
  });
  const config = {
    url: await stub.listen(),
    name: "a stub",
    rooms: { path: "/rooms/{room}", ids: [1, 2, 3, 4] },
    logIn: { steps: [{ path: "/log_in", form: "#log-in", fields: { name: "{name}" } }] },
    credentials: { name: "user-{number:4}" },
    list: { container: "#messages", fields: { content: ".content", sender: ".sender", time: "time" } },
    send: { form: "#message-form", field: "content" },
    edit: null,
    delete: null,
    ...(stores && { database }),
  };
  writeFileSync(join(folder, "stub.json"), JSON.stringify(config));
  const out = temporaryFolder();
  const started = startBench("run", scenario, "--config", join(folder, "stub.json"), ...argv, "--out", out);
  onStarted?.(started);
  const { exitCode, stderr } = await started.ended;
  if (readdirSync(out).length === 0)
    throw new Error(`the run has no result (exit code ${exitCode}): ${stderr}`);
  return { stub, exitCode, stderr, result: onlyResult(out) };
}

type Metrics = Pick<RunResult, "metrics">;

/** The one metric with this name. */
function metricOf({ metrics }: Metrics, name: string): Metric {
  const [metric, ...others] = metrics.filter((one) => one.name === name);
  if (metric === undefined || others.length > 0) throw new Error(`not one metric is called ${name}`);
  return metric;
}

/** The values of a distribution, in microseconds. */
export function latencyOf(result: Metrics, name: string) {
  const metric = metricOf(result, name);
  if (metric.kind !== "distribution") throw new Error(`${name} is no distribution`);
  return metric.values;
}

/** The values of an exact metric. */
export function bytesOf(result: Metrics, name: string) {
  const metric = metricOf(result, name);
  if (metric.kind !== "exact") throw new Error(`${name} is not exact`);
  return metric.values;
}

/** The value of a counter. */
export function countOf(result: Metrics, name: string): number {
  const metric = metricOf(result, name);
  if (metric.kind !== "counter") throw new Error(`${name} is no counter`);
  return metric.values.value;
}
