import { expect, test } from "vitest";
import { email, userName } from "../../../reference-server/chat/account-fields.ts";
import { MAX_CONTENT_LENGTH, messageContent } from "../../../reference-server/chat/message.ts";

test.each([
  ["hello", true],
  [" a \n", true],
  ["x".repeat(MAX_CONTENT_LENGTH), true],
  ["x".repeat(MAX_CONTENT_LENGTH + 1), false],
  [" \n\t ", false],
  ["", false],
  [null, false],
  ["a\0b", false],
  ["\0", false],
])("that %j may be written is %s", (content, expected) => {
  expect(messageContent.safeParse(content).success).toBe(expected);
});

test("neither a name nor an address has U+0000, which PostgreSQL cannot store", () => {
  expect([userName, email].map((field) => field.safeParse("zoe\0@people.example").success)).toEqual([
    false,
    false,
  ]);
  expect(userName.safeParse("zo\0e").success).toBe(false);
});
