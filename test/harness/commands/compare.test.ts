import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCompareReport } from "../../../harness/core/compare-report.ts";
import type { RunResult } from "../../../harness/core/run-result.ts";
import { latencies, minute, sizes, timedRun } from "../gate/runs.ts";
import { bench } from "./recorded-process.ts";
import { resultFolder } from "./result-folder.ts";

const folder = resultFolder();

/** A run in these modes, in each of which an insert takes so many bytes. */
function run(insert: Readonly<Record<string, number>>, changes: Partial<RunResult> = {}): RunResult {
  const modes = Object.keys(insert);
  const made = timedRun(
    modes.flatMap((mode) => [
      { ...sizes("payload.insert.bytes", mode, [insert[mode] ?? 0]), operation: "insert" },
      latencies("latency.insert.frame", mode, 10_000, 50_000),
    ]),
    changes,
  );
  return { ...made, configuration: { ...made.configuration, modes } };
}

async function compared(...words: readonly string[]) {
  const { exitCode, stdout, stderr } = await bench(["compare", ...words, "--format", "json"]);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return parseCompareReport(stdout, "standard output");
}

const variantsIn = async (...words: readonly string[]) =>
  (await compared(...words)).variants.map(({ name, runs }) => `${name} ${runs}`);

test("two results are compared, and the report for a browser is written beside them", async () => {
  const [one, other] = [
    folder.save("a.json", run({ stream: 538 })),
    folder.save("b.json", run({ stateful: 489 })),
  ];
  const { exitCode, stdout, stderr } = await bench(["compare", one, other]);
  const report = join(folder.path, "stream-vs-stateful.html");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `Report: ${report}\n` });
  expect(stdout.split("\n").find((line) => line.startsWith("  insert  "))).toBe(
    "  insert                          538        489   stateful by 9.1 %",
  );
  expect(readFileSync(report, "utf8")).toContain("<title>mixed-day compared · bench report</title>");
});

test("as HTML its path alone is printed", async () => {
  const [one, other] = [
    folder.save("a.json", run({ stream: 538 })),
    folder.save("b.json", run({ stateful: 489 })),
  ];
  const out = join(folder.path, "out");
  expect(await bench(["compare", one, other, "--format", "html", "--out", out])).toEqual({
    exitCode: 0,
    stdout: `${join(out, "stream-vs-stateful.html")}\n`,
    stderr: "",
  });
  expect(existsSync(join(out, "stream-vs-stateful.html"))).toBe(true);
});

describe("variants are told", () => {
  test("by the modes of one result", async () => {
    expect(await variantsIn(folder.save("run.json", run({ stream: 1, stateful: 2, keyed: 3 })))).toEqual([
      "stream 1",
      "stateful 1",
      "keyed 1",
    ]);
  });

  test("by the modes of several results that are repeats of one run", async () => {
    const paths = [0, 1, 2].map((at) =>
      folder.save(`${at}.json`, run({ stream: 1, stateful: 2 }, { startedAt: minute(at) })),
    );
    expect(await variantsIn(...paths)).toEqual(["stream 3", "stateful 3"]);
  });

  test("by folders, where the mode is the same", async () => {
    for (const at of [0, 1]) {
      folder.save(`base/${at}.json`, run({ stream: 1 }, { startedAt: minute(2 * at) }));
      folder.save(`head/${at}.json`, run({ stream: 2 }, { startedAt: minute(2 * at + 1) }));
    }
    expect(await variantsIn(join(folder.path, "head"), join(folder.path, "base"))).toEqual([
      "head 2",
      "base 2",
    ]);
    expect(await variantsIn(folder.path)).toEqual(["base 2", "head 2"]);
  });

  test("by files, where the mode is the same", async () => {
    const paths = ["before", "after"].map((name) => folder.save(`${name}.json`, run({ stream: 1 })));
    expect(await variantsIn(...paths)).toEqual(["before 1", "after 1"]);
  });

  test("by folders and modes, where folders share several", async () => {
    folder.save("base/0.json", run({ stream: 1, stateful: 2 }));
    folder.save("head/0.json", run({ stream: 3, stateful: 4 }));
    expect(await variantsIn(join(folder.path, "base"), join(folder.path, "head"))).toEqual([
      "base stream 1",
      "base stateful 1",
      "head stream 1",
      "head stateful 1",
    ]);
  });

  test("by files and modes, where files that share modes were not run alike", async () => {
    const paths = [
      folder.save("few.json", run({ stream: 1, stateful: 2 })),
      folder.save("many.json", run({ stream: 1, stateful: 2 }, { seed: 2 })),
    ];
    const report = await compared(...paths);
    expect(report.variants.map(({ name }) => name)).toEqual([
      "few stream",
      "few stateful",
      "many stream",
      "many stateful",
    ]);
    expect(report.notes.slice(0, 2)).toEqual([
      "few stream and many stream: seed: 1 and 2",
      "few stream and many stateful: seed: 1 and 2",
    ]);
  });
});

describe("what makes figures less than they seem is said:", () => {
  const repeats = (name: string, mode: string, startsAt: (repeat: number) => number, changes = {}) => {
    for (let at = 0; at < 5; at++) {
      folder.save(`${name}/${at}.json`, run({ [mode]: 1 }, { startedAt: minute(startsAt(at)), ...changes }));
    }
  };

  test("runs that were not made in turn", async () => {
    repeats("one", "stream", (at) => at);
    repeats("other", "stateful", (at) => 10 + at);
    expect((await compared(folder.path)).notes).toEqual([
      "stateful and stream were not measured in turn: what changed in the machine in between counts as a difference.",
    ]);
  });

  test("runs that crossed a threshold, in the mode that did", async () => {
    const threshold = {
      name: "delivery.lost",
      expression: "value==0",
      operator: "==" as const,
      expected: 0,
      actual: 2,
      unit: "count" as const,
      level: "error" as const,
      passed: false,
      mode: "stateful",
    };
    const crossed = run(
      { stream: 1, stateful: 2 },
      { verdict: "failed", exitCode: 99, thresholds: [threshold], startedAt: minute(1) },
    );
    const { notes } = await compared(
      folder.save("0.json", run({ stream: 1, stateful: 2 })),
      folder.save("1.json", crossed),
    );
    expect(notes[0]).toBe("1 of 2 runs of stateful crossed a threshold: delivery.lost value==0");
    expect(notes.filter((note) => note.includes("crossed"))).toHaveLength(1);
  });

  test("runs that were", async () => {
    repeats("one", "stream", (at) => 2 * at);
    repeats("other", "stateful", (at) => 2 * at + 1);
    expect((await compared(folder.path)).notes).toEqual([]);
  });

  test("another machine, of which only what is exact is compared", async () => {
    repeats("one", "stream", (at) => 2 * at);
    const { environment } = run({ stream: 1 });
    repeats("other", "stateful", (at) => 2 * at + 1, { environment: { ...environment, cpus: 64 } });
    const { notes, figures } = await compared(folder.path);
    expect(notes).toEqual(["They were measured on different machines: only what is exact is compared."]);
    expect(figures.map(({ outcome, why }) => `${outcome} ${why}`.trim())).toEqual([
      "same",
      "untested measured on different machines",
      "untested measured on different machines",
    ]);
  });
});

describe("what cannot be used is told, all of it at once, with exit code 104:", () => {
  const refused = async (...argv: readonly string[]) => {
    const { exitCode, stdout, stderr } = await bench(["compare", ...argv]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 104, stdout: "" });
    return stderr.replaceAll(`${folder.path}/`, "").split("\n").slice(0, -1);
  };

  test("results", async () => {
    const other = folder.save("other.json", { ...run({ stateful: 1 }), scenario: "soak" });
    const failed = folder.save("void.json", {
      ...run({ stream: 1 }),
      verdict: "void",
      exitCode: 97,
      generator: { ...run({ stream: 1 }).generator, believable: false, reasons: ["too late"] },
    });
    expect(
      await refused(failed, other, join(folder.path, "no.json"), "--repeat", "3", "--mode", "stream"),
    ).toEqual([
      "bench: 5 problems:",
      "  --mode is for a scenario that is run, not for results",
      "  --repeat is for a scenario that is run, not for results",
      "  void.json cannot be used: it is void: too late",
      expect.stringMatching(/^ {2}no\.json cannot be read: ENOENT/),
      "  they are runs of several scenarios: mixed-day, soak",
    ]);
  });

  test("one variant alone", async () => {
    expect(await refused(folder.save("a.json", run({ stream: 1 })))).toEqual([
      "bench: there is one variant alone: a. Give the results of another mode, or of another run.",
    ]);
  });

  test("settings of a scenario", async () => {
    expect(
      await refused(
        "quickstart",
        ...["--mode", "steam,stateful", "--vary", "users=0,many", "--vary", "usrs=1", "--vary", "users"],
        ...["--target", "nowhere", "--with=--rate=0"],
      ),
    ).toEqual([
      "bench: 7 problems:",
      "  --target nowhere is neither an address nor a file",
      "  --vary names no parameter: usrs; did you mean users?",
      '  --vary must be parameter=value,value, as users=50,100, not "users"',
      '  --users must be a whole number from 1 to 1,000 users, not "0"',
      '  --rate must be a number from 0.1 to 1,000 a second, not "0"',
      '  --mode cannot be "steam"; did you mean stream?',
      '  --users must be a whole number from 1 to 1,000 users, not "many"',
    ]);
  });

  test.each([
    [["quikstart"], "bench: quikstart is neither a scenario nor a file; did you mean quickstart?"],
    [
      ["quickstart", "--mode", "stream"],
      "bench: compare needs two variants, as --mode stream,stateful or --vary users=50,100",
    ],
    [["quickstart", "soak"], "bench: one scenario is run at a time, or results are read: quickstart soak"],
    [["quickstart", "--with=--nonsense"], "bench: unknown option --nonsense"],
    [["quickstart", "--with=--help"], "bench: --with takes options of bench run that change what is run"],
    [["quickstart", "--with=--mode=keyed"], "bench: --with cannot be --mode: give it to compare itself"],
    [["quickstart", "--with=--out=there"], "bench: --with cannot be --out: compare says it"],
    [["quickstart", "--format", "tex"], 'bench: --format cannot be "tex"; did you mean text?'],
    [[], "bench: compare needs what: bench compare quickstart"],
  ])("%j", async (argv, said) => {
    expect((await refused(...argv))[0]?.slice(0, said.length)).toBe(said);
  });
});
