import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf, UsageError } from "../../core/errors.ts";

/**
 * Writes a file, and makes the folders that it is in.
 *
 * @throws UsageError `cannot-write-result`
 */
export function writeFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (cause) {
    const message = `${path} cannot be written: ${messageOf(cause)}. Say where by --out.`;
    throw new UsageError(message, { code: "cannot-write-result", cause });
  }
}
