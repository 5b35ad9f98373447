import { startsOf as startsAtRate } from "../core/executor.ts";
import { type Scenario, usersOf } from "../core/scenario.ts";
import type { Step } from "../core/step.ts";
import type { StepOrder } from "../crowd/crowd-orders.ts";
import type { ChromeViewer } from "./chrome-viewer.ts";
import type { JoinOptions } from "./join-in-parts.ts";
import { leaveInParts } from "./leave-in-parts.ts";
import { mountAgain } from "./mount-again.ts";
import { reconnect } from "./reconnect.ts";

/** What a step is performed with by all processes together. */
export interface TogetherOptions extends JoinOptions {
  readonly chromes: readonly ChromeViewer[];
}

/** Performs a step: the generator processes their parts at once, this one what is its own. */
export async function performTogether(order: StepOrder, options: TogetherOptions): Promise<void> {
  const { generators, chromes, signal } = options;
  const { step } = order;
  switch (step.kind) {
    case "insert":
    case "update":
    case "delete":
    case "load":
      await generators.all("perform", () => order);
      return;
    case "scrollback":
      await generators.all("perform", () => order);
      return scrollChromes(chromes, step, signal);
    case "reconnect":
      return reconnect(order.name, step, options);
    case "leave":
      return leaveInParts(step.parts, options);
    case "mount":
      return mountAgain(step, options);
    default:
      return step satisfies never;
  }
}

/** How many things are begun in a step, over all processes; null where that is not known before. */
export function startsOf(step: Step, scenario: Scenario): number | null {
  switch (step.kind) {
    case "insert":
    case "update":
    case "delete":
      return startsAtRate({ ...step, kind: "constant-arrival-rate" });
    case "load": {
      const { executor } = step;
      if (executor.kind === "sessions") return startsAtRate(executor.arrivals);
      return executor.kind === "constant-arrival-rate" || executor.kind === "ramping-arrival-rate"
        ? startsAtRate(executor)
        : null;
    }
    case "scrollback":
    case "reconnect":
    case "leave":
      return usersOf(scenario);
    case "mount":
      return null;
    default:
      return step satisfies never;
  }
}

async function scrollChromes(
  chromes: readonly ChromeViewer[],
  { pages, by }: Extract<Step, { kind: "scrollback" }>,
  signal: AbortSignal,
): Promise<void> {
  for (const chrome of chromes) {
    for (let page = 0; page < pages; page += 1) {
      signal.throwIfAborted();
      await chrome.loadPage(by);
    }
  }
}
