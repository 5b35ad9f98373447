import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Metric } from "../../harness/core/metric.ts";
import { METRIC_NAMES } from "../../harness/core/metric-names.ts";
import { parseRunResult, type RunResult } from "../../harness/core/run-result.ts";
import { believable } from "./believable.ts";
import { onlyResult, startBench, temporaryFolder } from "./bench.ts";

const SMALL = ["--users", "20", "--browsers", "2", "--duration", "500ms", "--seed", "7"];

const counterOf = (result: RunResult, name: string) =>
  result.metrics.flatMap((metric) =>
    metric.name === name && metric.kind === "counter"
      ? [{ mode: metric.mode, value: metric.values.value }]
      : [],
  );
/** Deflated they depend on identifiers and times as well, which are fixed in `payload` alone. */
const exactOf = ({ metrics }: RunResult): Metric[] =>
  metrics.filter(({ kind, name }) => kind === "exact" && !name.includes(".deflated"));

test("quickstart checks everybody after each step in both modes, and all is well", async () => {
  const { stdout, stderr, exitCode, folder, result } = await believable(async () => {
    const folder = temporaryFolder();
    const ended = await startBench("run", "quickstart", ...SMALL, "--out", folder).ended;
    return { ...ended, folder, result: onlyResult(folder) };
  });
  expect({ stderr, exitCode }).toMatchObject({ exitCode: 0 });

  expect(result).toMatchObject({ scenario: "quickstart", verdict: "passed", seed: 7, exitCode: 0 });
  // Seven checkpoints: at mount, and after each of six steps.
  const perMode = (made: number) => ({ stream: { made, failed: 0 }, stateful: { made, failed: 0 } });
  const { kinds } = result.checks;
  expect(kinds["user-vs-oracle"]?.modes).toEqual(perMode(20 * 7));
  expect(kinds["chrome-vs-oracle"]?.modes).toEqual(perMode(2 * 7));
  expect(kinds["chrome-vs-user"]?.modes).toEqual(perMode(2 * 7));
  expect(kinds["chrome-vs-frames"]?.modes).toEqual(perMode(2 * 7));
  expect(kinds["console-clean"]?.modes).toEqual(perMode(2));
  expect(kinds.delivery?.modes).toEqual(perMode((20 + 2) * 7));

  expect(counterOf(result, METRIC_NAMES.chromeConnections)).toEqual([
    { mode: "stream", value: 2 },
    { mode: "stateful", value: 2 },
  ]);
  // Five inserts, and two later: six of them for 18 users and 2 Chromes, one in the other room, where two are.
  expect(counterOf(result, METRIC_NAMES.deliveryReceived)).toEqual([
    { mode: "stream", value: 6 * 20 + 2 },
    { mode: "stateful", value: 6 * 20 + 2 },
  ]);
  const latencies = result.metrics.filter(({ name }) => name.startsWith("latency.insert."));
  expect(latencies.map(({ name, mode }) => `${mode} ${name}`).sort()).toEqual(
    ["stateful", "stream"].flatMap((mode) =>
      ["dom", "frame", "page", "reply"].flatMap((point) =>
        ["", ".uncorrected"].map((from) => `${mode} latency.insert.${point}${from}`),
      ),
    ),
  );
  expect(result.metrics.filter(({ name }) => name === METRIC_NAMES.serverMemoryPerConnection).length).toBe(2);

  expect([stdout, stderr].map((said) => said.match(/[^\P{Cc}\n]/u))).toEqual([null, null]);
  expect(stdout.trimEnd().split("\n").at(-1)).toMatch(/^PASSED: /);
  const [resultLine = "", reportLine = ""] = stderr.trimEnd().split("\n").slice(-2);
  expect(resultLine).toMatch(new RegExp(`^Result: ${folder}/quickstart-.*\\.json$`));
  expect(reportLine).toBe(resultLine.replace("Result: ", "Report: ").replace(/json$/, "html"));
  expect(readFileSync(reportLine.replace("Report: ", ""), "utf8")).toContain("<h1>quickstart</h1>");
});

test("the same seed gives the same bytes, another seed others; --json prints the result alone", async () => {
  const folder = temporaryFolder();
  const run = async (seed: string) => {
    const options = [
      "--users",
      "10",
      "--browsers",
      "0",
      "--mode",
      "stateful",
      "--duration",
      "500ms",
      "--seed",
      seed,
    ];
    const { stdout, stderr } = await startBench(
      "run",
      "quickstart",
      ...options,
      "--json",
      "--quiet",
      "--out",
      folder,
    ).ended;
    expect(stderr).toBe("");
    return exactOf(parseRunResult(stdout, "stdout"));
  };
  const [first, same, other] = await Promise.all([run("3"), run("3"), run("4")]);
  expect(same).toEqual(first);
  expect(other).not.toEqual(first);
});
