import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parseRecordings, serializeRecordings } from "../../harness/core/recording.ts";
import { startAlteringProxy } from "./altering-proxy.ts";
import { onlyResult, onlyResultPath, startBench, temporaryFolder } from "./bench.ts";
import { startChat } from "./chat-process.ts";

/** A word of what is written in the run, none of the messages that were there before has it. */
const [WORD, ALTERED] = [" delta ", " deltA "];

test("a frame that was altered on its way to one user among many is named, and the replay of his frames shows it", async () => {
  const [folder, out] = [temporaryFolder(), temporaryFolder()];
  const database = join(folder, "chat.db");
  const { url } = await startChat({}, "--port", "0", "--users", "24", "--database", database);
  const proxy = await startAlteringProxy(url, { client: () => "", find: WORD, replacement: ALTERED });
  onTestFinished(() => proxy.close());

  const { exitCode, stdout, stderr } = await startBench(
    ...["run", "insert-fanout", "--users", "24", "--browsers", "0", "--rate", "10", "--duration", "2s"],
    ...["--mode", "stream", "--target", proxy.origin, "--database", database, "--out", out],
  ).ended;
  const { checks } = onlyResult(out);
  const [failure] = checks.failures;
  expect({ exitCode, altered: proxy.altered }, stderr).toEqual({ exitCode: 98, altered: 1 });
  expect(new Set(checks.failures.map(({ who }) => who)).size).toBe(1);
  expect(failure).toMatchObject({ kind: "user-vs-oracle", actual: expect.stringContaining(ALTERED) });
  const { frame, around = [], index, replay = "", item = "none" } = failure ?? {};
  expect(frame).toMatchObject({ event: "diff", operation: "insert" });
  expect(frame?.text).toContain(ALTERED);
  expect(frame?.text).toContain(item);
  const wrong = around.find((place) => place.index === index);
  expect([wrong?.actual?.includes(ALTERED), wrong?.expected?.includes(WORD)]).toEqual([true, true]);
  expect(stdout).toContain(`frame     ${frame?.number} of ${frame?.of} since all was right`);

  const file = join(dirname(onlyResultPath(out)), replay);
  const inBoth = await startBench("replay", file).ended;
  const alone = await startBench("replay", file, "--no-browser").ended;
  expect([inBoth.exitCode, alone.exitCode], inBoth.stderr).toEqual([98, 98]);
  for (const replayed of [inBoth.stdout, alone.stdout]) {
    const said = `The first frame after which it is so is ${frame?.number} of ${frame?.of}:\n`;
    expect(replayed).toContain(said);
    expect(replayed.slice(replayed.indexOf(said)).replaceAll(/\s+/g, " ")).toContain(ALTERED);
  }
  expect(inBoth.stdout).toContain(`agree after each of the ${frame?.of} frames.`);
  expect(alone.stdout).not.toContain("Chrome");

  // What was expected all along is no divergence.
  const viewers = parseRecordings(readFileSync(file, "utf8"), file);
  const right = viewers.map((viewer) => ({ ...viewer, expected: viewer.actual }));
  const rightFile = join(folder, "frames.json");
  writeFileSync(rightFile, serializeRecordings(right, { scenario: "x", startedAt: "2026-01-02T03:04:05Z" }));
  const shown = await startBench("replay", rightFile, "--no-browser").ended;
  expect([shown.exitCode, shown.stdout]).toEqual([0, expect.stringContaining("\nNOT REPRODUCED\n")]);
});
