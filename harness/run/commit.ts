import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Commit } from "../core/run-result.ts";

const execute = promisify(execFile);

/** Git of a folder that is no repository, or too large to be looked through in that time, is not waited for. */
const LONGEST_MS = 5000;

/**
 * The commit that is checked out in a folder, by git; null where there is no git, no repository or no commit yet. Files that
 * git does not follow make nothing of it dirty. Nothing is locked or written.
 */
export async function commitIn(folder: string): Promise<Commit | null> {
  const git = async (...words: readonly string[]): Promise<string> => {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0" };
    return (await execute("git", words, { cwd: folder, env, timeout: LONGEST_MS })).stdout;
  };
  try {
    const [told, changed] = await Promise.all([
      git("log", "-1", "--no-show-signature", "--format=%H%n%s"),
      git("status", "--porcelain", "--untracked-files=no", "--ignore-submodules"),
    ]);
    const [id = "", subject = ""] = told.split("\n");
    return { id, subject, isDirty: changed !== "" };
  } catch {
    return null;
  }
}
