import { expect, test } from "vitest";
import { SEED_PASSWORD } from "../../reference-server/chat/seed-accounts.ts";
import { accountSite, answerOf, PASSWORD, Person, problemsIn } from "./account-site.ts";

test("who registers is logged in, and comes back by name and by address, however they are written", async () => {
  const site = await accountSite();
  const zoe = new Person(site);
  const made = await zoe.register("Zoe", { "user[email]": " Zoe@People.Example ", return_to: "/rooms/2" });
  expect(answerOf(made)).toEqual([303, "/rooms/2"]);
  expect(await zoe.name()).toBe("Zoe");
  for (const login of ["Zoe", "ZOE ", "zoe@people.example", "ZOE@people.example"]) {
    const again = new Person(site);
    expect(answerOf(await again.logIn(login, PASSWORD))).toEqual([303, "/"]);
    expect(await again.name()).toBe("Zoe");
  }
});

test("a name and an address are had once, whatever their case", async () => {
  const site = await accountSite();
  await new Person(site).register("Zoe");
  const other = new Person(site);
  const refused = await other.register("zoe", { "user[email]": "ZOE@people.example" });
  expect([refused.status, problemsIn(refused)]).toEqual([
    422,
    { user_name: "this nickname is taken", user_email: "there is an account with this address" },
  ]);
  expect(await other.name()).toBeNull();
});

test("of four who register one name at the same time one gets it", async () => {
  const site = await accountSite();
  const people = Array.from({ length: 4 }, () => new Person(site));
  const made = await Promise.all(people.map((person) => person.register("zoe")));
  expect(made.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422]);
  expect(
    (await Promise.all(people.map((person) => person.name()))).filter((name) => name === "zoe").length,
  ).toBe(1);
  expect(site.log).toEqual([]);
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  [
    "a name of one letter",
    { "user[name]": "z" },
    { user_name: "a name has 2 to 32 letters, digits, dots, hyphens or underscores" },
  ],
  [
    "a name that looks deleted",
    { "user[name]": "deleted user 3" },
    { user_name: "a name has 2 to 32 letters, digits, dots, hyphens or underscores" },
  ],
  [
    "an address that is none",
    { "user[email]": "zoe at home" },
    { user_email: "this is not an e-mail address" },
  ],
  [
    "an address that is too long",
    { "user[email]": `${"z".repeat(260)}@x.example` },
    { user_email: "an e-mail address has at most 254 characters" },
  ],
  [
    "a password of 11 characters, of two units each",
    { "user[password]": "🦡".repeat(11) },
    { user_password: "a password has at least 12 characters" },
  ],
  [
    "a password of 201 characters",
    { "user[password]": "x".repeat(201) },
    { user_password: "a password has at most 200 characters" },
  ],
])("%s is refused beside its field, which has the focus", async (_, field, problems) => {
  const site = await accountSite();
  const zoe = new Person(site);
  const refused = await zoe.register("zoe", field);
  expect([refused.status, problemsIn(refused)]).toEqual([422, problems]);
  const [id] = Object.keys(problems);
  const input = new RegExp(`<input [^>]*id="${id}"[^>]*>`).exec(refused.html)?.[0] ?? "";
  expect(input).toMatch(
    new RegExp(`aria-describedby="(\\S+ )?${id}-problem" aria-invalid="true" autofocus>`),
  );
  expect(refused.html.match(/autofocus/g)?.length).toBe(1);
  expect(await zoe.name()).toBeNull();
});

test("an empty form, and one with each field twice, are refused like any other", async () => {
  const site = await accountSite();
  const zoe = new Person(site);
  const empty = await zoe.send("/register", "/register");
  expect([empty.status, Object.keys(problemsIn(empty))]).toEqual([
    422,
    ["user_name", "user_email", "user_password"],
  ]);
  const { csrfToken } = await zoe.browser.get("/log_in");
  const response = await fetch(`${site.origin}/log_in`, {
    method: "POST",
    headers: { cookie: zoe.browser.cookie },
    body: new URLSearchParams([
      ["_csrf_token", csrfToken],
      ["user[name]", "alice"],
      ["user[name]", "bob"],
      ["user[password]", SEED_PASSWORD],
      ["user[password]", "another one"],
    ]),
  });
  expect([response.status, site.log]).toEqual([422, []]);
});

test("a wrong password and an unknown name are answered with the same words", async () => {
  const site = await accountSite();
  const answers = await Promise.all(
    [
      ["alice", "a wrong password"],
      ["nobody", SEED_PASSWORD],
      ["nobody@chat.example", SEED_PASSWORD],
      ["alice", ""],
    ].map(async ([name = "", password = ""]) => {
      const answer = await new Person(site).logIn(name, password);
      return [answer.status, problemsIn(answer)];
    }),
  );
  const refused = [422, { "log-in-form": "This name and password do not go together." }];
  expect(answers).toEqual([refused, refused, refused, refused]);
});

test("after ten failures an account is closed to everybody for a quarter of an hour, others are not", async () => {
  const site = await accountSite();
  for (let count = 0; count < 10; count += 1)
    expect((await new Person(site).logIn("alice", `guess ${count}`)).status).toBe(422);
  site.clock.nowMs += 60_000;
  const closed = await new Person(site).logIn("alice@chat.example", SEED_PASSWORD);
  expect([closed.status, problemsIn(closed)]).toEqual([
    429,
    { "log-in-form": "Too many failed attempts for this account. Try again in 14 minutes, at 03:20 UTC." },
  ]);
  expect(answerOf(await new Person(site).logIn("bob", SEED_PASSWORD))).toEqual([303, "/"]);
  site.clock.nowMs += 14 * 60_000;
  expect(answerOf(await new Person(site).logIn("alice", SEED_PASSWORD))).toEqual([303, "/"]);
});

test("guesses at the same time are counted, at an unknown name as at a known one", async () => {
  const site = await accountSite();
  const statuses = async (name: string) => {
    const guesses = Array.from({ length: 14 }, (_, index) => new Person(site).logIn(name, `guess ${index}`));
    return (await Promise.all(guesses)).map(({ status }) => status).filter((status) => status === 429).length;
  };
  expect([await statuses("alice"), await statuses("nobody")]).toEqual([4, 4]);
});

test.each([
  "/register",
  "/log_in",
  "/log_out",
  "/settings/name",
  "/settings/email",
  "/settings/password",
  "/settings/delete",
])(
  "a form for %s without the token of this browser changes nothing, and is said to be out of date",
  async (action) => {
    const site = await accountSite();
    const alice = new Person(site);
    await alice.logIn("alice", SEED_PASSWORD);
    const stranger = new Person(site);
    const { csrfToken } = await stranger.browser.get("/log_in");
    const fields = {
      "user[name]": "mallory",
      "user[email]": "mallory@people.example",
      "user[password]": PASSWORD,
      current_password: SEED_PASSWORD,
    };
    for (const token of [{}, { _csrf_token: "wrong" }, { _csrf_token: csrfToken }]) {
      const refused = await alice.browser.post(action, { ...fields, ...token });
      expect([refused.status, refused.html.includes("This form is out of date")]).toEqual([403, true]);
    }
    expect(await alice.name()).toBe("alice");
    expect((await new Person(site).logIn("alice@chat.example", SEED_PASSWORD)).status).toBe(303);
    expect((await new Person(site).logIn("mallory", PASSWORD)).status).toBe(422);
  },
);

const HTML = `"><img src=x onerror=alert(1)>'<script>alert(1)</script>`;
const SQL = `alice' OR '1'='1'; DROP TABLE users; --`;

test.each([
  ["HTML", HTML],
  ["SQL", SQL],
  ["a NUL", "ali\0ce"],
  ["an override of the direction of text", "\u202ealice"],
])("%s in any field is text, and nothing else", async (_, text) => {
  const site = await accountSite();
  const all = {
    "user[name]": text,
    "user[email]": text,
    "user[password]": text,
    current_password: text,
    return_to: text,
  };
  const alice = new Person(site);
  await alice.logIn("alice", SEED_PASSWORD);
  const pages = [
    await new Person(site).send("/log_in", "/log_in", all),
    await new Person(site).send("/register", "/register", all),
    await alice.send("/settings", "/settings/name", all),
    await alice.send("/settings", "/settings/email", all),
    await alice.send("/settings", "/settings/password", { ...all, "user[password]": PASSWORD }),
    await alice.send("/settings", "/settings/delete", all),
    await new Person(site).browser.get(`/log_in?return_to=${encodeURIComponent(text)}`),
    await new Person(site).browser.get(`/register?return_to=${encodeURIComponent(`/${text}`)}`),
    await alice.browser.get(`/settings?saved=${encodeURIComponent(text)}`),
  ];
  expect(pages.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 422, 200, 200, 200]);
  for (const { html } of pages) {
    expect(html).not.toContain("<img");
    expect(html).not.toContain("<script>");
  }
  expect([await alice.name(), site.log]).toEqual(["alice", []]);
});

test("a password may be anything that is long enough", async () => {
  const site = await accountSite();
  const password = `${HTML} ${SQL} 🦡`;
  await new Person(site).register("zoe", { "user[password]": password });
  const zoe = new Person(site);
  expect(answerOf(await zoe.logIn("zoe", password))).toEqual([303, "/"]);
  expect((await new Person(site).logIn("zoe", password.slice(0, -2))).status).toBe(422);
});

test.each(["//evil.example/", "/\t/evil.example/", "/.//evil.example/", "https://evil.example/"])(
  "neither log-in nor registration leads to %j, nor does a page offer to",
  async (path) => {
    const site = await accountSite();
    expect(answerOf(await new Person(site).logIn("alice", SEED_PASSWORD, { return_to: path }))).toEqual([
      303,
      "/",
    ]);
    expect(answerOf(await new Person(site).register("zoe", { return_to: path }))).toEqual([303, "/"]);
    const bob = new Person(site);
    await bob.logIn("bob", SEED_PASSWORD);
    for (const page of ["/log_in", "/register"]) {
      const query = `?return_to=${encodeURIComponent(path)}`;
      expect(answerOf(await bob.browser.get(`${page}${query}`))).toEqual([303, "/"]);
      const { html } = await new Person(site).browser.get(`${page}${query}`);
      expect([html.includes("evil"), html.includes('name="return_to" value="/"')]).toEqual([false, true]);
    }
  },
);
