import { expr, type Ref } from "../live/expression.ts";
import type { Flash } from "../live/flash.ts";
import { JS } from "../live/js.ts";
import type { Template } from "../live/slots.ts";
import { attr, component, html, when } from "../live/template.ts";

/** What is said to the reader once, until he puts it away. */
export const flashMessages = component<{ flash: Flash }>(
  ({ flash }) =>
    html`<div id="flash" aria-live="polite">${message(flash, "info")}${message(flash, "error")}</div>`,
);

const message = (flash: Ref<Flash>, kind: "info" | "error") =>
  when(
    expr(flash, (messages) => messages[kind] ?? null),
    (text): Template =>
      html`<p${attr("id", `flash-${kind}`)} class="flash"${attr("role", kind === "error" ? "alert" : "status")}${attr("data-kind", kind)}>${text} <button type="button" aria-label="Close this message"${attr(
        "phx-click",
        String(JS.push("lv:clear-flash", { value: { key: kind } })),
      )}>✕</button></p>`,
  );
