import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import type { CheckKind } from "../../harness/core/checks.ts";
import type { Fault } from "../../reference-server/faults.ts";
import { onlyResult, startBench, startNode, temporaryFolder } from "./bench.ts";

/** A server that commits a fault, started apart from whoever checks it. */
async function faultyServer(fault: Fault): Promise<{ url: string; database: string }> {
  const database = join(temporaryFolder(), "chat.db");
  const { child } = startNode(
    "reference-server/main.ts",
    ...["--port", "0", "--database", database, "--fault", fault, "--instrument"],
  );
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = await new Promise<string[]>((resolve) => lines.once("line", (said) => resolve([said])));
  return { url: (JSON.parse(line ?? "{}") as { url: string }).url, database };
}

const CASES: readonly [Fault, step: string, kinds: readonly CheckKind[], first: RegExp][] = [
  ["drop-delete", "3 delete", ["user-vs-oracle", "chrome-vs-oracle"], /messages-\d+ .*should not be there/],
  [
    "reverse-prepend",
    "4 scrollback",
    ["user-vs-oracle", "chrome-vs-oracle"],
    /in reverse, messages-\d+ comes first/,
  ],
  ["leak-room", "1 insert", ["user-vs-oracle", "chrome-vs-oracle", "delivery"], /room 2 "random"/],
];

test.each(CASES)(
  "the fault %s is caught at step %s, in both modes, by its checks",
  async (fault, step, kinds, first) => {
    const { url, database } = await faultyServer(fault);
    const folder = temporaryFolder();
    const { stdout, exitCode } = await startBench(
      ...["run", "quickstart", "--users", "20", "--browsers", "1", "--duration", "500ms"],
      ...["--target", url, "--database", database, "--out", folder],
    ).ended;
    const { checks, verdict } = onlyResult(folder);
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
