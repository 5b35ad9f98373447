import { BenchError, messageOf } from "../core/errors.ts";
import type { TargetConfig } from "../core/target-config.ts";
import { exitInWords, startCommand } from "./start-command.ts";

/**
 * Puts an application's data back, by the command or the request of its configuration. Resolves when that is done.
 *
 * @param origin what the request goes to
 * @throws BenchError `reset-failed`
 */
export async function resetData(
  origin: string,
  reset: NonNullable<TargetConfig["reset"]>,
  { signal, onLog }: { readonly signal: AbortSignal; readonly onLog: (line: string) => void },
): Promise<void> {
  if ("request" in reset)
    return requestReset(new URL(reset.request.path, origin), reset.request.method, signal);
  const running = await startCommand(reset, onLog);
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const exit = await Promise.race([running.exited, aborted.promise]);
    if (exit.code !== 0) throw failed(`${reset.command} ended ${exitInWords(exit)}`);
  } finally {
    signal.removeEventListener("abort", onAbort);
    await running.stop();
  }
}

async function requestReset(url: URL, method: string, signal: AbortSignal): Promise<void> {
  let status: number;
  try {
    const response = await fetch(url, { method, signal, redirect: "manual" });
    await response.body?.cancel();
    status = response.status;
  } catch (cause) {
    signal.throwIfAborted();
    throw failed(`${method} ${url.href} got no answer: ${messageOf(cause)}`, cause);
  }
  if (status >= 400) throw failed(`${method} ${url.href} answered ${status}`);
}

function failed(why: string, cause?: unknown): BenchError {
  return new BenchError(`the application's data could not be reset: ${why}`, { code: "reset-failed", cause });
}
