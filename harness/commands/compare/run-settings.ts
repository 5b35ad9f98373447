import { join } from "node:path";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { duration } from "../../../reports/quantities.ts";
import type { Variants } from "../../compare/compare.ts";
import type { Variant } from "../../compare/variant.ts";
import type { CompareReport } from "../../core/compare-report.ts";
import { BenchError, UsageError } from "../../core/errors.ts";
import { EXIT_CODES } from "../../core/exit-codes.ts";
import { type RunResult, serializeRunResult } from "../../core/run-result.ts";
import { whyUnfit } from "../../gate/comparable.ts";
import { turns } from "../../gate/turns.ts";
import type { OneOfRuns } from "../gate/believable-run.ts";
import type { Setting } from "./settings.ts";
import { slugOf } from "./slug.ts";
import { variantsOf } from "./variants.ts";
import { writeFile } from "./write-file.ts";

/** Settings that are to be run in turn. */
export interface SettingsRun {
  /** As it is named on the command line. */
  readonly scenario: string;
  readonly settings: readonly Setting[];
  /** How often each is run. */
  readonly repeats: number;
  /** What the order is drawn from. */
  readonly seed: number;
  /** The folder in which each setting has one of its own. */
  readonly folder: string;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly nowMs: () => number;
  /** Makes one run. */
  readonly run: (one: OneOfRuns) => Promise<RunResult>;
}

/** What was run: variants, and in which order. */
export interface SettingsDone {
  readonly variants: Variants;
  readonly order: NonNullable<CompareReport["order"]>;
}

const STEPS = 2 ** 32;

/** In the folder of a comparison: what is run, a line a run, in its order. */
const ORDER_FILE = "order.txt";

const orderText = ({ settings, scenario }: SettingsRun, order: readonly number[]): string =>
  order.map((place) => `bench run ${[scenario, ...(settings[place]?.words ?? [])].join(" ")}\n`).join("");

/**
 * Runs each setting as often as is asked for, all of them in each round, in an order that is drawn from the seed. Every result is
 * written as soon as it is there. A run that is void again and again is left out.
 *
 * @throws BenchError where a run cannot be compared, or more than a third of a variant's are void: it ends at the first one
 */
export async function runSettings(options: SettingsRun): Promise<SettingsDone> {
  const { settings, repeats, seed, say, nowMs } = options;
  const random = xoroshiro128plus(seed);
  const places = settings.map((_, at) => at);
  const order = turns(places, repeats, () => uniformInt(random, 0, STEPS - 1) / STEPS);
  const results: RunResult[][] = settings.map(() => []);
  const leftOut: number[] = [];
  const folders = foldersOf(options);
  // Before anything is run, so that no run is made whose result would be lost.
  writeFile(join(options.folder, ORDER_FILE), orderText(options, order));
  const beganMs = nowMs();
  for (const [done, place] of order.entries()) {
    const setting = settings[place];
    const made = results[place];
    const own = folders[place];
    if (setting === undefined || made === undefined || own === undefined) continue;
    const left = done === 0 ? "" : `, ${duration(((nowMs() - beganMs) / done) * (order.length - done))} left`;
    say(`run ${done + 1} of ${order.length}: ${setting.name || options.scenario}${left}`);
    const result = await runOne(setting, options);
    const round = order.slice(0, done).filter((other) => other === place).length + 1;
    const path = join(own, `${String(round).padStart(2, "0")}.json`);
    if (result.verdict === "void" && canLeaveOut(options, round - made.length)) {
      // Under a name by which it is no result of that folder.
      writeFile(`${path}.void`, serializeRunResult(result));
      say(`${setting.name || options.scenario}: void again and again, left out`);
      leftOut.push(done);
      continue;
    }
    writeFile(path, serializeRunResult(result));
    refuseUnfit(result, setting, path);
    made.push(result);
  }
  const variants = settings.flatMap(({ name }, at) => variantsOf(name, results[at] ?? []));
  return {
    variants: atLeastTwo(variants),
    order: { seed, turns: order, ...(leftOut.length === 0 ? {} : { leftOut }) },
  };
}

function runOne(
  { name, words }: Setting,
  { scenario, cwd, signal, say, run }: SettingsRun,
): Promise<RunResult> {
  return run({ name: name || scenario, words: [scenario, ...words], cwd, signal, say });
}

/** Whether so many of a variant's runs may be void: where they are more than a third, the load is too much for the machine. */
const canLeaveOut = ({ repeats }: SettingsRun, many: number): boolean => many * 3 <= repeats;

function refuseUnfit(result: RunResult, { name }: Setting, path: string): void {
  const why = whyUnfit(result);
  if (why === null) return;
  const what = name === "" ? result.scenario : name;
  throw new BenchError(`${what} cannot be compared: ${why.replace(/\.$/, "")}. Its result is ${path}`, {
    code: "unfit-run",
    exitCode:
      result.verdict === "void"
        ? EXIT_CODES.void
        : result.verdict === "interrupted"
          ? EXIT_CODES.unexpected
          : EXIT_CODES.incorrect,
  });
}

/** A folder a setting. */
function foldersOf({ settings, folder, scenario }: SettingsRun): string[] {
  const slugs = settings.map(({ name }) => slugOf(name || scenario));
  return slugs.map((slug, at) => join(folder, slugs.indexOf(slug) < at ? `${slug}-${at + 1}` : slug));
}

function atLeastTwo(variants: readonly Variant[]): Variants {
  const [first, second, ...others] = variants;
  if (first === undefined || second === undefined) {
    throw new UsageError(
      `there is one variant alone: ${first?.name ?? "none"}. Compare it with another --mode or --target.`,
      { code: "one-variant" },
    );
  }
  return [first, second, ...others];
}
