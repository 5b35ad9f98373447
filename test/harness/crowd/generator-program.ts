import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/**
 * A program in place of the generator: `memory` is 42; `lastFrame` is answered late; `join` tells as many things as it is
 * given; `missed` is refused; `cut` ends it with 3; `clock` is a minute ahead of what it was set by; the rest is never
 * answered. It ends with its channel, as the generator does.
 */
const PROGRAM = `
let setByUs = 0;
const send = (message) => process.connected && process.send(message, undefined, undefined, () => {});
const answer = (id, value) => send({ kind: "answer", id, value });
const minuteAheadUs = () => Math.round((performance.timeOrigin + performance.now()) * 1000) + 60_000_000 + setByUs;
process.on("message", ({ id, name, argument }) => {
  switch (name) {
    case "memory": return answer(id, 42);
    case "lastFrame": return setTimeout(() => answer(id, 1_000_000), 20);
    case "clock": return answer(id, minuteAheadUs());
    case "setClock": setByUs += argument; return answer(id);
    case "report": return answer(id, argument);
    case "health": return answer(id, { part: argument, pid: process.pid });
    case "join":
      for (let told = 0; told < argument; told += 1) send({ kind: "progress" });
      return answer(id);
    case "missed":
      return send({ kind: "refusal", id, error: { message: "no crowd", code: "no-crowd", exitCode: 98, stack: null } });
    case "cut": process.exit(3);
  }
});
`;

/** The path of such a program, or of another one, for the time of one test. */
export function generatorProgram(program = PROGRAM): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-generator-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "generator.mjs");
  writeFileSync(path, program);
  return path;
}
