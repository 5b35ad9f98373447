import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RunResult } from "../../harness/core/run-result.ts";
import { whyUnfit } from "../../harness/gate/comparable.ts";
import { noisyReadings } from "../../harness/gate/noisy-entries.ts";
import { judgeNoisy, NOISY_RULES } from "../../harness/gate/noisy-verdict.ts";
import { benchRun } from "../../harness/self-test/bench-process.ts";
import { type Row, table } from "../../reports/table.ts";
import type { Benchmark } from "./benchmark.ts";
import { startReferenceServer } from "./load/server-process.ts";
import { median } from "./measure.ts";

const SLOWER_PERCENT = 5;
/** In each round of the pool all three are run, in an order that is drawn. */
const BUILDS = { base: 0, same: 0, slower: SLOWER_PERCENT } as const;
type Build = keyof typeof BUILDS;
const BUILD_NAMES = Object.keys(BUILDS) as Build[];

const ROUNDS = 60;
const TRIES = 200;
/** So many rounds in a try: what a gate takes at least, and, last, what it takes to see so small a change on two virtual cores. */
const REPEATS = [NOISY_RULES.repeats, 25, 75] as const;
/** What the gate is to see, of so many tries, and how often it may be wrong. */
const SEEN_LEAST = 0.95;

const MOST_VOID = 3;

const USERS = 150;
const LOAD = ["--mode", "stream", "--users", String(USERS), "--rate", "40", "--duration", "3s"];
const ENTRY_PATH = fileURLToPath(new URL("../../harness/bin.ts", import.meta.url));

const NOTES = [
  `Recorded: ${ROUNDS} rounds of three runs, in an order that is drawn, of 3 s of inserts for ${USERS} users, each on a server of its`,
  "own. A try draws as many rounds as there are repeats, putting each back, and by lot which of its two runs of the same build",
  "comes before; it holds those to the slower ones, and to each other, as bench gate does.",
];

/** The runs of a round, one of each build. */
type Round = Readonly<Record<Build, RunResult>>;

/** How small a change the gate sees on this machine, and whether it sees one where there is none. */
export const benchmark: Benchmark = {
  name: "gate",
  describe: `how often bench gate sees that inserts are slower by ${SLOWER_PERCENT} %, and how often that nothing is`,
  async run({ print, progress }) {
    const random = xoroshiro128plus(1);
    const below = (end: number) => uniformInt(random, 0, end - 1);
    const rounds = await recorded(progress, below);
    const outcomes = REPEATS.map((repeats) => outcomeOf(rounds, repeats, below));
    for (const line of table(
      ["scatter", "slower by", "said of slower", "of same"],
      rowsOf(rounds, outcomes.at(-1)),
      100,
    ))
      print(line);
    print("");
    for (const { repeats, slower, same } of outcomes) {
      const [seen, alarms] = [slower, same].map((found) => percent(share(found)));
      print(
        `${repeats} repeats: of ${TRIES} tries ${seen} with slower inserts are called regressed, ${alarms} with the same build.`,
      );
    }
    for (const line of NOTES) print(line);
    print(`${cpus().length} × ${cpus()[0]?.model}, node ${process.version}.`);
    const seen = share(outcomes.at(-1)?.slower ?? []);
    const alarms = Math.max(...outcomes.map(({ same }) => share(same)));
    return [
      ...(seen < SEEN_LEAST ? [`slower inserts are seen in ${percent(SEEN_LEAST)} of the tries`] : []),
      ...(alarms > NOISY_RULES.alpha
        ? [`the same build is called regressed in ${percent(NOISY_RULES.alpha)} of the tries at most`]
        : []),
    ];
  },
};

/** A whole number from 0 to below another one. */
type Below = (end: number) => number;

async function recorded(progress: (line: string) => void, below: Below): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    progress(`round ${round} of ${ROUNDS} ...`);
    const results: Partial<Record<Build, RunResult>> = {};
    for (const build of shuffled(BUILD_NAMES, below))
      results[build] = await believableRunOf(BUILDS[build], progress);
    rounds.push(results as Round);
  }
  return rounds;
}

/** The readings that are called regressed in each try. */
interface Outcome {
  readonly repeats: number;
  readonly slower: readonly string[][];
  readonly same: readonly string[][];
}

function outcomeOf(rounds: readonly Round[], repeats: number, below: Below): Outcome {
  const tries = Array.from({ length: TRIES }, () =>
    Array.from({ length: repeats }, (_, at) => {
      const round = rounds[below(rounds.length)];
      if (round === undefined) throw new Error("nothing was recorded");
      return inTurn(round, at, below(2) === 1);
    }),
  );
  const regressedIn = (build: Build) => tries.map((chosen) => regressions(chosen, build));
  return { repeats, slower: regressedIn("slower"), same: regressedIn("same") };
}

/** In which part of the tries anything was found. */
const share = (found: readonly string[][]): number => found.filter(({ length }) => length > 0).length / TRIES;

/** A run that is not void, if there is one in a few: the machine may do something else meanwhile. */
async function believableRunOf(slowerPercent: number, progress: (line: string) => void): Promise<RunResult> {
  for (let again = 0; ; again += 1) {
    const result = await runOf(slowerPercent);
    const why = whyUnfit(result);
    if (why === null) return result;
    if (result.verdict !== "void" || again === MOST_VOID) throw new Error(`a run cannot be used: ${why}`);
    progress(`once more: ${why}`);
  }
}

/** A run on a server whose inserts are slower by a part of their own time. */
async function runOf(slowerPercent: number): Promise<RunResult> {
  const folder = await mkdtemp(join(tmpdir(), "bench-perf-gate-"));
  const database = join(folder, "chat.db");
  const words = ["--database", database, "--users", String(USERS), "--slower-inserts", String(slowerPercent)];
  const server = await startReferenceServer(...words);
  try {
    const where = ["--target", server.url, "--database", database, "--server-pid", String(server.pid)];
    const options = [...where, ...LOAD];
    const { signal } = new AbortController();
    const run = { entryPath: ENTRY_PATH, scenario: "insert-fanout", options, outDir: folder, signal };
    return await benchRun(run);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A round as the repeat of a number in a try. @param swapped which of the two runs of the same build is the base */
function inTurn({ base, same, slower }: Round, at: number, swapped: boolean): Round {
  const begun = (run: RunResult, turn: number): RunResult => ({
    ...run,
    startedAt: new Date(Date.parse(base.startedAt) + (2 * at + turn) * 60_000).toISOString(),
  });
  const [one, other] = swapped ? [same, base] : [base, same];
  return { base: begun(one, 0), same: begun(other, 1), slower: begun(slower, 1) };
}

function shuffled<Item>(from: readonly Item[], below: Below): Item[] {
  const left = [...from];
  return from.flatMap(() => left.splice(below(left.length), 1));
}

/** The readings that are called regressed where those of a build are held to those of the base. */
function regressions(rounds: readonly Round[], build: Build): string[] {
  const [before, after] = [readingsOf(rounds, "base"), readingsOf(rounds, build)];
  return judgeNoisy(before, after).flatMap((verdict) =>
    verdict.outcome === "regressed" ? [nameOf(verdict)] : [],
  );
}

function readingsOf(rounds: readonly Round[], build: Build) {
  const readings = noisyReadings(rounds.map((round) => round[build]));
  if (readings === null) throw new Error("a run has measured nothing");
  return readings;
}

const nameOf = ({ metric, reading }: { readonly metric: string; readonly reading: string }) =>
  `${metric} ${reading}`;

/** What each reading scatters by, is slower by, and how often it is called so. */
function rowsOf(
  rounds: readonly Round[],
  { slower, same }: Pick<Outcome, "slower" | "same"> = { slower: [], same: [] },
): Row[] {
  const after = new Map(readingsOf(rounds, "slower").metrics.map((entry) => [nameOf(entry), entry]));
  const said = (found: readonly string[][], name: string) =>
    found.filter((names) => names.includes(name)).length / TRIES;
  return readingsOf(rounds, "base").metrics.map((entry) => {
    const name = nameOf(entry);
    const [before, values] = [entry, after.get(name)].map((one) =>
      (one?.values ?? []).filter((value) => value !== null),
    );
    const middle = median(before ?? []);
    const scatter = (1.4826 * median((before ?? []).map((value) => Math.abs(value - middle)))) / middle;
    const cells = [scatter, median(values ?? []) / middle - 1, said(slower, name), said(same, name)];
    return { label: name, cells: cells.map((value) => ({ text: percent(value) })) };
  });
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
