/**
 * A generator process: it acts as users, and is asked for that over the channel to the process that started it. When that
 * one is gone, it ends.
 */
import { END_SIGNALS } from "../core/end-signals.ts";
import { type Answer, answer, type Call } from "./calls.ts";
import type { CrowdEvent } from "./crowd-orders.ts";
import { generatorCalls } from "./generator-calls.ts";

const send = (message: Answer | CrowdEvent): void => {
  // Who is asked by nobody any more has nobody to complain to.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};
const calls = generatorCalls(send);

process.on("message", (call: Call) => void answer(calls, call).then(send));
process.once("disconnect", () => {
  calls.abort();
  void calls.close();
});
// Ctrl-C, and what a CI ends a job by, reach the whole group of processes: the one that coordinates says what becomes of it.
for (const name of END_SIGNALS) process.on(name, () => {});
