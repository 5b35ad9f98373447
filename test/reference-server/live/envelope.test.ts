import { expect, test } from "vitest";
import {
  decodeMessage,
  encodeEnd,
  encodePush,
  encodeReply,
} from "../../../reference-server/live/envelope.ts";
import { json } from "../../../reference-server/live/json.ts";

const message = { joinRef: "1", ref: "2", topic: "lv:x", event: "event", payload: { a: [{}] } };

test("a message is read", () => {
  expect(decodeMessage('["1","2","lv:x","event",{"a":[{}]}]')).toEqual(message);
  expect(decodeMessage('[null,null,"phoenix","heartbeat",{}]')).toMatchObject({ joinRef: null, ref: null });
});

test.each([
  "",
  "{",
  "[]",
  '["1","2","t","e"]',
  '["1","2","t","e",{},1]',
  '[1,"2","t","e",{}]',
  '["1",2,"t","e",{}]',
])("%j is no message", (text) => expect(decodeMessage(text)).toBeNull());

const withPayload = (json: string) => decodeMessage(`["1","2","t","e",{"a":${json}}]`);
const nested = (depth: number, open: string, close: string) => `${open.repeat(depth)}1${close.repeat(depth)}`;

test.each([
  ["lists", "[", "]"],
  ["objects", '{"a":', "}"],
])("a message nests %s 100 deep, its own two levels counted, and no deeper", (_, open, close) => {
  expect(withPayload(nested(98, open, close))).not.toBeNull();
  expect(withPayload(nested(99, open, close))).toBeNull();
  expect(withPayload(nested(300_000, open, close))).toBeNull();
});

test.each([
  ["brackets in a text", JSON.stringify("[{".repeat(200))],
  ["an escaped quote before brackets", JSON.stringify(`"${"[".repeat(200)}`)],
  ["escaped quotes before brackets", JSON.stringify(`"\\"${"[".repeat(200)}`)],
  ["many lists side by side", `[${Array(200).fill("[]").join(",")}]`],
])("%s are not deep", (_, json) => {
  expect(withPayload(json)?.payload.a).toEqual(JSON.parse(json));
});

test("brackets behind a text that ends in a backslash are deep", () => {
  expect(withPayload(`["\\\\",${nested(98, "[", "]")}]`)).toBeNull();
  expect(withPayload(`["\\\\",${nested(97, "[", "]")}]`)).not.toBeNull();
});

test("what is sent has its five parts in order", () => {
  expect(encodeReply(message, "ok", json({ diff: {} }))).toBe(
    '["1","2","lv:x","phx_reply",{"response":{"diff":{}},"status":"ok"}]',
  );
  expect(encodePush("1", "lv:x", "diff", json({ "0": "a" }))).toBe('["1",null,"lv:x","diff",{"0":"a"}]');
  expect(encodeEnd("1", "lv:x", "phx_close")).toBe('["1","1","lv:x","phx_close",{}]');
});
