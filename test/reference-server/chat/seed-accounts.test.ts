import { describe, expect, test } from "vitest";
import { verifyPassword } from "../../../reference-server/chat/password.ts";
import { seedDatabase } from "../../../reference-server/chat/seed.ts";
import {
  makeAccounts,
  numberedUsers,
  openAccounts,
  SEED_PASSWORD,
} from "../../../reference-server/chat/seed-accounts.ts";
import type { Database } from "../../../reference-server/chat/store/database.ts";
import { referenceSite } from "../../../scenarios/reference-site.ts";
import { DATABASES } from "../../databases.ts";

const usersOf = (database: Database) => database.selectFrom("users").selectAll().orderBy("id").execute();

test("numbered users have names of one width, from 1 on", () => {
  expect(numberedUsers(3)).toEqual(["user-0001", "user-0002", "user-0003"]);
  expect(numberedUsers(0)).toEqual([]);
});

test("the reference site gives the password that the server seeds", () => {
  expect(referenceSite.accounts.password).toBe(SEED_PASSWORD);
});

describe.each(DATABASES)("on $name", ({ open }) => {
  test("a thousand accounts are made in their order, with one cheap hash of the documented password", async () => {
    const database = await open();
    await makeAccounts(database, numberedUsers(1000));
    const users = await usersOf(database);
    expect(users.map(({ name }) => name)).toEqual(numberedUsers(1000));
    expect(users[999]).toMatchObject({ id: 1000, name_key: "user-1000", email: "user-1000@chat.example" });
    const [hash, ...others] = new Set(users.map(({ password_hash }) => password_hash));
    expect([others, hash?.startsWith("$scrypt$ln=10,r=8,p=1$")]).toEqual([[], true]);
    expect(await verifyPassword(SEED_PASSWORD, hash ?? null)).toBe(true);
  });

  test("accounts that are there keep their passwords, whoever is made or opened again", async () => {
    const database = await open();
    await makeAccounts(database, ["alice"]);
    const before = await usersOf(database);
    await makeAccounts(database, ["alice"]);
    await openAccounts(database, ["alice"]);
    expect(await usersOf(database)).toEqual(before);
  });

  test("a database that is not empty gets the numbered users that it lacks, and nobody back who has left", async () => {
    const database = await open();
    await seedDatabase(database, { seed: 1, messagesPerRoom: 3, users: 1 });
    await database
      .updateTable("users")
      .set({ name: "somebody", name_key: "somebody", email: null })
      .where("name", "=", "alice")
      .execute();
    await seedDatabase(database, { seed: 1, messagesPerRoom: 3, users: 3 });
    const names = (await usersOf(database)).map(({ name }) => name);
    expect([names.includes("alice"), names.slice(10)]).toEqual([
      false,
      ["user-0001", "user-0002", "user-0003"],
    ]);
  });
});
