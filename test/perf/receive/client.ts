/**
 * A client process of the benchmark: `client.ts KIND ORIGIN GROUP USERS`. Connects its users, tells what they cost, and
 * then counts the CPU time of as many frames as it is told, again and again.
 */
import { ownMemory } from "../../../harness/measure/own-memory.ts";
import { connectBare } from "./bare-clients.ts";
import type { ClientKind, MeasureOrder, Told } from "./messages.ts";
import { connectUsers } from "./user-clients.ts";

const [kind, origin = "", group = "", users = "0"] = process.argv.slice(2);
const read = ownMemory();
let frames = 0;
let wanted = 0;
let cpu = process.cpuUsage();
let problems = () => 0;

const onFrame = () => {
  frames += 1;
  if (frames !== wanted) return;
  const { user, system } = process.cpuUsage(cpu);
  tell({ kind: "measured", cpuUs: user + system, problems: problems() });
};

process.on("disconnect", () => process.exit());
process.on("message", ({ frames: coming }: MeasureOrder) => {
  frames = 0;
  wanted = coming;
  cpu = process.cpuUsage();
  tell({ kind: "measuring" });
});

const before = read();
const startMs = performance.now();
const count = Number(users);
const options = { origin, group, users: count, onFrame };
const connected =
  (kind as ClientKind) === "user"
    ? await connectUsers(options)
    : await connectBare(kind as ClientKind, options);
const connectMs = performance.now() - startMs;
problems = connected.problems;
tell({ kind: "connected", bytesPerUser: (read() - before) / count, connectMs });

function tell(told: Told): void {
  process.send?.(told);
}
