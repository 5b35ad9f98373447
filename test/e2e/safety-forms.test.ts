import { describe, expect, test } from "vitest";
import { SEED_PASSWORD } from "../../reference-server/chat/seed-accounts.ts";
import { type AccountSite, accountSite, Person } from "./account-site.ts";
import { RawBrowser, RawSocket } from "./raw-client.ts";

const FORMS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["/log_out", {}],
  ["/settings/name", { "user[name]": "forged" }],
  ["/settings/email", { "user[email]": "forged@people.example", current_password: SEED_PASSWORD }],
  ["/settings/password", { "user[password]": "a forged password", current_password: SEED_PASSWORD }],
  ["/settings/delete", { current_password: SEED_PASSWORD }],
];

async function loggedIn(site: AccountSite, name: string): Promise<Person> {
  const person = new Person(site);
  expect((await person.logIn(name, SEED_PASSWORD)).status).toBe(303);
  return person;
}

describe.each(FORMS)("the form at %s", (action, fields) => {
  test("is refused without the page's token, with an empty one, a made-up one and one of another browser", async () => {
    const site = await accountSite();
    const [alice, mallory] = [await loggedIn(site, "alice"), await loggedIn(site, "bob")];
    const { csrfToken: hers } = await alice.browser.get("/settings");
    const { csrfToken: others } = await mallory.browser.get("/settings");
    const tokens = [{}, ...["", "x", others, `${hers}x`].map((_csrf_token) => ({ _csrf_token }))];
    for (const token of tokens) {
      const answer = await alice.browser.post(action, { ...fields, ...token });
      expect([answer.status, answer.html.includes("This form is out of date")]).toEqual([403, true]);
    }
    expect(await alice.name()).toBe("alice");
  });

  test("is refused where another site sends it, which has neither the token nor the browser's cookies", async () => {
    const site = await accountSite();
    const alice = await loggedIn(site, "alice");
    const { csrfToken } = await alice.browser.get("/settings");
    // SameSite=Lax: a form of another site comes without cookies.
    const stranger = new RawBrowser(site.origin);
    expect((await stranger.post(action, { ...fields, _csrf_token: csrfToken })).status).toBe(403);
    expect(await alice.name()).toBe("alice");
  });

  test("does nothing where it is asked for as a page, its token in the address", async () => {
    const site = await accountSite();
    const alice = await loggedIn(site, "alice");
    const { csrfToken } = await alice.browser.get("/settings");
    const query = new URLSearchParams({ ...fields, _csrf_token: csrfToken });
    expect((await alice.browser.get(`${action}?${query}`)).status).toBe(404);
    expect(await alice.name()).toBe("alice");
  });

  test("is refused in any other form than a form's, with a right token in it", async () => {
    const site = await accountSite();
    const alice = await loggedIn(site, "alice");
    const { csrfToken } = await alice.browser.get("/settings");
    const given = JSON.stringify({ ...fields, _csrf_token: csrfToken });
    for (const type of ["text/plain", "multipart/form-data; boundary=x"]) {
      const answer = await fetch(`${site.origin}${action}`, {
        method: "POST",
        redirect: "manual",
        headers: { cookie: alice.browser.cookie, "content-type": type },
        body: given,
      });
      expect([403, 415]).toContain(answer.status);
    }
    expect(await alice.name()).toBe("alice");
  });
});

test.each(["https://evil.example", "null", "http://localhost:1", "file://", "http://127.0.0.1.evil.example"])(
  "no socket is opened for a page of %s",
  async (origin) => {
    const site = await accountSite();
    const alice = await loggedIn(site, "alice");
    const { csrfToken } = await alice.browser.get("/stream/rooms/1");
    const options = { cookie: alice.browser.cookie, csrfToken, origin };
    await expect(RawSocket.open(site.origin, options)).rejects.toThrow("403");
  },
);

test("every answer says what a browser may do with it", async () => {
  const site = await accountSite();
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; " +
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  for (const path of ["/log_in", "/rooms/1", "/nowhere", "/assets/app.js", "/vendor/phoenix.min.js"]) {
    const { headers } = await fetch(`${site.origin}${path}`, { redirect: "manual" });
    expect([
      path,
      ...["content-security-policy", "x-content-type-options", "referrer-policy"].map((name) =>
        headers.get(name),
      ),
    ]).toEqual([path, policy, "nosniff", "same-origin"]);
  }
});
