import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { commitSchema } from "../../../harness/core/run-result.ts";
import { commitIn } from "../../../harness/run/commit.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "bench-commit-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test("the commit that is checked out is told, and whether what it has was changed", async () => {
  const repository = folder();
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...words], {
      cwd: repository,
      encoding: "utf8",
    });
  git("init", "--quiet");
  expect(await commitIn(repository)).toBe(null);
  writeFileSync(join(repository, "chat.ex"), "1");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Add a chat\n\nWith a second line.");
  const id = git("rev-parse", "HEAD").trim();
  const clean = await commitIn(repository);
  expect(clean).toEqual({ id, subject: "Add a chat", isDirty: false });
  expect(commitSchema.parse(clean)).toEqual(clean);

  mkdirSync(join(repository, "bench-results"));
  writeFileSync(join(repository, "bench-results", "new.json"), "{}");
  expect(await commitIn(join(repository, "bench-results"))).toEqual(clean);
  writeFileSync(join(repository, "chat.ex"), "2");
  expect(await commitIn(repository)).toEqual({ ...clean, isDirty: true });
});

test("where there is no repository, no folder or no git, there is no commit", async () => {
  const empty = folder();
  expect(await commitIn(empty)).toBe(null);
  expect(await commitIn(join(empty, "nowhere"))).toBe(null);
});
