import { expect, test } from "vitest";
import { bench } from "./recorded-process.ts";

test.each([
  [
    ["http://127.0.0.1:4000/", "--headless"],
    "--headless opens no window: say what is to be done by --do, or how long to look by --for",
  ],
  [["127.0.0.1:4000"], 'url must be a URL, as http://127.0.0.1:4000/rooms/1, not "127.0.0.1:4000"'],
  [
    ["http://127.0.0.1:4000/", "--do", "tap #a"],
    '--do must begin with one of click, type, press, scroll, goto, wait, not "tap"',
  ],
  [["http://127.0.0.1:4000/", "--login", "alice"], "--login must be NAME:PASSWORD"],
  [["http://127.0.0.1:4000/", "--format", "jsn"], '--format cannot be "jsn"; did you mean json?'],
  [
    ["http://127.0.0.1:4000/", "--for", "30"],
    '--for must be a duration above zero, as 10s or 1m30s, not "30"',
  ],
  [[], "trace needs a url: bench trace http://127.0.0.1:4000/rooms/1"],
])("bench trace %j says in a line what is wrong and exits with 104", async (argv, message) => {
  expect(await bench(["trace", ...argv])).toEqual({
    exitCode: 104,
    stdout: "",
    stderr: `bench: ${message}\n`,
  });
});
