import { join } from "node:path";
import { parseRunResult, type RunResult } from "../../harness/core/run-result.ts";
import type { Fault } from "../../reference-server/faults.ts";
import { startBench, temporaryFolder } from "./bench.ts";
import { startChat } from "./chat-process.ts";

/** A reference server that runs, and its database. */
export interface ScenarioServer {
  readonly url: string;
  readonly database: string;
}

/** Starts a server that commits faults, or none. Only its own process is told of them. */
export async function serverWith(
  faults: readonly Fault[],
  ...argv: readonly string[]
): Promise<ScenarioServer> {
  const database = join(temporaryFolder(), "chat.db");
  const { url } = await startChat(
    {},
    ...["--port", "0", "--database", database, "--users", "100", "--rooms", "5", "--instrument"],
    ...argv,
    ...faults.flatMap((fault) => ["--fault", fault]),
  );
  return { url, database };
}

/** Runs a scenario on a server, and gives its result. */
export function runOn(
  { url, database }: ScenarioServer,
  scenario: string,
  ...options: readonly string[]
): Promise<RunResult> {
  return runBench(scenario, "--target", url, "--database", database, ...options);
}

/** Runs a scenario, and gives its result. */
export async function runBench(scenario: string, ...options: readonly string[]): Promise<RunResult> {
  const started = startBench(
    ...["run", scenario, "--workers", "1", "--json", "--out", temporaryFolder()],
    ...options,
  );
  const { stdout, stderr, exitCode } = await started.ended;
  if (stdout === "") throw new Error(`${scenario} gave no result, but exit code ${exitCode}: ${stderr}`);
  return parseRunResult(stdout, scenario);
}
