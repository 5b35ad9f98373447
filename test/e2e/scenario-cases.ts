import type { Fault } from "../../reference-server/faults.ts";
import type { SCENARIOS } from "../../scenarios/index.ts";

/** What is read of a metric. */
export type Reading = "value" | "count" | "min" | "mean" | "p90" | "perUnit";

/** A scenario's own metric, and what moves it by how much: two runs differ in one fault of the server, or in options. */
export interface ScenarioCase {
  readonly scenario: keyof typeof SCENARIOS;
  /** Of both runs, in the one mode that is looked at. */
  readonly options: readonly string[];
  readonly mode: string;
  /** What the second server commits, or the options of the first and of the second run. */
  readonly by: { readonly fault: Fault } | { readonly options: readonly [first: string, second: string] };
  readonly metric: string;
  /** Of times the least: what else the machine does can only add to it. */
  readonly reading: Reading;
  /** By how much the second is above the first: microseconds, bytes or a count, both bounds included. */
  readonly moves: readonly [least: number, most: number];
  /** The metric whose threshold the second run has to break, where it is to fail. */
  readonly fails?: string;
  /** A metric of which so short a run may not tell. */
  readonly mayLack?: string;
}

/** A delay that is asked for, as it is measured on a machine where either run may be held up. */
const later = (ms: number) => [(ms - 25) * 1000, (ms + 100) * 1000] as const;
const exactly = (number: number) => [number, number] as const;

const USERS = ["--users", "10"];
const LOAD = [...USERS, "--rate", "20", "--duration", "1s"];

/** At least one for each scenario; the README of the scenarios lists them. */
export const SCENARIO_CASES: readonly ScenarioCase[] = [
  {
    scenario: "quickstart",
    options: [...LOAD, "--browsers", "0"],
    mode: "stateful",
    by: { fault: "slow-delete" },
    metric: "latency.delete.page",
    reading: "min",
    moves: later(50),
  },
  {
    scenario: "five-ways",
    options: ["--users", "3", "--browsers", "0"],
    mode: "keyed",
    by: { fault: "resend-statics" },
    metric: "payload.insert.next.bytes",
    reading: "min",
    moves: [1, 10_000],
  },
  {
    scenario: "history-growth",
    options: USERS,
    mode: "resend",
    by: { options: ["--history=10", "--history=60"] },
    metric: "payload.insert.bytes",
    reading: "min",
    moves: [50 * 200, 50 * 300],
  },
  {
    scenario: "history-growth",
    options: USERS,
    mode: "stream",
    by: { options: ["--history=10", "--history=60"] },
    metric: "payload.insert.bytes",
    reading: "min",
    moves: exactly(0),
  },
  {
    scenario: "presence-storm",
    options: [...USERS, "--duration", "1s"],
    mode: "stream",
    by: { options: ["--rate=2", "--rate=12"] },
    metric: "payload.other.bytes",
    reading: "count",
    moves: [100, 200],
  },
  {
    scenario: "limit-window",
    options: [...USERS, "--rate", "50", "--duration", "1s"],
    mode: "stream",
    by: { options: ["--limit=30", "--limit=40"] },
    metric: "dom.items.user",
    reading: "value",
    moves: exactly(10),
  },
  {
    scenario: "slow-consumers",
    options: [...USERS, "--rate", "20", "--duration", "2s"],
    mode: "stream",
    by: { options: ["--share=0", "--share=0.5"] },
    metric: "latency.insert.frame",
    reading: "p90",
    moves: [800_000, 2_400_000],
  },
  {
    scenario: "mixed-day",
    options: ["--users", "18", "--duration", "4s", "--peak", "6"],
    mode: "stream",
    by: { fault: "leak-room" },
    metric: "delivery.unexpected",
    reading: "value",
    moves: [5, 200],
    fails: "dom.mismatches",
  },
  {
    scenario: "soak",
    options: ["--users", "20", "--rate", "60", "--duration", "12s"],
    mode: "stream",
    by: { fault: "leak-connection" },
    metric: "memory.server.growth_per_hour",
    reading: "perUnit",
    // 15 connections a second of 10,240 bytes each, for as much of the time as there is load.
    moves: [100e6, 600e6],
    fails: "memory.server.leaks",
    mayLack: "memory.server.leaks",
  },
];
