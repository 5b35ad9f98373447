import { scryptSync } from "node:crypto";
import { expect, test } from "vitest";
import { hashPassword, verifyPassword } from "../../../reference-server/chat/password.ts";

const CHEAP = { logN: 4, r: 2, p: 3 };

test("a hash is scrypt's of the password, by the salt and the cost that are in it", async () => {
  const hash = await hashPassword("correct horse", CHEAP);
  const [, salt = "", key] = /^\$scrypt\$ln=4,r=2,p=3\$([\w+/]{22})\$([\w+/]{43})$/.exec(hash) ?? [];
  const expected = scryptSync("correct horse", Buffer.from(salt, "base64"), 32, { N: 16, r: 2, p: 3 });
  expect(key).toBe(expected.toString("base64").slice(0, 43));
});

test("a password without a cost gets the usual one", async () => {
  expect((await hashPassword("correct horse")).slice(0, 22)).toBe("$scrypt$ln=15,r=8,p=3$");
});

test("two hashes of one password have nothing in common but the cost", async () => {
  const [one, other] = [await hashPassword("same", CHEAP), await hashPassword("same", CHEAP)];
  const parts = (hash: string) => hash.split("$").slice(2);
  expect(parts(one).map((part, index) => part === parts(other)[index])).toEqual([true, false, false]);
});

test.each([
  ["the same", "correct horse", true],
  ["one with another letter", "correct horsf", false],
  ["one with another case", "Correct horse", false],
  ["one with more behind it", "correct horse ", false],
  ["an empty one", "", false],
])("%s is told from the password that was hashed", async (_, given, expected) => {
  expect(await verifyPassword(given, await hashPassword("correct horse", CHEAP))).toBe(expected);
});

test("a letter is the same however the keyboard writes it", async () => {
  expect(await verifyPassword("cafe\u0301", await hashPassword("caf\u00e9", CHEAP))).toBe(true);
});

test("a hash of a cost that is no longer usual is still verified", async () => {
  const old = await hashPassword("correct horse", { logN: 5, r: 1, p: 1 });
  expect(await verifyPassword("correct horse", old)).toBe(true);
});

test("where there is no hash no password is right, and to say so costs as much as a usual hash", async () => {
  // The least of three: a machine that stands still may count that as time of the process.
  const measured = async (act: () => Promise<unknown>) => {
    const taken: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const before = process.cpuUsage();
      await act();
      taken.push(process.cpuUsage(before).user);
    }
    return Math.min(...taken);
  };
  const usual = await hashPassword("correct horse");
  expect(await verifyPassword("", null)).toBe(false);
  const withHash = await measured(() => verifyPassword("wrong", usual));
  const without = await measured(() => verifyPassword("wrong", null));
  expect(without / withHash).toBeGreaterThan(0.4);
});

test.each(["", "plain", "$scrypt$ln=4,r=2,p=3$c2FsdA$", "$bcrypt$ln=4,r=2,p=3$c2FsdA$aGFzaA"])(
  "%j is no hash that can be read",
  async (hash) => {
    await expect(verifyPassword("plain", hash)).rejects.toThrow("a stored password hash cannot be read");
  },
);
