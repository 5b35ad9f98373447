/**
 * Runs benchmarks: `npm run perf [-- name...] [-- --assert] [-- --skip-long]`. With `--assert` the exit code is 1
 * where a target was missed; without, the report says so and that is all, since times depend on the machine.
 */
import { parseArgs } from "node:util";
import type { BenchmarkIo } from "./benchmark.ts";
import { BENCHMARKS } from "./index.ts";

const { values, positionals } = parseArgs({
  options: {
    assert: { type: "boolean", default: false },
    "skip-long": { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
const chosen = BENCHMARKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));

const io: BenchmarkIo = {
  print: (line) => void process.stdout.write(`${line}\n`),
  progress: (line) => void process.stderr.write(`${line}\n`),
  skipsLong: values["skip-long"],
};

if (unknown.length > 0) {
  io.progress(`no benchmark ${unknown.join(", ")}; there are:`);
  for (const { name, describe } of BENCHMARKS) io.progress(`  ${name}  ${describe}`);
  process.exitCode = 1;
} else {
  for (const { name, describe, run } of chosen) {
    io.print(`${name}: ${describe}`);
    io.print("");
    const missed = await run(io);
    io.print("");
    for (const target of missed) io.print(`missed: ${target}`);
    if (missed.length === 0) io.print("every target was held");
    if (missed.length > 0 && values.assert) process.exitCode = 1;
  }
}
