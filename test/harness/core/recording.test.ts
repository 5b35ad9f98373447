import { expect, test } from "vitest";
import {
  parseRecordings,
  type RecordedViewer,
  serializeRecordings,
} from "../../../harness/core/recording.ts";

const RUN = { scenario: "quickstart", startedAt: "2026-01-02T03:04:05.678Z" };

const viewer = (who: string, ...payloads: readonly string[]): RecordedViewer => ({
  who,
  kind: "user",
  mode: "stream",
  step: "1 insert",
  list: { container: "#messages", fields: { content: ".content" } },
  base: { after: "checkpoint", atUs: 5, viewId: "phx-1", rendered: { s: ["a"] }, diffs: [] },
  frames: payloads.map((payloadText, at) => ({ event: "diff", payloadText, receivedUs: 10 + at })),
  cutOff: null,
  expected: [{ id: "messages-1", fields: { content: "a" } }],
  actual: [],
});

test("what was written is read, and a payload that several were sent is there once", () => {
  const viewers = [viewer("user-0001", '{"0":"a"}', '{"0":"b"}'), viewer("user-0002", '{"0":"b"}')];
  const text = serializeRecordings(viewers, RUN);
  expect(JSON.parse(text).payloads).toEqual(['{"0":"a"}', '{"0":"b"}']);
  expect(parseRecordings(text, "frames.json")).toEqual(viewers);
});

test.each([
  ["no JSON", "{", /^frames\.json has no recorded frames: .*JSON/],
  ["a result", '{"schemaVersion":3}', /^frames\.json has no recorded frames: recordingVersion: /],
  [
    "a payload that is not there",
    serializeRecordings([viewer("user-0001", "{}")], RUN).replace('"payloads":["{}"]', '"payloads":[]'),
    /payload 0 is not in it\. Give it the frames\.json of a run that failed\.$/,
  ],
])("%s is refused in one line", (_, text, message) => {
  expect(() => parseRecordings(text, "frames.json")).toThrow(message);
});
