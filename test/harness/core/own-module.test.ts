import { expect, test } from "vitest";
import { ownModule } from "../../../harness/core/own-module.ts";

test.each([
  ["./generator", "file:///srv/bench/harness/crowd/a.ts", "/srv/bench/harness/crowd/generator.ts"],
  ["./generator", "file:///srv/bench/dist/harness/crowd/a.js", "/srv/bench/dist/harness/crowd/generator.js"],
  ["../bin", "file:///srv/my%20bench/dist/harness/run/a.js", "/srv/my bench/dist/harness/bin.js"],
])("%s as %s knows it is %s", (name, importer, path) => {
  expect(ownModule(name, importer)).toBe(path);
});
