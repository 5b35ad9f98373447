import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { UsageError } from "../../../harness/core/errors.ts";
import { SessionFile } from "../../../harness/run/session-file.ts";

const ORIGIN = "http://127.0.0.1:4000";

function pathIn(): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "sessions.json");
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("what is kept is there when the file is opened again", () => {
  const path = pathIn();
  const file = SessionFile.open(path, ORIGIN);
  expect(file.all()).toEqual({});
  file.keep({ ada: { _key: "a=b; c", _csrf: "" }, grace: { _key: "1" } });
  file.keep({ grace: { _key: "2" } });
  file.write();
  expect(SessionFile.open(path, ORIGIN).all()).toEqual({
    ada: { _key: "a=b; c", _csrf: "" },
    grace: { _key: "2" },
  });
});

test("sessions of one target are none of another one, and stay where they are", () => {
  const path = pathIn();
  const first = SessionFile.open(path, ORIGIN);
  first.keep({ ada: { _key: "1" } });
  first.write();
  const second = SessionFile.open(path, "http://127.0.0.1:4001");
  expect(second.all()).toEqual({});
  second.keep({ ada: { _key: "2" } });
  second.write();
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
    schemaVersion: 1,
    origins: {
      "http://127.0.0.1:4000": { ada: { _key: "1" } },
      "http://127.0.0.1:4001": { ada: { _key: "2" } },
    },
  });
});

test("only its owner can read it, also where anybody could before, and nothing else is left behind", () => {
  const path = pathIn();
  SessionFile.open(path, ORIGIN);
  expect(modeOf(path)).toBe("600");
  chmodSync(path, 0o644);
  writeFileSync(`${path}.unfinished`, "of a run that was killed", { mode: 0o644 });
  SessionFile.open(path, ORIGIN).write();
  expect([modeOf(path), readdirSync(join(path, ".."))]).toEqual(["600", ["sessions.json"]]);
});

test.each([
  ["{", "it is no JSON"],
  ["[]", "Invalid input: expected object, received array"],
  ['{"schemaVersion":2,"origins":{}}', "schemaVersion: Invalid input: expected 1"],
  [
    '{"schemaVersion":1,"origins":{"http://a.example":{"ada":"secret"}}}',
    "origins.http://a.example.ada: Invalid input: expected record, received string",
  ],
])(
  "a file that says %j is broken, which is said without what is in it, and it stays as it is",
  (content, why) => {
    const path = pathIn();
    writeFileSync(path, content);
    expect(() => SessionFile.open(path, ORIGIN)).toThrow(
      new UsageError(`${path} is no file of sessions: ${why}. Name another one, or delete it.`, {
        code: "broken-sessions",
      }),
    );
    expect(readFileSync(path, "utf8")).toBe(content);
  },
);

test("a place where nothing can be written is refused before the run", () => {
  const path = join(pathIn(), "nowhere", "sessions.json");
  expect(() => SessionFile.open(path, ORIGIN)).toThrow(/^sessions cannot be written to .*ENOENT/);
  const folder = pathIn();
  mkdirSync(folder);
  expect(() => SessionFile.open(folder, ORIGIN)).toThrow(/is no file of sessions: EISDIR/);
});
