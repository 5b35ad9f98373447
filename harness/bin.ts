#!/usr/bin/env node
import type { Services } from "./commands/command.ts";
import { BenchError } from "./core/errors.ts";
import { EXIT_CODES } from "./core/exit-codes.ts";
import { main } from "./main.ts";

const services: Services = {
  scenarios: {},
  runScenario: async () => {
    throw new BenchError("scenarios cannot be run yet", { code: "not-wired" });
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
