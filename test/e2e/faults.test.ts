import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import type { CheckKind } from "../../harness/core/checks.ts";
import type { Fault } from "../../reference-server/faults.ts";
import { POSTGRES } from "../databases.ts";
import { believable } from "./believable.ts";
import { onlyResult, startBench, startNode, temporaryFolder } from "./bench.ts";

/** A server that commits faults, or none, started apart from whoever checks it. */
const serverWith = (...faults: readonly Fault[]) => serverOn(join(temporaryFolder(), "chat.db"), ...faults);

async function serverOn(
  database: string,
  ...faults: readonly Fault[]
): Promise<{ url: string; database: string }> {
  const { child } = startNode(
    "reference-server/main.ts",
    ...["--port", "0", "--database", database, "--users", "21", "--instrument"],
    ...faults.flatMap((fault) => ["--fault", fault]),
  );
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = await new Promise<string[]>((resolve) => lines.once("line", (said) => resolve([said])));
  return { url: (JSON.parse(line ?? "{}") as { url: string }).url, database };
}

/** The quickstart, small, against a server. */
async function benchAgainst(url: string, database: string, ...more: readonly string[]) {
  const folder = temporaryFolder();
  const { stdout, exitCode } = await startBench(
    ...["run", "quickstart", "--users", "20", "--browsers", "1", "--duration", "500ms"],
    ...["--target", url, "--database", database, "--out", folder, ...more],
  ).ended;
  return { stdout, exitCode, result: onlyResult(folder) };
}

const CASES: readonly [Fault, step: string, kinds: readonly CheckKind[], first: RegExp][] = [
  ["drop-delete", "3 delete", ["user-vs-oracle", "chrome-vs-oracle"], /messages-\d+ .*should not be there/],
];

test.each(CASES)(
  "the fault %s is caught at step %s, in both modes, by its checks",
  async (fault, step, kinds, first) => {
    const { url, database } = await serverWith(fault);
    const { stdout, exitCode, result } = await benchAgainst(url, database);
    const { checks, verdict } = result;
    expect({ exitCode, verdict }).toEqual({ exitCode: 98, verdict: "failed" });

    for (const kind of kinds) {
      for (const mode of ["stream", "stateful"]) {
        expect(checks.kinds[kind]?.modes[mode]?.failed, `${kind} in ${mode}`).toBeGreaterThan(0);
      }
    }
    expect(checks.failures[0]).toMatchObject({
      mode: "stream",
      step,
      item: expect.stringMatching(/^messages-\d+$/),
    });
    expect(checks.failures[0]?.message).toMatch(first);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(checks.failures[0]?.message);
  },
);

describe.each(POSTGRES)("a server on $name", ({ emptyLocation }) => {
  test("passes when it is healthy", async () => {
    const { url, database } = await serverOn(await emptyLocation());
    const { exitCode, result } = await believable(() => benchAgainst(url, database));
    const { verdict, checks } = result;
    expect({ exitCode, verdict, failed: checks.failed }).toEqual({
      exitCode: 0,
      verdict: "passed",
      failed: 0,
    });
    const perMode = { stream: { made: 20 * 7, failed: 0 }, stateful: { made: 20 * 7, failed: 0 } };
    expect(checks.kinds["user-vs-oracle"]?.modes).toEqual(perMode);
  });

  test("is caught when it drops a delete", async () => {
    const { url, database } = await serverOn(await emptyLocation(), "drop-delete");
    const { exitCode, result } = await benchAgainst(url, database, "--mode", "stream");
    expect([exitCode, result.verdict]).toEqual([98, "failed"]);
    expect(result.checks.failures[0]).toMatchObject({ mode: "stream", step: "3 delete" });
    expect(result.checks.failures[0]?.message).toMatch(/messages-\d+ .*should not be there/);
  });
});
