import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Anatomy } from "../../harness/core/anatomy.ts";
import type { ExactMetric } from "../../harness/core/metric.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import type { Fault } from "../../reference-server/faults.ts";
import { renderWhy } from "../../reports/why.ts";
import { onlyResult, startBench, temporaryFolder } from "./bench.ts";
import { runOn, serverWith } from "./scenario-run.ts";

const COMMAND = ["run", "payload", "--history", "10", "--mode", "stream", "--mode", "stateful", "--why"];

async function payloadRun() {
  const folder = temporaryFolder();
  const { stdout } = await startBench(...COMMAND, "--quiet", "--out", folder).ended;
  return { stdout, result: onlyResult(folder) };
}

/** Of each operation of a run's frames, not deflated. */
const payloads = ({ metrics }: RunResult): ExactMetric[] =>
  metrics.flatMap((metric) =>
    metric.kind === "exact" && metric.name.startsWith("payload.") && !metric.name.includes(".deflated")
      ? [metric]
      : [],
  );

const anatomyOf = (result: RunResult, mode: string, name: string): Anatomy => {
  const anatomy = payloads(result).find((one) => one.mode === mode && one.name === name)?.anatomy;
  if (anatomy === undefined) throw new Error(`${name} in ${mode} was not taken apart`);
  return anatomy;
};

describe("where the bytes of a run went", () => {
  test("is exact, the same on every run, and printed from the saved result; README shows what is printed", async () => {
    const [{ stdout, result }, { result: again }] = await Promise.all([payloadRun(), payloadRun()]);
    const all = payloads(result);
    expect(all.map(({ mode }) => mode).filter((mode) => mode === "stateful")).toHaveLength(12);
    for (const { name, mode, values, anatomy } of all)
      expect({ name, mode, samples: anatomy?.samples, bytes: anatomy?.bytes }).toEqual({
        name,
        mode,
        samples: values.count,
        bytes: values.sum,
      });
    expect(payloads(again)).toEqual(all);

    const insert = anatomyOf(result, "stream", "payload.insert.one_10.bytes");
    expect(insert.parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(insert.bytes);
    const source = expect.stringMatching(
      /^web\/chat\/message-details\.ts:\d+ streams\.messages\[\]\.item\.content$/,
    );
    expect(insert.parts).toContainEqual({
      part: "dynamics",
      slot: "8.0.*.1.6",
      source,
      near: '<p class="content">',
      bytes: 57,
      times: 1,
    });

    expect(stdout.endsWith(`\n\n${renderWhy(result)}`)).toBe(true);
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [, shown = ""] = /\n(stream · edit the newest[\s\S]*?)\n```/.exec(readme) ?? [];
    // Lines of the server's code move; what is printed of them is the same.
    const withoutLines = (text: string) => text.replaceAll(/\.ts:\d+/g, ".ts");
    for (const block of shown.split("\n\n")) expect(withoutLines(stdout)).toContain(withoutLines(block));
    expect(shown.split("\n\n").map((block) => block.split(",")[0])).toEqual([
      "stream · edit the newest",
      "stateful · edit the newest",
    ]);
  });
});

describe("a defect that costs bytes is seen where it is committed", () => {
  const edits = async (faults: readonly Fault[]) => {
    const options = ["--mode", "stateful", "--users", "4", "--rate", "8", "--duration", "500ms"];
    return runOn(await serverWith(faults), "edits", ...options);
  };

  test("resend-statics and rerender-list, beside a server without any", async () => {
    const [right, resending, rerendering] = await Promise.all([
      edits([]),
      edits(["resend-statics"]),
      edits(["rerender-list"]),
    ]);
    const again = (result: RunResult, operation: string, part: string, slot: string) =>
      anatomyOf(result, "stateful", `payload.${operation}.bytes`)
        .parts.filter((one) => one.part === part && one.slot?.startsWith(slot))
        .reduce((sum, one) => sum + (one.again ?? 0), 0);

    const container = (result: RunResult) => {
      const { parts, samples } = anatomyOf(result, "stateful", "payload.update.bytes");
      const again = parts.find(({ part, slot }) => part === "statics" && slot === "8")?.again ?? 0;
      return again / samples;
    };
    expect([container(right), container(resending)]).toEqual([0, 60]);
    const suspects = [right, resending].map((result) =>
      renderWhy(result).includes("has the server forgotten"),
    );
    expect(suspects).toEqual([false, true]);
    expect(again(right, "other", "dynamics", "8.0.*")).toBe(0);
    expect(again(rerendering, "other", "dynamics", "8.0.*")).toBeGreaterThan(1000);
    expect(renderWhy(rerendering)).toContain("messages[].content, editing). An assign that is read there");
  });
});
