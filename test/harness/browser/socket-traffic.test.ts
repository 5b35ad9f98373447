import { expect, test } from "vitest";
import { payloadBytes } from "../../../harness/browser/socket-traffic.ts";

test.each([
  ["text in UTF-8", { opcode: 1, payloadData: "a€👋" }, 8],
  ["text that looks like base64", { opcode: 1, payloadData: "AAAA" }, 4],
  ["bytes in base64", { opcode: 2, payloadData: "AAAAAAA=" }, 5],
  ["an empty frame", { opcode: 1, payloadData: "" }, 0],
])("%s", (_, frame, expected) => {
  expect(payloadBytes(frame)).toBe(expected);
});
