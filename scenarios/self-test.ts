import type { CheckKind } from "../harness/core/checks.ts";
import type { Catch, FaultCase, Reading } from "../harness/core/fault-case.ts";
import { defineSelfTest } from "../harness/core/self-test.ts";

/** Ten users: the fewest of whom one can be wrong and the others right, and some can write while some are away. */
const USERS = ["--users", "10"];
const LOAD = [...USERS, "--rate", "20", "--duration", "1s"];

const DELETES = { scenario: "deletes", mode: "stream", options: LOAD } as const;
const EDITS = { scenario: "edits", mode: "stream", options: LOAD } as const;
const INSERTS = { scenario: "insert-fanout", mode: "stream", options: LOAD } as const;
const HISTORY = {
  scenario: "scrollback",
  mode: "stream",
  options: [...USERS, "--pages", "3", "--browsers", "0"],
} as const;
const JUMPS = {
  scenario: "scrollback",
  mode: "stream",
  options: [...USERS, "--pages", "3", "--browsers", "1", "--by", "jumps"],
} as const;
const ROOMS = { scenario: "room-switching", mode: "stream", options: LOAD } as const;
const CUTS = {
  scenario: "reconnect-storm",
  mode: "stream",
  options: [...USERS, "--cause", "network"],
} as const;
const CRASHES = {
  scenario: "reconnect-storm",
  mode: "stream",
  options: [...USERS, "--cause", "crash"],
} as const;
const LIMIT = {
  scenario: "limit-window",
  mode: "stream",
  options: [...USERS, "--rate", "50", "--duration", "1s"],
} as const;

const LONG = {
  scenario: "insert-fanout",
  mode: "stream",
  options: [...USERS, "--rate", "50", "--duration", "3s"],
} as const;
const IN_CHROME = {
  scenario: "insert-fanout",
  mode: "stream",
  options: [...LOAD, "--browsers", "1"],
} as const;
const CHANNEL = {
  scenario: "scroll-channel",
  mode: "stream",
  options: [...LOAD, "--browsers", "1"],
} as const;
const OLD = { scenario: "absent-edits", mode: "stream", options: USERS } as const;
const TEXTS = { scenario: "unusual-texts", mode: "stream", options: [...USERS, "--browsers", "0"] } as const;
const MEMBERS = {
  scenario: "presence-storm",
  mode: "stream",
  options: [...USERS, "--rate", "20", "--duration", "1s"],
} as const;

const check = (kind: CheckKind): Catch => ({ kind: "check", check: kind });
const figure = (metric: string, reading: Reading, least: number, most = least): Catch => ({
  kind: "metric",
  metric,
  reading,
  moves: [least, most],
});
/** A delay that is asked for, as it is measured on a machine where either run may be held up. */
const later = (metric: string, ms: number, reading: Reading = "min"): Catch =>
  figure(metric, reading, (ms - 25) * 1000, (ms + 100) * 1000);

/** Every defect that the reference server can be told to commit, and the run that has to find it. */
export const FAULT_CASES: readonly FaultCase[] = [
  { fault: "drop-delete", ...DELETES, by: check("user-vs-oracle") },
  { fault: "delete-by-position", ...DELETES, by: check("user-vs-oracle") },
  { fault: "ghost-after-delete", ...DELETES, by: check("user-vs-oracle") },
  { fault: "slow-delete", ...DELETES, by: later("latency.delete.frame", 50) },
  { fault: "stale-edit", ...EDITS, by: check("user-vs-oracle") },
  { fault: "move-edit", ...EDITS, by: check("user-vs-oracle") },
  { fault: "slow-update", ...EDITS, by: later("latency.update.frame", 50) },
  {
    fault: "rerender-list",
    ...EDITS,
    mode: "stateful",
    by: figure("payload.other.bytes", "mean", 100, 100_000),
  },
  { fault: "reverse-prepend", ...HISTORY, by: check("user-vs-oracle") },
  { fault: "skip-page", ...HISTORY, by: check("user-vs-oracle") },
  { fault: "slow-history", ...HISTORY, by: later("latency.prepend.page", 50) },
  { fault: "repeat-page", ...HISTORY, mode: "stateful", by: check("frame-invariant") },
  { fault: "naive-overrun", ...JUMPS, by: check("chrome-vs-oracle") },
  { fault: "disorder-inserts", ...INSERTS, by: check("user-vs-oracle") },
  { fault: "wrong-dom-id", ...INSERTS, by: check("user-vs-oracle") },
  { fault: "lose-insert", ...INSERTS, by: check("delivery") },
  { fault: "duplicate-insert", ...INSERTS, by: check("delivery") },
  { fault: "resend-list", ...INSERTS, by: figure("payload.reset.bytes", "count", 20, 1000) },
  { fault: "slow-insert", ...INSERTS, by: later("latency.insert.frame", 50) },
  { fault: "overwrite-draft", ...IN_CHROME, by: check("chrome-draft") },
  { fault: "early-push", ...CHANNEL, by: check("channel-order") },
  { fault: "leak-room", ...ROOMS, by: check("delivery") },
  { fault: "reset-without-clearing", ...ROOMS, by: check("user-vs-oracle") },
  { fault: "lose-reset", ...ROOMS, by: check("user-vs-oracle") },
  { fault: "wrong-stream-ref", ...ROOMS, by: check("user-vs-oracle") },
  { fault: "slow-switch", ...ROOMS, by: later("latency.switch.page", 50) },
  { fault: "lose-on-rejoin", ...CUTS, by: check("user-vs-oracle") },
  { fault: "repeat-on-rejoin", ...CUTS, mode: "stateful", by: check("user-vs-oracle") },
  { fault: "forget-draft", ...CUTS, mode: "stateful", by: figure("drafts.recovered", "value", -9) },
  { fault: "slow-rejoin", ...CRASHES, by: later("latency.reconnect.page", 200) },
  { fault: "wrong-limit-end", ...LIMIT, by: check("user-vs-oracle") },
  { fault: "append-absent-edit", ...OLD, by: check("user-vs-oracle") },
  { fault: "foreign-form", ...OLD, by: check("own-forms") },
  { fault: "raw-html", ...TEXTS, by: check("user-vs-oracle") },
  { fault: "presence-ghost", ...MEMBERS, by: check("members") },
  { fault: "typing-forever", ...MEMBERS, by: check("members") },
  // Half a second, less what held up the slowest frame of the run without it.
  { fault: "slow-hundredth", ...LONG, by: figure("latency.insert.frame", "max", 250_000, 800_000) },
  { fault: "late-reply", ...LONG, by: later("latency.insert.reply", 200) },
  { fault: "lose-reply", ...INSERTS, by: figure("actions.failed", "value", 1, 4) },
  { fault: "deaf-heartbeat", ...LONG, by: check("heartbeat") },
  {
    fault: "resend-statics",
    scenario: "payload",
    mode: "stateful",
    options: ["--history", "10"],
    by: figure("payload.insert.one_10.bytes", "min", 1000, 10_000),
  },
  {
    fault: "leak-connection",
    scenario: "memory-per-connection",
    mode: "stream",
    options: ["--users", "100"],
    by: figure("memory.server.per_connection", "perUnit", 10_240 - 1024, 10_240 + 1024),
  },
  {
    fault: "keep-history",
    scenario: "memory-per-connection",
    mode: "stream",
    options: ["--users", "40", "--history", "100"],
    by: figure("memory.server.per_active_connection", "perUnit", 10_000, 200_000),
  },
  {
    fault: "slow-mount",
    scenario: "http-mount",
    mode: "stream",
    options: ["--connections", "2", "--duration", "1s"],
    by: later("http.mount.latency", 50),
  },
];

/** Whether the checks would notice. */
export const scenario = defineSelfTest({
  name: "self-test",
  question: "Would a defect of the server be noticed, each by the check that is there for it?",
  description:
    "Each defect that the reference server can commit is switched on in a server of its own, and a process that is told only " +
    "where that server is runs the scenario that has to find it. The same runs are made on servers without a defect, where " +
    "nothing may be found.",
  cases: FAULT_CASES,
});
