import { expect, test } from "vitest";
import { describeTemplates } from "../../../reference-server/live/describe-templates.ts";
import { expr, type Ref } from "../../../reference-server/live/expression.ts";
import { defineLiveComponent, live } from "../../../reference-server/live/live-component.ts";
import type { LiveStream } from "../../../reference-server/live/stream.ts";
import { attr, compile, component, each, html, when } from "../../../reference-server/live/template.ts";
import { sourceText } from "../../../reference-server/live/template-source.ts";

interface Assigns {
  readonly room: { readonly name: string; readonly id: number };
  readonly users: readonly { readonly name: string; readonly on: boolean }[];
  readonly messages: LiveStream<{ readonly text: string }>;
}

const badge = component<{ name: string }>(({ name }) => html`<b title="a"${attr("id", name)}>${name}</b>`);

const clock = defineLiveComponent<{ readonly myself: number; readonly now: string }, object>({
  name: "clock",
  render: ({ now }) => html`<time>${now}</time>`,
});

const page = compile<Assigns>(
  ({ room, users, messages }) => html`<main>
  ${expr(room.name, room.id, (name, id) => `${name} ${id}`)}
  ${badge({ name: room.name })}
  ${each(users, (user) => html`<i>${badge({ name: user.name })}${when(user.on, html`on`, html`off`)}</i>`)}
  ${each(messages as Ref<LiveStream<{ readonly text: string }>>, ({ domId, item }) => html`<p${attr("id", domId)}>${item.text}</p>`)}
  ${live(clock, { id: "c" })}${"x"}
</main>`,
);

test("a template is told by its statics, where it is written, and what is read in its slots", () => {
  const described = describeTemplates(page).map(({ statics, source, slots }) => ({
    head: statics.join("_").replaceAll(/\s+/g, " "),
    source: source.replace(/:\d+$/, ""),
    slots: slots.map((slot) => slot.replace(/:\d+$/, "")),
  }));
  const source = "../test/reference-server/live/describe-templates.test.ts";
  expect(described).toEqual([
    {
      head: "<main> _ _ _ _ __ </main>",
      source,
      slots: ["room.name, room.id", source, "each users", "each messages", "live clock", "a constant"],
    },
    { head: '<b title="a"_>_</b>', source, slots: ["id={room.name}", "room.name"] },
    { head: "<i>__</i>", source, slots: [source, "if users[].on"] },
    { head: '<b title="a"_>_</b>', source, slots: ["id={users[].name}", "users[].name"] },
    { head: "on", source, slots: [] },
    { head: "off", source, slots: [] },
    { head: "<p_>_</p>", source, slots: ["id={messages[].domId}", "messages[].item.text"] },
    { head: "<time>_</time>", source, slots: ["now"] },
  ]);
});

test("the line is the one at which the literal begins, and the same whenever that place is come by", () => {
  const lineOf = (text: string) => Number(/:(\d+)$/.exec(text)?.[1]);
  const [here = 0] = [lineOf((new Error().stack?.split("\n")[1] ?? "").replace(/:\d+\)?$/, ""))];
  const made = [1, 2].map(() => html`<p></p>`);
  expect(made.map(({ source }) => lineOf(sourceText(source)))).toEqual([here + 1, here + 1]);
});

test("a template that is written nowhere, since a program has put it together, is told to be so", () => {
  const literals = Object.assign(["<p>", "</p>"], { raw: ["<p>", "</p>"] });
  expect(describeTemplates(html(literals, "x")).map(({ source }) => source)).toEqual(["?"]);
});
