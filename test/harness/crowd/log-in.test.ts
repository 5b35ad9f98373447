import { describe, expect, test } from "vitest";
import { BenchError } from "../../../harness/core/errors.ts";
import type { KeptSessions } from "../../../harness/crowd/log-in.ts";
import { type LogInOptions, mountLoggedIn } from "../../../harness/crowd/log-in.ts";
import type { SimulatedUser } from "../../../harness/user/simulated-user.ts";

const ORIGIN = "http://chat.test";
const form = (id: string) => `<form id="${id}" method="post"><input name="n"></form>`;
const STEPS = [
  { path: "/log_in", form: "#who", fields: { n: "{name}", p: "{password}" } },
  { path: "/code", form: "#code", fields: { n: "1" } },
];
const account = { name: "ada", password: "tea" };

/** A user without a server, and how to log him in. What was done is told in order. */
function arriving({
  answers = "<p>Welcome</p>",
  status = 200,
  kept,
  leadsTo = "/rooms/1",
  logIn = { steps: STEPS },
}: {
  readonly answers?: string;
  readonly status?: number;
  readonly kept?: Record<string, string>;
  /** Where a page with the kept cookies leads to; null: to a page that is no LiveView's. */
  readonly leadsTo?: string | null;
  readonly logIn?: LogInOptions["site"]["logIn"];
} = {}) {
  const acts: string[] = [];
  const user = {
    url: null as string | null,
    cookies: {} as Record<string, string>,
    get: async (path: string) => ({ url: `${ORIGIN}${path}`, status: 200, html: "" }),
    submitHtmlForm: async (sent: { readonly form: string; readonly fields: object }) => {
      acts.push(`sends ${sent.form} ${JSON.stringify(sent.fields)}`);
      user.cookies = { key: "new" };
      return { url: `${ORIGIN}/after`, status, html: answers };
    },
    mount: async (path: string) => {
      acts.push(`mounts ${path} with ${JSON.stringify(user.cookies)}`);
      if (user.cookies.key === "new") user.url = `${ORIGIN}${path}`;
      else if (leadsTo === null) throw new BenchError("no", { code: "not-a-liveview-page" });
      else user.url = `${ORIGIN}${leadsTo}`;
    },
  };
  const sessions: Pick<KeptSessions, "cookiesOf" | "keep"> = {
    cookiesOf: (name) => (name === "ada" ? kept : undefined),
    keep: (name, cookies) => acts.push(`keeps ${JSON.stringify(cookies)} of ${name}`),
  };
  const options = {
    site: { logIn },
    path: "/rooms/1",
    account,
    accounts: 7,
    sessions: sessions as KeptSessions,
  };
  return { acts, done: mountLoggedIn(user as unknown as SimulatedUser, options) };
}

const BY_FORM = [
  'sends #who {"n":"ada","p":"tea"}',
  'sends #code {"n":"1"}',
  'mounts /rooms/1 with {"key":"new"}',
  'keeps {"key":"new"} of ada',
];

test("who has no session takes each step, as his account, and what he has then is kept", async () => {
  const { acts, done } = arriving();
  await done;
  expect(acts).toEqual(BY_FORM);
});

test("whose session is still good takes none", async () => {
  const { acts, done } = arriving({ kept: { key: "old" } });
  await done;
  expect(acts).toEqual(['mounts /rooms/1 with {"key":"old"}', 'keeps {"key":"old"} of ada']);
});

test.each([
  ["to a page of the log-in", "/code"],
  ["to a page that is no LiveView's", null],
])("whose session leads %s starts anew", async (_, leadsTo) => {
  const { acts, done } = arriving({ kept: { key: "old" }, leadsTo });
  await done;
  expect(acts).toEqual(['mounts /rooms/1 with {"key":"old"}', ...BY_FORM]);
});

test("where nobody logs in one goes to the page", async () => {
  const { acts, done } = arriving({ logIn: null, kept: { key: "old" } });
  await done;
  expect(acts).toEqual(["mounts /rooms/1 with {}", "keeps {} of ada"]);
});

describe("who is refused is told so, with how many accounts there have to be", () => {
  test.each([
    ["by a status", { status: 422 }, `${ORIGIN}/after answered 422`],
    ["by the same form again", { answers: form("who") }, `${ORIGIN}/after shows #who again`],
  ])("%s", async (_, given, why) => {
    await expect(arriving(given).done).rejects.toThrow(
      `ada could not log in: ${why}; a run needs 7 accounts (start the reference server with --users 7)`,
    );
  });

  test("but not by the form of another step", async () => {
    const { acts, done } = arriving({ answers: form("other") });
    await done;
    expect(acts).toEqual(BY_FORM);
  });
});
