import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { micros } from "../../../harness/core/units.ts";
import { DUE_TOKEN_WIDTH, encodeDueToken, findDueToken } from "../../../harness/load/due-token.ts";

const anyToken = fc.record({
  dueUs: fc.integer({ min: 0, max: 36 ** 10 - 1 }).map(micros),
  sequence: fc.integer({ min: 0, max: 36 ** 4 - 1 }),
  lateUs: fc.integer({ min: 0, max: 60_466_175 }).map(micros),
});

describe("a due token", () => {
  test("is this text", () => {
    const token = { dueUs: micros(1_767_323_045_678_901), sequence: 71, lateUs: micros(1295) };
    expect(encodeDueToken(token)).toBe("~hegozygv1x001z000zz~");
  });

  test("is found in any text, and is always as wide", () => {
    fc.assert(
      fc.property(anyToken, fc.string(), fc.string(), (token, before, after) => {
        const text = encodeDueToken(token);
        expect(text.length).toBe(DUE_TOKEN_WIDTH);
        expect(Buffer.byteLength(text)).toBe(21);
        expect(findDueToken(`${before} ${text}${after}`)).toEqual(token);
      }),
    );
  });

  test("needs no escaping in HTML or JSON, and is as wide in any URL-encoded form", () => {
    fc.assert(
      fc.property(anyToken, (token) => {
        const text = encodeDueToken(token);
        expect(text).toMatch(/^~[0-9a-z]{19}~$/);
        expect(JSON.stringify(text)).toBe(`"${text}"`);
        expect(new URLSearchParams({ m: text }).toString()).toBe(`m=%7E${text.slice(1, -1)}%7E`);
        expect(encodeURIComponent(text)).toBe(text);
      }),
    );
  });

  test.each([
    "",
    "~~",
    "no token",
    "~hegsqyh2kl001z~",
    "~hegsqyh2kl001z0000~",
    "~hegsqyh2kl001z000000~",
    "~HEGSQYH2KL001Z00000~",
  ])("is not in %j", (text) => {
    expect(findDueToken(text)).toBe(undefined);
  });

  test.each([
    [60_466_176, 60_466_175],
    [1e12, 60_466_175],
    [-1, 0],
  ])("tells a lateness of %i us as %i", (lateUs, told) => {
    const token = { dueUs: micros(1), sequence: 2, lateUs: micros(lateUs) };
    expect(findDueToken(encodeDueToken(token))).toEqual({ ...token, lateUs: told });
  });

  test.each([
    [{ dueUs: micros(-1), sequence: 0 }, "-1 does not fit into 10 base 36 digits"],
    [{ dueUs: micros(36 ** 10), sequence: 0 }, "3656158440062976 does not fit into 10 base 36 digits"],
    [{ dueUs: micros(0), sequence: 36 ** 4 }, "1679616 does not fit into 4 base 36 digits"],
    [{ dueUs: micros(0), sequence: 0.5 }, "0.5 does not fit into 4 base 36 digits"],
  ])("refuses %o", (token, message) => {
    expect(() => encodeDueToken({ ...token, lateUs: micros(0) })).toThrow(message);
  });
});
