import { emailField, nameField, newPasswordField } from "./fields.ts";
import { formHtml } from "./form.ts";

/** The fields of an account, by name. */
export type AccountFields<T> = Readonly<Record<"name" | "email" | "password", T>>;

/** What the registration page shows. */
export interface RegisterPage {
  readonly csrfToken: string;
  /** Where to go afterwards. */
  readonly returnTo: string;
  /** What was given. */
  readonly given?: Readonly<Record<"name" | "email", string>>;
  /** What was wrong with it. */
  readonly problems?: Partial<AccountFields<string | undefined>>;
}

/** The page on which an account is made. */
export function registerPage({ csrfToken, returnTo, given, problems = {} }: RegisterPage): string {
  const form = formHtml({
    id: "register-form",
    action: "/register",
    csrfToken,
    hidden: { return_to: returnTo },
    focused: true,
    button: "Create account",
    fields: [
      nameField({ id: "user_name", value: given?.name ?? "", problem: problems.name }),
      emailField({ id: "user_email", value: given?.email ?? "", problem: problems.email }),
      newPasswordField({ id: "user_password", label: "Password", problem: problems.password }),
    ],
  });
  return `<main class="account">
  <section>
    <h1>Create an account</h1>
    ${form}
    <p>Have one already? <a href="/log_in?return_to=${encodeURIComponent(returnTo)}">Log in</a></p>
  </section>
</main>`;
}
