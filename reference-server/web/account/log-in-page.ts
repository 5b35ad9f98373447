import { currentPasswordField } from "./fields.ts";
import { formHtml } from "./form.ts";

/** What the log-in page shows. */
export interface LogInPage {
  readonly csrfToken: string;
  /** Where to go afterwards. */
  readonly returnTo: string;
  /** The name or address that was given. */
  readonly login?: string;
  /** Why that was refused. */
  readonly problem?: string;
}

/** The page by which one enters the chat. Whether name or password was wrong is not said. */
export function logInPage({ csrfToken, returnTo, login = "", problem }: LogInPage): string {
  const form = formHtml({
    id: "log-in-form",
    action: "/log_in",
    csrfToken,
    hidden: { return_to: returnTo },
    problem,
    focused: true,
    button: "Log in",
    fields: [
      {
        id: "user_name",
        name: "user[name]",
        label: "Nickname or e-mail address",
        type: "text",
        autocomplete: "username",
        value: login,
      },
      currentPasswordField({ id: "user_password", name: "user[password]", label: "Password" }),
    ],
  });
  return `<main class="account">
  <section>
    <h1>Log in</h1>
    ${form}
    <p>New here? <a href="/register?return_to=${encodeURIComponent(returnTo)}">Create an account</a></p>
  </section>
</main>`;
}
