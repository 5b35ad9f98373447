import { describe, expect, test } from "vitest";
import { isPostgres, isUniqueViolation } from "../../../../reference-server/chat/store/portable.ts";
import { DATABASES } from "../../../databases.ts";

describe.each(DATABASES)("on $name", ({ name, open }) => {
  test("the kind of database is known", async () => {
    expect(isPostgres(await open())).toBe(name === "PostgreSQL");
  });

  test("what there may be only one of is told from what fails for another reason", async () => {
    const database = await open();
    const insert = (id: number, room: string) =>
      database
        .insertInto("rooms")
        .values({ id, name: room })
        .execute()
        .then(() => "stored", isUniqueViolation);
    expect(await insert(1, "general")).toBe("stored");
    expect([await insert(1, "random"), await insert(2, "general")]).toEqual([true, true]);
    const strange = { room_id: 7, sender_id: 7, content: "", inserted_at: "" };
    const refused = database.insertInto("messages").values(strange).execute();
    expect(await refused.then(() => "stored", isUniqueViolation)).toBe(false);
  });
});
