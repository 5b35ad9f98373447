import { BenchError } from "../core/errors.ts";
import type { Step } from "../core/step.ts";
import type { TogetherOptions } from "./perform-together.ts";
import type { Stage } from "./stage.ts";

/** A step in which connections are lost. */
export type ReconnectStep = Extract<Step, { kind: "reconnect" }>;

/** Has everybody lose his connection, and waits until they are back. */
export async function reconnect(name: string, step: ReconnectStep, options: TogetherOptions): Promise<void> {
  const { generators, signal } = options;
  const { cause, meanwhile: messages } = step;
  await generators.all("prepareCut", () => ({ name, step }));
  signal.throwIfAborted();
  const cutUs = options.clock();
  // Recoveries are awaited before they can begin.
  const recovered = generators.all("awaitRecovery", () => ({ cutUs, messages }));
  recovered.catch(() => {});
  await bringAbout(cause, options);
  await recovered;
}

async function bringAbout(
  cause: ReconnectStep["cause"],
  { generators, stage, signal }: TogetherOptions,
): Promise<void> {
  switch (cause) {
    case "server":
      return stage.restart();
    case "network":
      await generators.all("cut", () => null);
      return;
    case "crash":
      return crashViews(stage, signal);
    default:
      return cause satisfies never;
  }
}

async function crashViews({ origin }: Stage, signal: AbortSignal): Promise<void> {
  const response = await fetch(new URL("/debug/crash-views", origin), { method: "POST", signal });
  await response.body?.cancel();
  if (response.ok) return;
  throw new BenchError(
    `${origin} answered ${response.status} when its views were to crash: only the reference server can`,
    {
      code: "cannot-crash",
    },
  );
}
