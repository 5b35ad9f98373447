import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Artifacts } from "../../../harness/run/artifacts.ts";

test("what belongs to a result is in a folder of its name, made with the first file, and told from the result on", () => {
  const folder = mkdtempSync(join(tmpdir(), "bench-artifacts-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const artifacts = new Artifacts(join(folder, "quickstart-2026.json"));
  expect(existsSync(join(folder, "quickstart-2026"))).toBe(false);
  expect(artifacts.write("frames.json", "old")).toBe("quickstart-2026/frames.json");
  artifacts.write("frames.json", "new");
  expect(statSync(join(folder, "quickstart-2026")).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(folder, "quickstart-2026"))).toEqual(["frames.json"]);
  expect(readFileSync(join(folder, "quickstart-2026/frames.json"), "utf8")).toBe("new");
  expect(artifacts.place("chrome-1.png")).toEqual({
    path: join(folder, "quickstart-2026/chrome-1.png"),
    relative: "quickstart-2026/chrome-1.png",
  });
});
