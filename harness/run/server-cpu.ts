import type { GaugeMetric } from "../core/metric.ts";
import { serverCpu } from "../core/metric-names.ts";
import { STEP_OPERATIONS, type Step } from "../core/step.ts";
import { gauge } from "../measure/figures.ts";
import { processCpuUs } from "../measure/process-cpu.ts";

/** What was taken for operations of one kind. */
interface Taken {
  readonly us: number;
  readonly operations: number;
}

/** The process of a server at one moment. */
interface Reading {
  readonly pid: number;
  readonly us: number;
}

/**
 * Reads how much processor time a server takes for what is done in steps. Of a server whose process is not known, or is another
 * one at the end of a step than at its beginning, there is nothing to read.
 */
export class ServerCpu {
  readonly #stage: { readonly serverPid: number | null };
  readonly #read: (pid: number) => Promise<number | null>;
  readonly #taken = new Map<string, Taken>();
  #begun: Reading | null = null;

  /** @param stage whose `serverPid` is asked for at each reading */
  constructor(stage: { readonly serverPid: number | null }, read = (pid: number) => processCpuUs(pid)) {
    this.#stage = stage;
    this.#read = read;
  }

  /** A step begins. */
  async begin(): Promise<void> {
    this.#begun = await this.#reading();
  }

  /**
   * All that was done in a step has come to rest.
   *
   * @param done how many actions that were, or, of a scrollback, how many viewers
   */
  async end(step: Step, done: number): Promise<void> {
    const [begun, ended] = [this.#begun, await this.#reading()];
    this.#begun = null;
    if (begun === null || ended?.pid !== begun.pid) return;
    const { operation, operations } = operationsIn(step, done);
    if (operation === null || operations === 0) return;
    const before = this.#taken.get(operation) ?? { us: 0, operations: 0 };
    this.#taken.set(operation, {
      us: before.us + ended.us - begun.us,
      operations: before.operations + operations,
    });
  }

  /** What one operation of each kind took on average. */
  metrics(mode: string): GaugeMetric[] {
    return [...this.#taken].map(([operation, { us, operations }]) =>
      gauge(serverCpu(operation), "us", Math.round(us / operations), { mode }),
    );
  }

  async #reading(): Promise<Reading | null> {
    const { serverPid: pid } = this.#stage;
    const us = pid === null ? null : await this.#read(pid);
    return pid === null || us === null ? null : { pid, us };
  }
}

/** What is done in a step, and how often; a null where it is of several kinds, or is no more than coming and going. */
function operationsIn(
  step: Step,
  done: number,
): { readonly operation: string | null; readonly operations: number } {
  switch (step.kind) {
    case "insert":
    case "update":
    case "delete":
      return { operation: STEP_OPERATIONS[step.kind], operations: done };
    case "scrollback":
      return { operation: STEP_OPERATIONS[step.kind], operations: done * step.pages };
    case "load":
    case "reconnect":
    case "leave":
    case "mount":
      return { operation: null, operations: done };
    default:
      return step satisfies never;
  }
}
