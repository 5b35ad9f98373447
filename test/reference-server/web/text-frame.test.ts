import { expect, test } from "vitest";
import { textFrame } from "../../../reference-server/web/text-frame.ts";

/** The examples of RFC 6455, 5.7, go as far as 65,536. */
test.each([
  [0, [0x81, 0]],
  [125, [0x81, 125]],
  [126, [0x81, 126, 0, 126]],
  [65_535, [0x81, 126, 0xff, 0xff]],
  [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
])("a text of %i bytes has that length in its header", (length, header) => {
  const text = "x".repeat(length);
  expect(textFrame(text)).toEqual(Buffer.concat([Buffer.from(header), Buffer.from(text)]));
});

test("the length is that of UTF-8, where half of a surrogate pair is U+FFFD", () => {
  expect(textFrame("é🎉\ud83c")).toEqual(
    Buffer.from([0x81, 9, 0xc3, 0xa9, 0xf0, 0x9f, 0x8e, 0x89, 0xef, 0xbf, 0xbd]),
  );
});
