import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import type { RunResult } from "../../core/run-result.ts";

/** No larger picture stands in a report, and no more than these bytes of them all. */
const MOST_BYTES = 500_000;
const MOST_BYTES_TOGETHER = 3_000_000;

/** The first bytes of every PNG file (PNG specification, 5.2). */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * The pictures of a result's failures as `data:` URIs, by what the result calls them: those that are PNG files in its own
 * folder, as far as they are not too large. What is not there any more is left out.
 */
export function picturesOf({ checks }: RunResult, resultPath: string): ReadonlyMap<string, string> {
  const folder = realpathSync(dirname(resultPath));
  const pictures = new Map<string, string>();
  let left = MOST_BYTES_TOGETHER;
  for (const { screenshot } of checks.failures) {
    if (screenshot === undefined || pictures.has(screenshot)) continue;
    const picture = readPicture(folder, screenshot, Math.min(MOST_BYTES, left));
    if (picture === null) continue;
    left -= picture.length;
    pictures.set(screenshot, `data:image/png;base64,${picture.toString("base64")}`);
  }
  return pictures;
}

function readPicture(folder: string, name: string, most: number): Buffer | null {
  try {
    const path = realpathSync(resolve(folder, name));
    // A result may come from anywhere: it is not to bring other files of this machine into a report.
    if (!path.startsWith(`${folder}${sep}`)) return null;
    if (statSync(path).size > most) return null;
    const picture = readFileSync(path);
    return picture.subarray(0, PNG.length).equals(PNG) ? picture : null;
  } catch {
    return null;
  }
}
