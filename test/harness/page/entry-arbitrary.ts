import fc from "fast-check";
import type { Comprehension, Entry, Rendered, Slot, Statics } from "../../../harness/protocol/rendered.ts";

/** A template, entries that it may have, and the selectors of some of their parts. */
export interface EntryCase {
  readonly statics: Statics;
  readonly entries: readonly Entry[];
  readonly fields: Readonly<Record<string, string>>;
}

/** Text as a server sends it, and as none should. */
const plain = fc.constantFrom(
  ...[
    "a",
    "b",
    "x",
    " a ",
    "ab c",
    "\n",
    "a\u0000b",
    "&amp;",
    "&lt;b&gt;",
    "&#39;",
    "&quot;x&quot;",
    ">",
    "=",
    "/",
  ],
  ...[
    "émoji 🙂",
    "\ud83d",
    "\ude42",
    "\u00a0",
    "p;",
    ";",
    "amp;",
    "edited",
    "a  b\t\tc",
    "\uE000",
    "--",
    "]]>",
  ],
  " \uE0000&amp;\uE000 ",
);
const markup = fc.constantFrom(
  ...[
    "",
    "<",
    "<b>x</b>",
    "</span>",
    '"',
    "'",
    "&",
    "&am",
    "&copy",
    "&copy;",
    "&#60;",
    "<!--",
    "-->",
    "<script>",
  ],
);
const attributes = fc
  .array(fc.tuple(fc.constantFrom("id", "class", "title", "hidden", "data-x"), plain), {
    minLength: 1,
    maxLength: 2,
  })
  .map((pairs) => pairs.map(([name, value]) => ` ${name}="${value}"`).join(""));
const quotes = fc.constantFrom('"', "'", '">a', "'>a", '" id="x');
const value = fc.oneof(
  { arbitrary: plain, weight: 14 },
  { arbitrary: fc.string({ unit: "grapheme", maxLength: 6 }), weight: 1 },
  { arbitrary: markup, weight: 1 },
  { arbitrary: quotes, weight: 1 },
);
const attributeValue = fc.oneof(
  { arbitrary: attributes, weight: 10 },
  { arbitrary: fc.constantFrom("", " hidden", " checked", ' title=""'), weight: 2 },
  { arbitrary: value, weight: 1 },
);

/** A piece of a template: HTML, or a slot and what may stand in it. */
type Piece = string | { readonly slot: fc.Arbitrary<Slot> };

const text: Piece = { slot: value };
const attribute: Piece = { slot: attributeValue };

const rendered = (statics: Statics, slots: readonly Slot[]): Rendered => ({
  kind: "rendered",
  statics,
  slots,
  mayHoldStreams: false,
});
const entryOf = (slots: readonly Slot[]): Entry => ({
  kind: "entry",
  slots,
  mayHoldComponents: false,
  mayHoldStreams: false,
});

/** What is there in some entries only. Its statics are the same array whenever they are the same. */
const EDITED: Statics = ['<span class="edited">(', ")</span>"];
const PINNED: Statics = ['<b class="sender">', "</b>"];
const BARE: Statics = ["<b>(edited)</b>"];
const REACTION: Statics = ['<i class="reaction">', "</i>"];
const nested = fc.oneof(
  fc.constant<Slot>(""),
  value.map((slot): Slot => rendered(EDITED, [slot])),
  value.map((slot): Slot => rendered(PINNED, [slot])),
  fc.constant<Slot>(rendered(BARE, [])),
  fc.array(value, { maxLength: 2 }).map((values): Comprehension => {
    const entries = values.map((slot) => entryOf([slot]));
    return { kind: "comprehension", statics: REACTION, entries, stream: null, mayHoldStreams: false };
  }),
);

const pieces = fc.oneof(
  {
    arbitrary: fc.constantFrom<readonly Piece[]>(
      ['<span class="sender">', text, "</span>"],
      ["<p", attribute, ">", text, " and ", text, "</p>\n"],
      ["<p", attribute, attribute, ">", text, text, "</p>"],
      ['<a class="a ', text, '" title="', text, '">', text, "</a>"],
      ["<a title='", text, "'>b</a>"],
      [{ slot: nested }],
      ["<ul><li>", text, "<li>", { slot: nested }, "</ul>"],
      ["&lt;", text, "&gt;\n\n &nbsp;", text],
    ),
    weight: 5,
  },
  {
    arbitrary: fc.constantFrom<readonly Piece[]>(
      ["<script>", text, "</script>"],
      ["<textarea>", text, "</textarea>"],
      ["<svg><![CDATA[", text, "]]><a/", text, "></a></svg>"],
      ["<!-- ", text, " -->"],
      ["<", text, ">", "x</b>"],
      ["<di", text, "v>", "</div>"],
      ["<br", attribute, "/>"],
      ["<a b=", text, ">", "</a>"],
      ["<a b=", attribute, " c>", "</a>"],
      ["<a b", text, "=", text, ">", "</a>"],
      ["&am", text, "p;"],
      ['<a title="&am', text, "p;&copy", text, '">', text, "</a>"],
      ["</", text, ">"],
      [" \uE0000&amp;\uE000 ", text, " &#xE000;1&amp;&#57344; "],
      ["\ud83d", text, "\ude42"],
    ),
    weight: 1,
  },
);

const root = fc.constantFrom<readonly [before: readonly Piece[], behind: readonly Piece[]]>(
  [['\n<div id="m-', { slot: plain }, '" class="message">'], ["</div>\n"]],
  [["<div", { slot: plain.map((id) => ` id="m-${id}"`) }, attribute, ">"], ["</div>"]],
  [["<li", attribute, ' class="message">'], ["</li>"]],
  [
    ["<li", { slot: fc.oneof(fc.constant(""), plain).map((id) => ` id="${id}"`) }, ">"],
    ["</li>", text],
  ],
);

const SELECTORS = [
  ...[
    ".sender",
    ".edited",
    "p",
    "b",
    "a",
    "[title]",
    "[title=x]",
    '[title~="b"]',
    ".a .b",
    "#a",
    "i:last-child",
  ],
  ...[
    ":empty",
    "p:contains(a)",
    ":not(.edited)",
    "div > span:first-child",
    ":has(.edited)",
    "p + p",
    "[data-x^=a]",
  ],
  ...["li:nth-child(2)", "a:is(.b, .x)", ":root", "span, b"],
];

/** Random templates around few ideas, each with several entries. Statics are one object each, as the decoder's are. */
export const entryCases: fc.Arbitrary<EntryCase> = fc
  .tuple(root, fc.array(pieces, { minLength: 1, maxLength: 4 }), fc.subarray(SELECTORS, { maxLength: 4 }))
  .chain(([[before, behind], inner, selectors]) => {
    const statics: string[] = [""];
    const slots: fc.Arbitrary<Slot>[] = [];
    for (const piece of [...before, ...inner.flat(), ...behind]) {
      if (typeof piece === "string") statics.push(`${statics.pop()}${piece}`);
      else {
        slots.push(piece.slot);
        statics.push("");
      }
    }
    const fields = Object.fromEntries(selectors.map((selector) => [selector, selector]));
    const entry = fc.tuple(...slots);
    const change = fc.tuple(entry, fc.array(fc.nat(slots.length - 1), { maxLength: 3 }));
    return fc.tuple(entry, fc.array(change, { minLength: 1, maxLength: 6 })).map(([first, changes]) => {
      const others = changes.map(([values, at]) =>
        first.map((slot, i) => (at.includes(i) ? (values[i] ?? slot) : slot)),
      );
      return { statics, entries: [first, ...others].map(entryOf), fields };
    });
  });
