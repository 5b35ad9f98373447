import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { messageOf, UsageError } from "../../core/errors.ts";

/** A commit as it was, in a folder of its own. */
export interface Checkout extends AsyncDisposable {
  /** That in it which is the one that it was asked for in. */
  readonly folder: string;
}

/** What is needed to get one. */
export interface CheckoutContext {
  /** A folder of the repository. */
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Takes a line on what is being done. */
  readonly say: (line: string) => void;
}

/**
 * Checks a commit out into a temporary folder, by `git worktree`, with its dependencies: those of the working copy where
 * both have the same lock file, else by `npm ci`. It is removed when it is disposed of.
 *
 * @param ref as git takes it: `origin/main`
 * @throws UsageError `no-such-commit`, `cannot-install`
 */
export async function checkOut(ref: string, context: CheckoutContext): Promise<Checkout> {
  const { cwd, signal, say } = context;
  const folder = mkdtempSync(join(tmpdir(), "bench-base-"));
  const remove = async () => {
    rmSync(folder, { recursive: true, force: true });
    await output("git", ["worktree", "prune"], cwd).catch(() => {});
  };
  try {
    const root = (await output("git", ["rev-parse", "--show-toplevel"], cwd, signal)).trim();
    const commit = await output(
      "git",
      ["rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`],
      cwd,
      signal,
    );
    say(`base: ${ref}, ${commit.trim().slice(0, 12)}`);
    await output("git", ["worktree", "add", "--detach", folder, commit.trim()], cwd, signal);
    await installIn(folder, root, context);
    const within = (await output("git", ["rev-parse", "--show-prefix"], cwd, signal)).trim();
    return { folder: join(folder, within), [Symbol.asyncDispose]: remove };
  } catch (cause) {
    await remove();
    signal.throwIfAborted();
    if (cause instanceof UsageError) throw cause;
    const message = `--base ${ref} cannot be checked out: ${messageOf(cause)}`;
    throw new UsageError(message, { code: "no-such-commit", cause });
  }
}

async function installIn(folder: string, root: string, { signal, say }: CheckoutContext): Promise<void> {
  const lockOf = (of: string) => {
    const path = join(of, "package-lock.json");
    return existsSync(path) ? readFileSync(path, "utf8") : null;
  };
  const lock = lockOf(folder);
  if (lock === null) return;
  if (lock === lockOf(root) && existsSync(join(root, "node_modules"))) {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "dir");
    return;
  }
  say("base: npm ci, since its package-lock.json is another one");
  try {
    await output("npm", ["ci"], folder, signal);
  } catch (cause) {
    throw new UsageError(`npm ci failed for --base: ${messageOf(cause)}`, { code: "cannot-install", cause });
  }
}

/** What a program prints. Throws with what it complains of where it fails. */
export async function output(
  program: string,
  words: readonly string[],
  cwd: string,
  signal?: AbortSignal,
): Promise<string> {
  const child = spawn(program, words, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    killSignal: "SIGINT",
    ...(signal === undefined ? {} : { signal }),
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0 && stdout.trim() === "") throw new Error(stderr.trim() || `${program} ended with ${code}`);
  return stdout;
}
