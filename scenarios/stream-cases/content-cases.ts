import type { StreamCase } from "../../harness/core/stream-case.ts";
import { insert, items, note, remove, reset } from "./operations.ts";

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
    number: 28,
    name: "items that are live components keep their state as others come and as they change",
    start: { items: items("a", "b"), components: true },
    list: ["a", "b"],
    facts: { kept: ["a", "b"], told: ["mounted a", "mounted b"] },
    steps: [
      { perform: [], press: "b", list: ["a", "b [pressed 1]"] },
      { perform: [insert("c")], list: ["a", "b [pressed 1]", "c"] },
      { perform: [insert("b=B")], list: ["a", "b=B [pressed 1]", "c"] },
      { perform: [], press: "c", list: ["a", "b=B [pressed 1]", "c [pressed 1]"] },
      { perform: [], press: "b", list: ["a", "b=B [pressed 2]", "c [pressed 1]"] },
      { perform: [note("said")], list: ["a", "b=B [pressed 2]", "c [pressed 1]"] },
    ],
  },
  {
    number: 28,
    part: "order",
    name: "items that are live components keep their state as they move and as others go",
    start: { items: items("a", "b", "c"), components: true },
    list: ["a", "b", "c"],
    steps: [
      { perform: [], press: "b", list: ["a", "b [pressed 1]", "c"] },
      { perform: [reset("c", "b", "a")], list: ["c", "b [pressed 1]", "a"] },
      { perform: [remove("b"), insert("b=B", { at: 0 })], list: ["b=B [pressed 1]", "c", "a"] },
      { perform: [remove("c")], list: ["b=B [pressed 1]", "a"] },
      { perform: [], press: "b", list: ["b=B [pressed 2]", "a"] },
    ],
  },
  {
    number: 32,
    name: "a part of an item that belongs to the client stays as the client has made it, but for its data",
    start: { items: items("a", "b"), ignoring: true },
    list: ["a", "b"],
    facts: { own: ["a=a/a", "b=b/b"] },
    steps: [
      {
        client: `for (const own of document.querySelectorAll(".own")) own.textContent = own.title = "client";`,
        perform: [insert("b=B [new]")],
        list: ["a", "b=B [new]"],
        facts: { own: ["a=client/client", "b=client/client [new]"] },
      },
      {
        perform: [insert("c")],
        list: ["a", "b=B [new]", "c"],
        facts: { own: ["a=client/client", "b=client/client [new]", "c=c/c"] },
      },
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
