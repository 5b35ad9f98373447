import { escapeHtml } from "../live/escape.ts";
import { csrfField } from "./layout.ts";

/** The form by which somebody enters the chat. */
export function logInPage(options: {
  readonly csrfToken: string;
  /** Where to go afterwards. */
  readonly returnTo: string;
  /** What was wrong with the name given. */
  readonly problem?: string;
}): string {
  const { csrfToken, returnTo, problem } = options;
  return `<main class="log-in">
  <form id="log-in-form" action="/log_in" method="post">
    <h1>Come in</h1>
    <p>Choose a name to write under.</p>
    ${csrfField(csrfToken)}
    <input type="hidden" name="return_to" value="${escapeHtml(returnTo)}">
    <label for="user_name">Name</label>
    <input type="text" id="user_name" name="user[name]" autocomplete="username" autofocus required minlength="2" maxlength="32">
    ${problem === undefined ? "" : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`}
    <button type="submit">Enter</button>
  </form>
</main>`;
}
