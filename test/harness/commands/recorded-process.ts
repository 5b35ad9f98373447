import type { Services } from "../../../harness/commands/command.ts";
import type { EndSignal } from "../../../harness/core/end-signals.ts";
import type { ExitCode } from "../../../harness/core/exit-codes.ts";
import type { ScenarioDefinition } from "../../../harness/core/scenario.ts";
import { type BenchProcess, main } from "../../../harness/main.ts";
import { smallDefinition } from "../crowd/small-scenario.ts";

/** What a run of `bench` left behind. */
export interface Recorded {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that is none: it records what is written, and its signals are sent by `send`. */
export function recordedProcess(argv: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  const listeners = new Map<EndSignal, (signal: EndSignal) => void>();
  const state = { nowMs: 0, ended: false };
  const proc: BenchProcess = {
    argv,
    env: {},
    cwd: "/home/user",
    stdout: { write: (text) => (written.stdout += text), columns: 100 },
    stderr: { write: (text) => (written.stderr += text) },
    on: (signal, listener) => listeners.set(signal, listener),
    off: (signal) => listeners.delete(signal),
    nowMs: () => state.nowMs,
    exitNow: () => {
      state.ended = true;
    },
  };
  const send = (signal: EndSignal): void => listeners.get(signal)?.(signal);
  return { proc, written, state, send, listeners };
}

/** The scenario that tests run, with the parameters of the small one. */
export const quickstart: ScenarioDefinition = {
  ...smallDefinition,
  name: "quickstart",
  question: "Which is cheaper, a stream or assigns?",
};

/** One with another parameter, and none of the other's. */
export const soak: ScenarioDefinition = {
  ...smallDefinition,
  name: "soak",
  question: "What still grows after an hour?",
  parameters: {
    parts: {
      kind: "number",
      unit: "parts",
      default: 10,
      least: 1,
      most: 100,
      description: "Parts of the hour",
    },
  },
};

const nothing = () => Promise.reject(new Error("nothing should run"));

/** Services with two scenarios; a run of one is an error unless `runScenario` is given. */
export function services(runScenario?: Services["runScenario"]): Services {
  return {
    scenarios: { quickstart, soak },
    runScenario: runScenario ?? nothing,
    runCases: nothing,
    runSelfTest: nothing,
    runFuzz: nothing,
  };
}

/** Runs `bench` with these words and gives what it wrote and its exit code. */
export async function bench(argv: readonly string[], given: Services = services()): Promise<Recorded> {
  const { proc, written } = recordedProcess(argv);
  return { exitCode: await main(proc, given), ...written };
}
