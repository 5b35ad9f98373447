import { resolve } from "node:path";
import { z } from "zod";
import { UsageError } from "../core/errors.ts";
import { EXIT_CODES } from "../core/exit-codes.ts";
import { makeBaseline, whyNoBaseline } from "../gate/make-baseline.ts";
import type { Command } from "./command.ts";
import { baselineLine, writeBaseline } from "./gate/baseline-file.ts";
import { readRuns, refuseFor } from "./gate/read-runs.ts";
import { suggestion } from "./nearest.ts";
import { path } from "./option-values.ts";
import { readOptions } from "./read-options.ts";

/** Where a project keeps what its runs are held to. */
export const BASELINES = "reports/baselines";

const options = {
  out: {
    kind: "value",
    description: "File that it is written to",
    otherwise: `${BASELINES}/<scenario>.json`,
  },
} satisfies Command["options"];

const schema = (cwd: string) => z.object({ out: path(cwd).optional() });

/** `bench baseline save <runs..>`: what later runs are held to, as a small file that is kept in the repository. */
export const baseline: Command = {
  description: "Save what runs are held to by bench gate",
  argument: { name: "action", description: "save", values: ["save"] },
  others: { name: "runs", description: "Results of one run or its repeats, or folders of them" },
  options,
  examples: [
    ["bench baseline save bench-results/payload-2026-01-02T03-04-05Z.json", "of one run"],
    ["bench baseline save base/ --out reports/baselines/mixed-day.json", "of repeats in a folder"],
  ],
  run: async ({ action, runs, ...args }, { cwd, stdout }) => {
    if (action !== "save") {
      throw new UsageError(
        `bench baseline cannot ${String(action)}${suggestion(String(action), ["save"])}; it can save`,
        { code: "unknown-action" },
      );
    }
    const given = readOptions(options, schema(cwd), args);
    const read = readRuns((runs as readonly unknown[]).map(String), cwd);
    if (read.runs === null || read.problems.length > 0) return refuseFor(read.problems);
    const made = makeBaseline(read.runs);
    const why = whyNoBaseline(made);
    if (why !== null) return refuseFor([why]);
    const file = given.out ?? resolve(cwd, BASELINES, `${made.scenario}.json`);
    writeBaseline(file, made);
    stdout.write(`${file}: ${baselineLine(made)}\n`);
    return EXIT_CODES.passed;
  },
};
