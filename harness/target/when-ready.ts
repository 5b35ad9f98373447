import { setTimeout as sleep } from "node:timers/promises";
import { BenchError, messageOf } from "../core/errors.ts";
import type { TargetConfig } from "../core/target-config.ts";
import { exitInWords, type RunningCommand } from "./start-command.ts";

/** When an application is ready. */
export type ReadyConfig = NonNullable<TargetConfig["start"]>["ready"];

const EVERY_MS = 100;

/**
 * Waits until an application answers as it does when it is ready.
 *
 * @param origin what a path is relative to
 * @throws BenchError `not-ready` where it does not in time, or ends before
 */
export async function whenReady(
  origin: string,
  { url, status, timeoutMs }: ReadyConfig,
  running: Pick<RunningCommand, "exited">,
  signal: AbortSignal,
): Promise<void> {
  const address = new URL(url, origin).href;
  const overall = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const ended = running.exited.then((exit) => {
    throw new BenchError(`the application ended ${exitInWords(exit)}`, { code: "not-ready" });
  });
  // Nobody awaits it once the application is ready.
  ended.catch(() => {});
  let last = "no answer";
  const answers = async () => {
    for (;;) {
      last = await answerOf(address, overall);
      if (status === undefined ? /^[1-4]/u.test(last) : last === String(status)) return;
      await sleep(EVERY_MS, undefined, { signal: overall });
    }
  };
  try {
    await Promise.race([answers(), ended]);
  } catch (error) {
    if (error instanceof BenchError) throw error;
    signal.throwIfAborted();
    throw new BenchError(`the application was not ready within ${timeoutMs} ms: ${address} gave ${last}`, {
      code: "not-ready",
      cause: error,
    });
  }
}

/** The status of an answer, or why there was none. */
async function answerOf(address: string, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(address, { redirect: "manual", signal });
    await response.body?.cancel();
    return String(response.status);
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error);
  }
}
