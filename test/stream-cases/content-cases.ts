import { insert, items, reset } from "./operations.ts";
import type { StreamCase } from "./stream-case.ts";

const TEXTS = {
  html: `<b>bold</b> &amp; <img src=x onerror="document.title='run'"> <!-- x --> </li></ul>`,
  quotes: `"double" 'single' \`back\` \\ \\" &quot; &#39;`,
  emoji: "👩‍👩‍👧‍👦 🏳️‍🌈 é é 𝒳",
  rightToLeft: "שלום עולם \u202eمرحبا\u202c",
  lines: "  one\n\ttwo\n\n  three  ",
  script: "</script><script>document.title = 'run'</script><style>*{display:none}</style>",
  template: "{{x}} $\u007bx} <%= x %> {x}",
};
const nasty = Object.entries(TEXTS).map(([id, text]) => ({ id, text, mark: text }));
const rows = nasty.map(({ id, text }) => `${id}=${text} [${text}]`);
/** 64 KB in UTF-8, with what must be escaped in each line. */
const LONG = `<a href="x">&'é\n`.repeat(4096);

/** What items hold, and what else stands in the list and the page. */
export const CONTENT_CASES: readonly StreamCase[] = [
  {
    number: 31,
    name: "an element that is no item stays, behind the items",
    start: { items: items("a", "b"), bystander: true },
    list: ["a", "b", "bystander"],
    steps: [
      {
        perform: [insert("c")],
        list: { otherwise: ["a", "b", "c", "bystander"], append: ["a", "b", "bystander", "c"] },
      },
      {
        perform: [insert("b=B")],
        list: { otherwise: ["a", "b=B", "c", "bystander"], append: ["a", "b=B", "bystander", "c"] },
      },
      {
        perform: [insert("d", { at: 0 })],
        list: { otherwise: ["d", "a", "b=B", "c", "bystander"], append: ["d", "a", "b=B", "bystander", "c"] },
      },
    ],
  },
  {
    number: 31,
    part: "reset",
    name: "an element that is no item stays, whatever becomes of the list",
    start: { items: items("a"), bystander: true },
    list: ["a", "bystander"],
    steps: [
      { perform: [reset()], list: ["bystander"] },
      { perform: [insert("b")], list: ["b", "bystander"] },
      { perform: [reset("c", "b")], list: ["c", "b", "bystander"] },
    ],
  },
  {
    number: 36,
    name: "a list within another view of the same name is its own",
    start: { items: items("a", "b"), nested: items("a", "b") },
    list: ["a", "b"],
    nested: ["a", "b"],
    steps: [
      { perform: [insert("c=outer")], list: ["a", "b", "c=outer"], nested: ["a", "b"] },
      {
        view: "nested-items",
        perform: [insert("a=inner"), insert("c=inner")],
        list: ["a", "b", "c=outer"],
        nested: ["a=inner", "b", "c=inner"],
      },
    ],
  },
  {
    number: 36,
    part: "reset",
    name: "a reset of a list leaves that of another view alone, though it has the same name",
    start: { items: items("a", "b"), nested: items("a", "b") },
    list: ["a", "b"],
    nested: ["a", "b"],
    steps: [
      { perform: [reset("c")], list: ["c"], nested: ["a", "b"] },
      { view: "nested-items", perform: [reset("b", "d")], list: ["c"], nested: ["b", "d"] },
      { perform: [reset()], list: [], nested: ["b", "d"] },
    ],
  },
  {
    number: 47,
    name: "what an item says is shown as text, byte for byte",
    start: { items: nasty },
    list: rows,
    steps: [
      {
        perform: [{ kind: "insert", item: { id: "long", text: LONG } }],
        list: [...rows, `long=${LONG}`],
      },
      {
        perform: [
          { kind: "insert", item: { id: "long", text: TEXTS.script } },
          { kind: "insert", item: { id: "html", text: LONG, mark: TEXTS.lines } },
        ],
        list: [`html=${LONG} [${TEXTS.lines}]`, ...rows.slice(1), `long=${TEXTS.script}`],
      },
    ],
  },
];
