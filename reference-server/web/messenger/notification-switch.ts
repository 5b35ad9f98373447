import { expr } from "../../live/expression.ts";
import { component, html, when } from "../../live/template.ts";
import type { Permission } from "./notifications.ts";

/** Asks whether the browser may show notifications: once, and only when somebody presses the button. */
export const notificationSwitch = component<{ permission: Permission }>(
  ({ permission }) =>
    html`<div id="notifications" phx-hook="Notifications" data-asks>${when(
      expr(permission, (given) => given === "default"),
      html`<button type="button">Notify me of new messages</button>`,
    )}${when(
      expr(permission, (given) => given === "granted"),
      html`<p role="status">You are notified of new messages.</p>`,
    )}${when(
      expr(permission, (given) => given === "denied"),
      html`<p role="status">Your browser does not let this page notify you of new messages.</p>`,
    )}</div>`,
);
