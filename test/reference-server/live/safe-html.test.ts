import { expect, test } from "vitest";
import { containerHtml } from "../../../reference-server/live/container.ts";
import { SafeHtml } from "../../../reference-server/live/safe-html.ts";
import { compile, html } from "../../../reference-server/live/template.ts";
import { ViewRenderer } from "../../../reference-server/live/view-renderer.ts";
import { parsed } from "./rendered-socket.ts";

test("HTML that is safe is put in as it is, text is not", () => {
  const template = compile<{ safe: SafeHtml; text: string }>(({ safe, text }) => html`<p>${safe}${text}</p>`);
  const renderer = new ViewRenderer({ template }, () => expect.unreachable());
  const assigns = { safe: new SafeHtml("<b>&amp;</b>"), text: "<b>" };
  expect(parsed(renderer.render(assigns, new Map()).diff)).toMatchObject({
    "0": "<b>&amp;</b>",
    "1": "&lt;b&gt;",
  });
});

test("a view's element has its id, its data and its own attributes, in this order", () => {
  const container = { tag: "section", attributes: { class: `"wide"` } };
  const data = { "data-phx-session": "s", "data-phx-sticky": true } as const;
  expect(containerHtml(container, "a&b", data, "<p></p>")).toBe(
    `<section id="a&amp;b" data-phx-session="s" data-phx-sticky class="&quot;wide&quot;"><p></p></section>`,
  );
});
