import { describe, expect, test } from "vitest";
import { Contacts } from "../../../reference-server/chat/contacts.ts";
import { makeAccounts, numberedUsers } from "../../../reference-server/chat/seed-accounts.ts";
import { DATABASES } from "../../databases.ts";
import { seededConversations } from "./seeded-conversations.ts";

const namesOf = (users: readonly { name: string }[]) => users.map(({ name }) => name);

describe.each(DATABASES)("on $name", ({ open }) => {
  test("people are found by a part of their nickname in either case, but those left out and deleted ones", async () => {
    const { database } = await seededConversations(await open());
    await makeAccounts(database, ["Zoë", "Malik"]);
    expect(namesOf(await new Contacts(database).find("AL", [1]))).toEqual(["Malik"]);
    expect(namesOf(await new Contacts(database).find("al", [2]))).toEqual(["alice", "Malik"]);
    expect(namesOf(await new Contacts(database).find(" zOË ", [1]))).toEqual(["Zoë"]);
    await database
      .updateTable("users")
      .set({ deleted_at: "2026-01-01T00:00:00Z" })
      .where("id", "=", 1)
      .execute();
    expect(namesOf(await new Contacts(database).find("al", [2]))).toEqual(["Malik"]);
  });

  test("of many at most ten are found, and of nothing typed nobody", async () => {
    const { database } = await seededConversations(await open());
    await makeAccounts(database, numberedUsers(40));
    expect(namesOf(await new Contacts(database).find("user-", [1]))).toEqual(numberedUsers(10));
    expect(await new Contacts(database).find(" ", [1])).toEqual([]);
  });

  test.each(["%", "\0", "_", "\\", "' or 1=1 --", "a%e"])(
    "%j is looked for as it is written",
    async (text) => {
      const { database } = await seededConversations(await open());
      await makeAccounts(database, ["under_score"]);
      expect(namesOf(await new Contacts(database).find(text, [1]))).toEqual(
        text === "_" ? ["under_score"] : [],
      );
    },
  );

  test("of a text that is longer than any nickname nobody is found", async () => {
    const { database } = await seededConversations(await open());
    expect(await new Contacts(database).find("a".repeat(60_000), [1])).toEqual([]);
  });

  test("of ids, those with an account are found, in their order and once", async () => {
    const { database, alice, carla } = await seededConversations(await open());
    await database
      .updateTable("users")
      .set({ deleted_at: "2026-01-01T00:00:00Z" })
      .where("id", "=", 2)
      .execute();
    expect(await new Contacts(database).withIds([3, 99, 1, 3, 2])).toEqual([carla, alice]);
    expect(await new Contacts(database).withIds([])).toEqual([]);
  });
});
