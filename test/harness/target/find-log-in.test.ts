import { expect, test } from "vitest";
import { parseHtml } from "../../../harness/page/html.ts";
import { findLogIn } from "../../../harness/target/find-forms.ts";

const form = (id: string, fields: string, more = "") =>
  `<form id="${id}" method="post" ${more}><input type="hidden" name="_csrf_token" value="x">${fields}<button>Go</button></form>`;
const EMAIL = '<input type="email" name="user[email]">';
const PASSWORD = '<input type="password" name="user[password]">';
const ASKED = { "user[email]": "{name}", "user[password]": "{password}" };

test.each([
  ["the one with a name and a password", form("f", EMAIL + PASSWORD), "#f"],
  [
    "that of a password, beside one that sends a link",
    form("login_form_magic", EMAIL, 'phx-submit="magic"') +
      form("login_form_password", EMAIL + PASSWORD, 'phx-submit="in"'),
    "#login_form_password",
  ],
  [
    "the log-in, beside a registration",
    form("register", EMAIL + PASSWORD) + form("log-in", EMAIL + PASSWORD),
    "#log-in",
  ],
])("the form by which one logs in is %s", (_, html, expected) => {
  expect(findLogIn(parseHtml(html))).toMatchObject({ form: expected, fields: ASKED });
});

test.each([
  ["a name alone", form("f", EMAIL)],
  ["a password that is to be repeated", form("f", EMAIL + PASSWORD + PASSWORD)],
  ["no fields with names", form("f", '<input><input type="password">')],
])("a form with %s is none", (_, html) => {
  expect(findLogIn(parseHtml(html))).toBe(null);
});
