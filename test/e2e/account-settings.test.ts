import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { SEED_PASSWORD } from "../../reference-server/chat/seed-accounts.ts";
import { DATABASES } from "../databases.ts";
import { accountSite, answerOf, PASSWORD, Person, problemsIn } from "./account-site.ts";
import { temporaryFolder } from "./bench.ts";

const NEXT = "another password altogether";

describe.each(DATABASES)("on $name", ({ emptyLocation }) => {
  test("settings ask those who are not logged in to do so, and lead them back", async () => {
    const site = await accountSite({ database: await emptyLocation() });
    const alice = new Person(site);
    const asked = [303, "/log_in?return_to=%2Fsettings"];
    expect(answerOf(await alice.browser.get("/settings"))).toEqual(asked);
    for (const action of ["name", "email", "password", "delete"])
      expect(answerOf(await alice.send("/log_in", `/settings/${action}`))).toEqual(asked);
    const { html } = await alice.browser.get("/log_in?return_to=%2Fsettings");
    expect(html).toContain('name="return_to" value="/settings"');
    expect(answerOf(await alice.logIn("alice", SEED_PASSWORD, { return_to: "/settings" }))).toEqual([
      303,
      "/settings",
    ]);
  });

  test("a nickname can be changed, to one that is free", async () => {
    const site = await accountSite({ database: await emptyLocation() });
    const alice = new Person(site);
    await alice.logIn("alice", SEED_PASSWORD);
    const taken = await alice.send("/settings", "/settings/name", { "user[name]": "BOB" });
    expect([taken.status, problemsIn(taken)]).toEqual([422, { name: "this nickname is taken" }]);
    const changed = await alice.send("/settings", "/settings/name", { "user[name]": "Alice" });
    expect(answerOf(changed)).toEqual([303, "/settings?saved=name"]);
    expect((await alice.browser.get("/settings?saved=name")).html).toContain(
      'role="status">Your nickname is changed.',
    );
    expect(await alice.name()).toBe("Alice");
    await alice.send("/settings", "/settings/name", { "user[name]": "alicia" });
    expect((await new Person(site).logIn("alice", SEED_PASSWORD)).status).toBe(422);
    expect((await new Person(site).logIn("alicia", SEED_PASSWORD)).status).toBe(303);
    expect((await alice.browser.get("/stream/rooms/1")).html).toContain("<strong>alicia</strong>");
  });

  test("an address can be changed with the password, to one that is free", async () => {
    const site = await accountSite({ database: await emptyLocation() });
    const alice = new Person(site);
    await alice.logIn("alice", SEED_PASSWORD);
    const change = (email: string, current_password: string) =>
      alice.send("/settings", "/settings/email", { "user[email]": email, current_password });
    expect(problemsIn(await change("new@people.example", "wrong"))).toEqual({
      "email-current": "this is not your password",
    });
    expect(problemsIn(await change("bob@chat.example", SEED_PASSWORD))).toEqual({
      email: "there is an account with this address",
    });
    expect((await new Person(site).logIn("new@people.example", SEED_PASSWORD)).status).toBe(422);
    expect(answerOf(await change("New@People.example", SEED_PASSWORD))).toEqual([
      303,
      "/settings?saved=email",
    ]);
    expect((await new Person(site).logIn("new@people.example", SEED_PASSWORD)).status).toBe(303);
    expect((await new Person(site).logIn("alice@chat.example", SEED_PASSWORD)).status).toBe(422);
  });

  test("a password can be changed with the one that is, which then is none", async () => {
    const site = await accountSite({ database: await emptyLocation() });
    const alice = new Person(site);
    await alice.logIn("alice", SEED_PASSWORD);
    const change = (current_password: string, next: string) =>
      alice.send("/settings", "/settings/password", { "user[password]": next, current_password });
    expect(problemsIn(await change(SEED_PASSWORD, "short"))).toEqual({
      password: "a password has at least 12 characters",
    });
    expect(problemsIn(await change("wrong", NEXT))).toEqual({
      "password-current": "this is not your password",
    });
    expect(answerOf(await change(SEED_PASSWORD, NEXT))).toEqual([303, "/settings?saved=password"]);
    expect(await alice.name()).toBe("alice");
    expect((await new Person(site).logIn("alice", SEED_PASSWORD)).status).toBe(422);
    expect((await new Person(site).logIn("alice", NEXT)).status).toBe(303);
  });

  test("who has somebody's browser cannot guess the password in the settings either", async () => {
    const site = await accountSite({ database: await emptyLocation() });
    const alice = new Person(site);
    await alice.logIn("alice", SEED_PASSWORD);
    const guess = (current_password: string) =>
      alice.send("/settings", "/settings/delete", { current_password });
    for (let count = 0; count < 10; count += 1) expect((await guess(`guess ${count}`)).status).toBe(422);
    const closed = await guess(SEED_PASSWORD);
    expect([closed.status, problemsIn(closed)]).toEqual([
      429,
      {
        "delete-current": "Too many failed attempts for this account. Try again in 15 minutes, at 03:20 UTC.",
      },
    ]);
    expect(await alice.name()).toBe("alice");
  });

  test("a deleted account leaves its messages, by nobody, and its name and address to others", async () => {
    const site = await accountSite({ database: await emptyLocation(), messagesPerRoom: 40 });
    const carla = new Person(site);
    await carla.logIn("carla", SEED_PASSWORD);
    const bylines = async (person: Person) =>
      [...(await person.browser.get("/stream/rooms/1")).html.matchAll(/class="sender">([^<]*)</g)].map(
        ([, name]) => name,
      );
    const before = await bylines(carla);
    expect(before).toContain("carla");
    const gone = await carla.send("/settings", "/settings/delete", { current_password: SEED_PASSWORD });
    expect([answerOf(gone), await carla.name()]).toEqual([[303, "/log_in"], null]);
    expect((await new Person(site).logIn("carla", SEED_PASSWORD)).status).toBe(422);
    const other = new Person(site);
    expect((await other.register("carla", { "user[email]": "carla@chat.example" })).status).toBe(303);
    expect(await bylines(other)).toEqual(before.map((name) => (name === "carla" ? "deleted user 3" : name)));
  });
});

test("of a deleted account the file keeps neither name, address, password nor session", async () => {
  const file = join(temporaryFolder(), "chat.db");
  const site = await accountSite({ database: file });
  const zoe = new Person(site);
  await zoe.register("zoe");
  await zoe.send("/settings", "/settings/delete", { current_password: PASSWORD });
  const sqlite = new DatabaseSync(file, { readOnly: true });
  const nobody = { name_key: null, email: null, password_hash: null, deleted_at: "2026-01-02T03:04:05Z" };
  expect(sqlite.prepare("SELECT * FROM users WHERE id > 10").all()).toEqual([
    { id: 11, name: "deleted user 11", ...nobody },
  ]);
  expect(sqlite.prepare("SELECT count(*) AS count FROM sessions").all()).toEqual([{ count: 0 }]);
  sqlite.close();
});
