import type { User } from "../../chat/accounts.ts";
import { escapeHtml } from "../../live/escape.ts";
import { csrfField } from "../layout.ts";
import { currentPasswordField, emailField, nameField, newPasswordField } from "./fields.ts";
import { formHtml } from "./form.ts";

/** What can be changed: a form each. */
export const SETTINGS = {
  name: "Your nickname is changed.",
  email: "Your e-mail address is changed.",
  password: "Your password is changed, and all your other devices are logged out.",
} as const;

/** The name of what can be changed. */
export type Setting = keyof typeof SETTINGS;

/** A form of the page that was refused: what was given, and what is wrong with it. */
export interface Refusal {
  readonly form: Setting | "delete";
  readonly value?: string;
  /** By field: the new value, or the password that is. */
  readonly problems: { readonly value?: string | undefined; readonly current?: string | undefined };
}

/** What the settings page shows. */
export interface SettingsPage {
  readonly csrfToken: string;
  readonly user: User;
  /** Null where the account has none. */
  readonly email: string | null;
  /** What has just been changed. */
  readonly saved?: Setting | undefined;
  readonly refusal?: Refusal;
}

/** The page on which one changes one's account, or deletes it. */
export function settingsPage({ csrfToken, user, email, saved, refusal }: SettingsPage): string {
  const problems = (form: Refusal["form"]) => (refusal?.form === form ? refusal.problems : {});
  const given = (form: Setting, otherwise: string) =>
    refusal?.form === form ? (refusal.value ?? otherwise) : otherwise;
  const current = (form: Refusal["form"]) =>
    currentPasswordField({
      id: `${form}-current`,
      name: "current_password",
      label: "Current password",
      problem: problems(form).current,
    });
  const forms = {
    name: formHtml({
      id: "name-form",
      action: "/settings/name",
      csrfToken,
      button: "Change nickname",
      fields: [nameField({ id: "name", value: given("name", user.name), problem: problems("name").value })],
    }),
    email: formHtml({
      id: "email-form",
      action: "/settings/email",
      csrfToken,
      button: "Change address",
      fields: [
        emailField({ id: "email", value: given("email", email ?? ""), problem: problems("email").value }),
        current("email"),
      ],
    }),
    password: formHtml({
      id: "password-form",
      action: "/settings/password",
      csrfToken,
      button: "Change password",
      fields: [
        current("password"),
        newPasswordField({ id: "password", label: "New password", problem: problems("password").value }),
      ],
    }),
    delete: formHtml({
      id: "delete-form",
      action: "/settings/delete",
      csrfToken,
      button: "Delete my account",
      danger: true,
      fields: [current("delete")],
    }),
  };
  return `<main class="account">
  <section>
    <header>
      <h1>Settings</h1>
      <a href="/">To the chat</a>
      <form id="log-out" action="/log_out" method="post">${csrfField(csrfToken)}<button type="submit">Log out</button></form>
    </header>
    <p>You are <strong>${escapeHtml(user.name)}</strong>.</p>
    ${saved === undefined ? "" : `<p class="saved" role="status">${SETTINGS[saved]}</p>`}
  </section>
  <section><h2>Nickname</h2>${forms.name}</section>
  <section><h2>E-mail address</h2>${forms.email}</section>
  <section><h2>Password</h2><p>A new password logs you out everywhere else.</p>${forms.password}</section>
  <section>
    <h2>Delete account</h2>
    <p>Your name, address and password are removed for good. What you wrote stays, by “deleted user ${user.id}”.</p>
    ${forms.delete}
  </section>
</main>`;
}
