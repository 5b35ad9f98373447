#!/usr/bin/env node
import packageJson from "../package.json" with { type: "json" };
import { renderLive } from "../reports/live.ts";
import { renderSelfTest } from "../reports/self-test.ts";
import { ANSI, PLAIN } from "../reports/style.ts";
import { renderText } from "../reports/text.ts";
import { renderWhy } from "../reports/why.ts";
import { SCENARIOS } from "../scenarios/index.ts";
import type { Services } from "./commands/command.ts";
import { EXIT_CODES } from "./core/exit-codes.ts";
import type { SelfTestReport } from "./core/fault-case.ts";
import type { Io } from "./core/io.ts";
import type { RunResult } from "./core/run-result.ts";
import { showsColour } from "./core/text-stream.ts";
import { main } from "./main.ts";

const render = (result: RunResult, { stdout, env }: Io, why = false): string => {
  const style = showsColour(stdout, env) ? ANSI : PLAIN;
  const reports = why ? [renderText, renderWhy] : [renderText];
  return reports.map((report) => report(result, style, stdout.columns)).join("\n");
};

/** What a run needs of the rest. The report for a browser is loaded when it is needed, as much else below. */
const runnerServices = async () => {
  const { writeHtmlBeside } = await import("./commands/report/html-beside.ts");
  const renderDashboard = async () => (await import("../reports/dashboard/render.ts")).DASHBOARD;
  return {
    benchVersion: packageJson.version,
    render,
    renderLive,
    renderDashboard,
    writeReport: writeHtmlBeside,
  };
};

const renderVerdicts = (report: SelfTestReport, { stdout, env }: Io): string =>
  renderSelfTest(report, showsColour(stdout, env) ? ANSI : PLAIN, stdout.columns);

const services: Services = {
  scenarios: SCENARIOS,
  runScenario: async (definition, options, io) => {
    // Loaded when it is needed: Chrome's driver alone takes longer than most commands.
    const { runScenario } = await import("./run/run-scenario.ts");
    return runScenario(definition, options, io, await runnerServices());
  },
  runCases: async (definition, options, io) => {
    const { runCases } = await import("./cases/run-cases.ts");
    return runCases(definition, options, io, await runnerServices());
  },
  runSelfTest: async (definition, options, io) => {
    const { runSelfTest } = await import("./self-test/run-self-test.ts");
    return runSelfTest(definition, options, io, { render: renderVerdicts });
  },
  runFuzz: async (options, io) => {
    const { runFuzz } = await import("./sequences/run-fuzz.ts");
    return runFuzz(options, io);
  },
};

// A reader that has seen enough (`bench list | head -1`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await main(
  {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    on: (signal, listener) => process.on(signal, listener),
    off: (signal, listener) => process.off(signal, listener),
    nowMs: () => performance.now(),
    exitNow: () => process.exit(EXIT_CODES.interrupted),
  },
  services,
);
