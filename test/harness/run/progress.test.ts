import { expect, test } from "vitest";
import type { TextStream } from "../../../harness/core/text-stream.ts";
import { type Progress, progressOn, SILENT } from "../../../harness/run/progress.ts";

/** What is written to a stream, write by write. */
function written(stream: Omit<TextStream, "write">, tell: (progress: Progress) => void): string[] {
  const writes: string[] = [];
  tell(progressOn({ ...stream, write: (text) => writes.push(text) }));
  return writes;
}

/** A short run. */
function shortRun(progress: Progress): void {
  progress.update("stream: joining", "1 of 2 users");
  progress.update("stream: joining", "2 of 2 users");
  progress.say("stream: user-0001 was cut off");
  progress.update("stream: 1 insert");
  progress.end();
}

test("on a terminal one line is rewritten, gives way to what is said, and is gone at the end", () => {
  expect(written({ isTTY: true, columns: 80 }, shortRun)).toEqual([
    "\r\u001b[2Kstream: joining: 1 of 2 users",
    "\r\u001b[2Kstream: joining: 2 of 2 users",
    "\r\u001b[2K",
    "stream: user-0001 was cut off\n",
    "\r\u001b[2Kstream: 1 insert",
    "\r\u001b[2K",
  ]);
});

test("figures below it are rewritten with it, and are gone at the end", () => {
  const writes = written({ isTTY: true, columns: 80 }, (progress) => {
    progress.update("stream: 1 insert", "1");
    progress.show(["  200 users", "  insert to the frame"]);
    progress.update("stream: 1 insert", "2");
    progress.say("stream: user-0001 was cut off");
    progress.show([]);
    progress.end();
  });
  expect(writes).toEqual([
    "\r\u001b[2Kstream: 1 insert: 1",
    "\r\u001b[2Kstream: 1 insert: 1\n  200 users\n  insert to the frame",
    "\u001b[2A\r\u001b[0Jstream: 1 insert: 2\n  200 users\n  insert to the frame",
    "\u001b[2A\r\u001b[0J",
    "stream: user-0001 was cut off\n",
    "\r\u001b[2Kstream: 1 insert: 2",
    "\r\u001b[2K",
  ]);
});

test("elsewhere each activity is a line when it begins, without control characters", () => {
  expect(written({ columns: 80 }, shortRun)).toEqual([
    "stream: joining\n",
    "stream: user-0001 was cut off\n",
    "stream: 1 insert\n",
  ]);
});

test.each<[number | undefined, string]>([
  [10, "123456789"],
  [15, "12345678901234"],
  [0, "1234567890123456"],
  [undefined, "1234567890123456"],
])("in %s columns the line is cut to %s, so that it does not wrap", (columns, shown) => {
  expect(written({ isTTY: true, columns }, (progress) => progress.update("1234567890123456"))).toEqual([
    `\r\u001b[2K${shown}`,
  ]);
});

test("what is said is never cut", () => {
  expect(written({ isTTY: true, columns: 10 }, (progress) => progress.say("1234567890123456"))).toEqual([
    "1234567890123456\n",
  ]);
});

test("an end with nothing on the line writes nothing, the second one as well", () => {
  const twice = (progress: Progress) => {
    progress.end();
    progress.update("joining");
    progress.end();
    progress.end();
  };
  expect(written({ isTTY: true, columns: 80 }, twice)).toEqual(["\r\u001b[2Kjoining", "\r\u001b[2K"]);
});

test("the silent one can be told everything", () => {
  expect(shortRun(SILENT)).toBe(undefined);
});
