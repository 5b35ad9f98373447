import { availableParallelism } from "node:os";
import { EXIT_CODES, type ExitCode } from "../core/exit-codes.ts";
import type { SelfTestReport } from "../core/fault-case.ts";
import type { Io } from "../core/io.ts";
import { ownModule } from "../core/own-module.ts";
import type { SelfTestDefinition, SelfTestOptions } from "../core/self-test.ts";
import { tryFaults } from "./try-faults.ts";

const ENTRY_PATH = ownModule("../bin", import.meta.url);

/** How a report is told. */
export interface SelfTestServices {
  render(report: SelfTestReport, io: Io): string;
}

/**
 * Tries every fault, and tells what became of it as it goes, on standard error, and of all in the end.
 *
 * @returns what to exit with: `incorrect` where a fault was not caught as it had to be, or something was found that there
 *   is not
 */
export async function runSelfTest(
  { cases, name }: SelfTestDefinition,
  { only, atOnce = availableParallelism(), json, quiet }: SelfTestOptions,
  io: Io,
  { render }: SelfTestServices,
): Promise<ExitCode> {
  const say = (line: string) => void (quiet || io.stderr.write(`${line}\n`));
  const chosen = cases.filter(({ fault }) => only === undefined || only.includes(fault));
  say(`${name}: ${chosen.length} faults, ${atOnce} runs at a time`);
  const report = await tryFaults({
    cases: chosen,
    entryPath: ENTRY_PATH,
    atOnce,
    signal: io.signal,
    onVerdict: ({ case: { fault }, outcome, by }) => say(`${fault}: ${outcome}, ${by}`),
    onHealthy: ({ scenario, mode, alarms }) =>
      say(`no fault, ${scenario} in ${mode}: ${alarms[0] ?? "no alarm"}`),
  });
  io.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : render(report, io));
  const isRight =
    report.faults.every(({ outcome }) => outcome === "caught") &&
    report.healthy.every(({ alarms }) => alarms.length === 0);
  return isRight ? EXIT_CODES.passed : EXIT_CODES.incorrect;
}
