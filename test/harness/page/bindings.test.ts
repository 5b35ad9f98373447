import type { Element } from "domhandler";
import { describe, expect, it, test } from "vitest";
import { commandsOf, navigationOf } from "../../../harness/page/bindings.ts";
import { compileSelector, findFirst, parseHtml } from "../../../harness/page/html.ts";

/** The element `.x` of this HTML. */
function find(html: string): Element {
  const element = findFirst(compileSelector(".x"), parseHtml(html));
  if (element === null) throw new Error("there is no .x");
  return element;
}

/** What a binding of `.x` asks for, each as a text. */
function asked(binding: string, html: string): readonly string[] {
  const source = find(html);
  return commandsOf(binding, source).map((command) => {
    if (command.kind !== "push") return JSON.stringify(command);
    const { event, value, cid, isDirect } = command;
    const whose = command.source === source ? "" : ` of ${command.source.attribs.id}`;
    return `${event} ${JSON.stringify(value)} -> ${cid ?? "view"}${whose}${isDirect ? "" : ", indirect"}`;
  });
}

const EXEC = '[["exec",{"attr":"data-do","to":"TO"}]]';
const DO = `data-do='[["push",{"event":"did"}]]'`;

describe("a binding asks for", () => {
  it.each<[string, string, string, readonly string[]]>([
    ["the event that it names", "save", '<b class="x">', ["save {} -> view"]],
    [
      "each push of a list, and nothing for what only changes the DOM",
      '[["hide",{}],["push",{"event":"a","value":{"n":1},"page_loading":true,"loading":"#l"}],["focus",{}],["push",{"event":"b"}]]',
      '<b class="x">',
      ['a {"n":1} -> view', "b {} -> view"],
    ],
    [
      "places to go to",
      '[["push",{"event":"a"}],["patch",{"href":"/a","replace":true}],["navigate",{"href":"/b"}]]',
      '<b class="x">',
      [
        "a {} -> view",
        '{"kind":"patch","href":"/a","replace":true}',
        '{"kind":"navigate","href":"/b","replace":false}',
      ],
    ],
    [
      "what its own attribute holds",
      '[["exec",{"attr":"data-do"}]]',
      `<b class="x" ${DO}>`,
      ["did {} -> view, indirect"],
    ],
    [
      "what the attributes of all elements hold that a selector finds",
      EXEC.replace("TO", "i"),
      `<i id="1" ${DO}></i><b class="x"></b><i id="2" ${DO}></i>`,
      ["did {} -> view of 1, indirect", "did {} -> view of 2, indirect"],
    ],
    [
      "what those inside hold",
      EXEC.replace('"TO"', '{"inner":"i"}'),
      `<i id="1" ${DO}></i><b class="x"><i id="2" ${DO}></i></b>`,
      ["did {} -> view of 2, indirect"],
    ],
    [
      "what the closest one around holds",
      EXEC.replace('"TO"', '{"closest":"section"}'),
      `<section id="1" ${DO}><section id="2" ${DO}><b class="x"></b></section></section>`,
      ["did {} -> view of 2, indirect"],
    ],
    ["nothing where none is around", EXEC.replace('"TO"', '{"closest":"section"}'), '<b class="x"></b>', []],
    [
      "a push by the target of the element that holds it",
      EXEC.replace("TO", "i"),
      `<u data-phx-component="3"></u><b class="x" phx-target="9"></b><i id="1" phx-target="3" ${DO}></i>`,
      ["did {} -> 3 of 1, indirect"],
    ],
    ["nothing of an empty list", "[]", '<b class="x">', []],
  ])("%s", (_name, binding, html, commands) => {
    expect(asked(binding, html)).toEqual(commands);
  });
});

describe("an event goes to", () => {
  const COMPONENTS =
    '<i class="t" data-phx-component="1"><u class="t" id="u" data-phx-component="2"></u></i><i class="t" id="i"></i>';
  it.each<[string, string, string, readonly (number | null)[]]>([
    ["the view", "go", "", [null]],
    ["the view from within a component too", "go", 'data-phx-component="7"', [null]],
    ["a component by its id", "go", 'phx-target="2"', [2]],
    ["nobody where the component is not on the page", "go", 'phx-target="3"', []],
    ["nobody where the selector finds nothing", "go", 'phx-target="#no"', []],
    ["the component around what a selector finds", "go", 'phx-target="#u"', [2]],
    ["the view where a selector finds what is in no component", "go", 'phx-target="#i"', [null]],
    ["each that a selector finds", "go", 'phx-target=".t"', [1, 2, null]],
    ["whom the command names, before all", '[["push",{"event":"go","target":1}]]', 'phx-target="2"', [1]],
    ["what a command's selector finds", '[["push",{"event":"go","target":"#u"}]]', "", [2]],
    ["a component that a command names as a text", '[["push",{"event":"go","target":"1"}]]', "", [1]],
  ])("%s", (_name, binding, attributes, cids) => {
    const commands = commandsOf(binding, find(`${COMPONENTS}<b class="x" ${attributes}></b>`));
    expect(commands.map((command) => command.kind === "push" && command.cid)).toEqual(cids);
  });
});

describe("on a page with views in views, an event goes", () => {
  const VIEWS = (attributes: string) =>
    `<div id="outer" data-phx-session=""><i data-phx-component="1" id="one"><div id="inner" data-phx-session="">
      <b class="x" ${attributes}></b><i data-phx-component="2" id="two"></i><u id="loose"></u></div></i></div>`;
  it.each<[string, string, readonly (number | null)[]]>([
    ["to a component of the own view", 'phx-target="2"', [2]],
    ["to nobody where the component is another view's", 'phx-target="1"', []],
    ["to the view, whatever component of another one is around that", 'phx-target="#loose"', [null]],
  ])("%s", (_name, attributes, cids) => {
    const commands = commandsOf("go", find(VIEWS(attributes)));
    expect(commands.map((command) => command.kind === "push" && command.cid)).toEqual(cids);
  });

  it("not into another view, which is refused", () => {
    expect(() => commandsOf("go", find(VIEWS('phx-target="#one"')))).toThrow(
      expect.objectContaining({
        code: "unsupported-binding",
        message: "a simulated user cannot follow the target #one, which is in another view",
      }),
    );
  });
});

test("the first place to go to is where a binding leads", () => {
  const places = '[["push",{"event":"a"}],["navigate",{"href":"/a"}],["patch",{"href":"/b"}]]';
  expect(navigationOf(places, find('<b class="x">'))).toEqual({
    kind: "navigate",
    href: "/a",
    replace: false,
  });
  expect(navigationOf("save", find('<b class="x">'))).toBeNull();
});

test.each<[string, string, string]>([
  ["a command that there is not", '[["fly",{}]]', '[["fly",{}]]'],
  ["a list that is none", "[1", "[1"],
  ["a push of nothing", '[["push",{}]]', "a push of undefined"],
  ["a place that is none", '[["patch",{}]]', '[["patch",{}]]'],
  [
    "commands of an attribute that is not there",
    '[["exec",{"attr":"no"}]]',
    "exec of no, which the element has not",
  ],
  ["commands that run themselves", '[["exec",{"attr":"data-loop"}]]', '[["exec",{"attr":"data-loop"}]]'],
])("%s is refused", (_name, binding, what) => {
  const loop = `<b class="x" data-loop='[["exec",{"attr":"data-loop"}]]'>`;
  const message = `a simulated user cannot follow ${what}: it is no JS command that LiveView has`;
  expect(() => commandsOf(binding, find(loop))).toThrow(
    expect.objectContaining({ code: "unsupported-binding", exitCode: 104, message }),
  );
});
