import { readdirSync } from "node:fs";
import { join } from "node:path";
import { messageOf, UsageError } from "../../core/errors.ts";

/** What is written instead of a file for the run that was begun last. */
export const LATEST = "latest";

/** A result as `bench run` names it: `quickstart-2026-01-02T03-04-05Z.json`. */
const RESULT_FILE = /-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)\.json$/;

/**
 * The result in a folder whose run was begun last, by the names of the files.
 *
 * @throws UsageError `no-result` where there is none
 */
export function latestResult(folder: string): string {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    const message = `there is no result: ${folder} cannot be read: ${messageOf(cause)}. Run a scenario first, or name a file.`;
    throw new UsageError(message, { code: "no-result", cause });
  }
  const results = names.flatMap((name) => {
    const began = RESULT_FILE.exec(name)?.[1];
    return began === undefined ? [] : [{ name, began }];
  });
  const [latest] = results.toSorted((a, b) => (a.began < b.began ? 1 : -1));
  if (latest === undefined) {
    throw new UsageError(`there is no result in ${folder}. Run a scenario first, or name a file.`, {
      code: "no-result",
    });
  }
  return join(folder, latest.name);
}
