import type { GaugeMetric } from "../core/metric.ts";
import { harnessCpu, serverCpu, stepReceived } from "../core/metric-names.ts";
import { STEP_OPERATIONS, type Step } from "../core/step.ts";
import type { Usage } from "../crowd/generator-calls.ts";
import { gauge } from "../measure/figures.ts";
import { processCpuUs } from "../measure/process-cpu.ts";

/** What is counted, from the beginning of a step to its end. Of the server it is null where its process cannot be read. */
interface Costs {
  readonly serverUs: number | null;
  readonly harnessUs: number;
  readonly receivedBytes: number;
}

/** The counters at one moment. */
interface Reading {
  readonly server: { readonly pid: number; readonly us: number } | null;
  /** Of each process that acts as users. */
  readonly generators: readonly Usage[];
}

interface Sources {
  /** Its `serverPid` is asked for at each reading: a restarted server is another process. */
  readonly stage: { readonly serverPid: number | null };
  readonly usage: () => Promise<readonly Usage[]>;
  readonly readCpu?: (pid: number) => Promise<number | null>;
}

/**
 * Reads what operations cost that are done in steps: the server's processor time, and beside it that of the harness for the same
 * frames, and their bytes. Both sides run on the same cores in the same seconds: what slows one slows the other.
 */
export class StepCosts {
  readonly #sources: Required<Sources>;
  readonly #costs = new Map<string, { readonly operations: number; readonly costs: Costs }[]>();
  #begun: Reading | null = null;

  constructor(sources: Sources) {
    this.#sources = { readCpu: (pid) => processCpuUs(pid), ...sources };
  }

  /** A step begins. */
  async begin(): Promise<void> {
    this.#begun = await this.#read();
  }

  /**
   * All that was done in a step has come to rest.
   *
   * @param done how many actions that were, or, of a scrollback, how many viewers
   */
  async end(step: Step, done: number): Promise<void> {
    const [begun, ended] = [this.#begun, await this.#read()];
    this.#begun = null;
    const { operation, operations } = operationsIn(step, done);
    if (begun === null || operation === null || operations === 0) return;
    // Of a process that died in the step nobody knows what it took.
    if (begun.generators.length !== ended.generators.length) return;
    const others = this.#costs.get(operation) ?? [];
    this.#costs.set(operation, [...others, { operations, costs: between(begun, ended) }]);
  }

  /** What one operation of each kind cost on average. */
  metrics(mode: string): GaugeMetric[] {
    return [...this.#costs].flatMap(([operation, steps]) => [
      ...meanOf(steps, "serverUs").map((us) => gauge(serverCpu(operation), "us", us, { mode })),
      ...meanOf(steps, "harnessUs").map((us) => gauge(harnessCpu(operation), "us", us, { mode })),
      ...meanOf(steps, "receivedBytes").map((bytes) =>
        gauge(stepReceived(operation), "bytes", bytes, { mode }),
      ),
    ]);
  }

  async #read(): Promise<Reading> {
    const { stage, usage, readCpu } = this.#sources;
    const { serverPid: pid } = stage;
    const [us, generators] = await Promise.all([pid === null ? null : readCpu(pid), usage()]);
    return { server: pid === null || us === null ? null : { pid, us }, generators };
  }
}

function between(begun: Reading, ended: Reading): Costs {
  const sum = (of: keyof Usage) =>
    ended.generators.reduce((total, usage) => total + usage[of], 0) -
    begun.generators.reduce((total, usage) => total + usage[of], 0);
  return {
    serverUs:
      begun.server === null || ended.server?.pid !== begun.server.pid
        ? null
        : ended.server.us - begun.server.us,
    harnessUs: sum("cpuUs"),
    receivedBytes: sum("receivedBytes"),
  };
}

/** One cost of one operation, over all steps in which it is known; none where there is no such step. */
function meanOf(
  steps: readonly { readonly operations: number; readonly costs: Costs }[],
  cost: keyof Costs,
): number[] {
  const known = steps.flatMap(({ operations, costs }) => {
    const total = costs[cost];
    return total === null ? [] : { operations, total };
  });
  const sum = (of: "operations" | "total") => known.reduce((all, step) => all + step[of], 0);
  return known.length === 0 ? [] : [Math.round(sum("total") / sum("operations"))];
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
