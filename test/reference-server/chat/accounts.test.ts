import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { Accounts } from "../../../reference-server/chat/accounts.ts";
import { makeAccounts, SEED_PASSWORD } from "../../../reference-server/chat/seed-accounts.ts";
import { Sessions } from "../../../reference-server/chat/sessions.ts";
import type { Database } from "../../../reference-server/chat/store/database.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";
import { DATABASES, POSTGRES } from "../../databases.ts";

const ALICE = { id: 1, name: "alice" };
const BOB = { id: 2, name: "bob" };

/** The accounts of alice and bob. */
async function accountsOn(database: Database) {
  await makeAccounts(database, ["alice", "bob"]);
  const nowMs = () => 0;
  const sessions = new Sessions({ database, pubsub: new PubSub(), nowMs });
  return { sessions, accounts: new Accounts({ database, sessions, nowMs }) };
}

describe.each(DATABASES)("on $name", ({ open }) => {
  test("of two who change to one name at the same time one gets it", async () => {
    const { accounts } = await accountsOn(await open());
    const renamed = await Promise.all([accounts.rename(ALICE, "Zoe"), accounts.rename(BOB, "zoe")]);
    expect(renamed.toSorted()).toEqual([false, true]);
  });

  test("of two who change to one address at the same time one gets it", async () => {
    const { accounts } = await accountsOn(await open());
    const changed = await Promise.all(
      [ALICE, BOB].map((user) => accounts.changeEmail(user, "zoe@chat.example", SEED_PASSWORD)),
    );
    const results = changed.map((proof) => (proof.kind === "proved" ? proof.result : proof.kind));
    expect(results.toSorted()).toEqual([false, true]);
  });

  test("of two who register one name at the same time one gets it, and the other is told so", async () => {
    const { accounts } = await accountsOn(await open());
    const made = await Promise.all(
      ["zoe", "ZOE"].map((name, index) =>
        accounts.register({ name, email: `zoe${index}@chat.example`, password: "tea with the badger" }),
      ),
    );
    const taken = made.filter((outcome) => "taken" in outcome);
    expect(taken).toEqual([{ taken: ["name"] }]);
  });

  test.each(["alice\0", "alice@chat.example\0"])("nobody is called %j", async (login) => {
    const { accounts } = await accountsOn(await open());
    expect(await accounts.logIn(login, SEED_PASSWORD)).toEqual({ kind: "wrong" });
  });

  test("another password ends the sessions of before, and a deleted account all of them", async () => {
    const { accounts, sessions } = await accountsOn(await open());
    const tokenOf = async (login: string, password: string) => {
      const proof = await accounts.logIn(login, password);
      return proof.kind === "proved" ? proof.result : expect.unreachable(proof.kind);
    };
    const former = await tokenOf("alice", SEED_PASSWORD);
    const bobs = await tokenOf("BOB@chat.example", SEED_PASSWORD);
    const changed = await accounts.changePassword(ALICE, SEED_PASSWORD, "tea with the badger");
    const later = changed.kind === "proved" ? changed.result : expect.unreachable(changed.kind);
    expect([await sessions.userOf(former), await sessions.userOf(later)]).toEqual([undefined, ALICE]);
    expect((await accounts.logIn("alice", SEED_PASSWORD)).kind).toBe("wrong");
    expect((await accounts.delete(ALICE, "tea with the badger")).kind).toBe("proved");
    expect([await sessions.userOf(later), await sessions.userOf(bobs)]).toEqual([undefined, BOB]);
    expect(await accounts.emailOf(ALICE)).toBeNull();
  });

  test("a session ends by itself after sixty days, and is gone with the next log-in", async () => {
    const database = await open();
    const { accounts } = await accountsOn(database);
    await accounts.logIn("alice", SEED_PASSWORD);
    const later = (ms: number) => new Sessions({ database, pubsub: new PubSub(), nowMs: () => ms });
    const [first] = await database.selectFrom("sessions").select("id").execute();
    const hash = await database
      .selectFrom("users")
      .select("password_hash")
      .where("id", "=", 1)
      .executeTakeFirstOrThrow();
    const days = (count: number) => count * 24 * 60 * 60 * 1000;
    await later(days(60) - 1000).begin(1, hash.password_hash ?? "");
    expect((await later(0).idsOf(1)).includes(first?.id ?? "")).toBe(true);
    await later(days(60)).begin(1, hash.password_hash ?? "");
    expect((await later(0).idsOf(1)).includes(first?.id ?? "")).toBe(false);
    expect((await later(0).idsOf(1)).length).toBe(2);
  });
});

/**
 * Begins an act while another transaction has made a change, which is committed once the act waits for it.
 *
 * @returns what came of the act, and whether it waited.
 */
async function meanwhile<T>(
  database: Database,
  change: (transaction: Database) => Promise<unknown>,
  act: () => Promise<T>,
): Promise<{ outcome: T; waited: boolean }> {
  const blocked = sql<{
    blocked: boolean;
  }>`select exists (select from pg_locks where not granted) as blocked`;
  const waits = async () => (await blocked.execute(database)).rows[0]?.blocked === true;
  const begun = await database.transaction().execute(async (transaction) => {
    await change(transaction);
    const state = { over: false };
    const outcome = act().finally(() => {
      state.over = true;
    });
    outcome.catch(() => {});
    while (!state.over && !(await waits()));
    return { outcome, waited: !state.over };
  });
  return { outcome: await begun.outcome, waited: begun.waited };
}

describe.each(POSTGRES)("on $name", ({ open }) => {
  test("whoever logs in while the password is being changed gets no session by the former one", async () => {
    const database = await open();
    const { sessions } = await accountsOn(database);
    const { password_hash } = await database
      .selectFrom("users")
      .select("password_hash")
      .where("id", "=", ALICE.id)
      .executeTakeFirstOrThrow();
    const changed = await meanwhile(
      database,
      (transaction) =>
        transaction
          .updateTable("users")
          .set({ password_hash: "another" })
          .where("id", "=", ALICE.id)
          .execute(),
      () => sessions.begin(ALICE.id, password_hash ?? ""),
    );
    expect(changed).toEqual({ outcome: undefined, waited: true });
    expect(await sessions.idsOf(ALICE.id)).toEqual([]);
  });

  const zoeRegisters = (transaction: Database) =>
    transaction
      .insertInto("users")
      .values({ name: "zoe", name_key: "zoe", email: "zoe@chat.example" })
      .execute();

  test("a name that somebody takes between look and leap is taken", async () => {
    const database = await open();
    const { accounts } = await accountsOn(database);
    const renamed = await meanwhile(database, zoeRegisters, () => accounts.rename(BOB, "Zoe"));
    expect(renamed).toEqual({ outcome: false, waited: true });
  });

  test("an address that somebody takes between look and leap is taken", async () => {
    const database = await open();
    const { accounts } = await accountsOn(database);
    const changed = await meanwhile(database, zoeRegisters, () =>
      accounts.changeEmail(BOB, "zoe@chat.example", SEED_PASSWORD),
    );
    expect(changed).toEqual({ outcome: { kind: "proved", result: false }, waited: true });
  });
});
