import { describe, expect, test } from "vitest";
import { readAct } from "../../harness/trace/read-act.ts";
import { BrowserSite, message, QUERY, run } from "./browser-site.ts";

const site = new BrowserSite();

const OBSERVED = { container: "#messages", content: ".content" };
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

describe("the list", () => {
  test("is read as ordered items: the text as a reader takes it, the parts verbatim, absent parts left out", async () => {
    const read = await (await site.open("/list")).readList(QUERY);
    expect(read).toEqual([
      {
        id: "messages-1",
        text: "Ada two spaces and a <tag>",
        fields: { sender: "Ada", content: "  two  spaces\n and a <tag> " },
      },
      { id: "messages-2", text: "kept12:00", fields: { content: "kept", time: "12:00" } },
    ]);
  });

  test("has no item for what is not to be seen, which is counted", async () => {
    const opened = await site.open("/left-behind");
    expect(idsOf(await opened.readList(QUERY))).toEqual(["messages-1"]);
    expect(await opened.countHidden("#messages")).toBe(3);
  });

  test("that is not there is an error and not an empty list", async () => {
    await expect((await site.open("/log-in")).readList(QUERY)).rejects.toThrow(
      "Chrome 1 could not read the list: there is no #messages",
    );
  });

  test("is waited for until it is as wanted, also where only a text changes", async () => {
    const opened = await site.open("/list");
    await run(
      opened,
      `setTimeout(() => { document.querySelector(".content").firstChild.nodeValue = "new" }, 50)`,
    );
    const items = await opened.waitForList(QUERY, ([first]) => first?.fields.content === "new", "show it");
    expect(items[0]?.text).toBe("Ada new");
  });

  test("that does not come to be as wanted is an error that says what was waited for", async () => {
    const opened = await site.open("/list");
    await expect(opened.waitForList(QUERY, () => false, "show message 7", 100)).rejects.toThrow(
      "Chrome 1 could not show message 7: not within 100 ms",
    );
  });
});

describe("observations", () => {
  async function observe(script: string) {
    const opened = await site.open();
    await opened.observeInserts(OBSERVED);
    await opened.goto(`${site.origin}/list`);
    const before = Date.now() * 1000;
    await run(opened, script);
    const { observations, dropped } = await opened.drainObservations();
    expect(dropped).toBe(0);
    for (const { atUs } of observations) {
      // Chrome's clock and ours are one, to within the millisecond to which `Date.now` is cut.
      expect(atUs).toBeGreaterThanOrEqual(before - 2000);
      expect(atUs).toBeLessThanOrEqual(Date.now() * 1000 + 2000);
    }
    return observations.map(({ itemId, kind, content }) => [itemId, kind, content]);
  }

  const add = `messages.insertAdjacentHTML("beforeend", '${message(3, "three")}')`;
  const two = `document.querySelector("#messages-2 .content")`;

  test.each([
    ["an item that comes", add, [["messages-3", "added", "three"]]],
    [
      "a text that changes in place",
      `${two}.firstChild.nodeValue = "new"`,
      [["messages-2", "changed", "new"]],
    ],
    [
      "a part that is exchanged",
      `${two}.outerHTML = '<p class="content">new</p>'`,
      [["messages-2", "changed", "new"]],
    ],
    [
      "an item that goes",
      `document.querySelector("#messages-2").remove()`,
      [["messages-2", "removed", "kept"]],
    ],
    ["an item that moves", `messages.prepend(document.querySelector("#messages-2"))`, []],
    ["a change beside the content", `document.querySelector("time").textContent = "13:00"`, []],
    ["what is added beside the list", `document.body.append("text")`, []],
    [
      "an item that becomes another",
      `document.querySelector("#messages-2").id = "messages-5"`,
      [
        ["messages-2", "removed", "kept"],
        ["messages-5", "added", "kept"],
      ],
    ],
    [
      "a list that is rendered anew",
      `messages.outerHTML = messages.outerHTML.replace("kept", "new"); ${add}`,
      [
        ["messages-2", "changed", "new"],
        ["messages-3", "added", "three"],
      ],
    ],
    ["a list that is rendered anew and is the same", `box.innerHTML = box.innerHTML`, []],
  ])("%s", async (_, script, expected) => {
    expect(await observe(script)).toEqual(expected);
  });

  test("are drained once", async () => {
    const opened = await site.open("/list");
    await opened.observeInserts(OBSERVED);
    await run(opened, add);
    expect((await opened.drainObservations()).observations.length).toBe(1);
    expect(await opened.drainObservations()).toEqual({ observations: [], dropped: 0 });
  });

  test("that nobody drains are kept to ten thousand, and the rest is counted", async () => {
    const opened = await site.open("/list");
    await opened.observeInserts(OBSERVED);
    await run(
      opened,
      `messages.append(...Array.from({ length: 10_003 }, (_, id) => Object.assign(document.createElement("i"), { id: "i" + id })))`,
    );
    const { observations, dropped } = await opened.drainObservations();
    expect([observations.length, dropped, observations[0]?.itemId]).toEqual([10_000, 3, "i3"]);
  });
});

describe("a person's actions", () => {
  test("scrolling to the top turns the wheel until older items come in", async () => {
    const opened = await site.open("/tall");
    await opened.scrollToTop("#messages");
    expect(idsOf(await opened.readList(QUERY)).slice(0, 2)).toEqual(["messages-0", "messages-1"]);
  });

  test("a list that fits cannot be scrolled, and that is said", async () => {
    await expect((await site.open("/short")).scrollToTop("#messages")).rejects.toThrow(
      "Chrome 1 could not scroll #messages: all of it is to be seen",
    );
  });

  test.each(["/chat", "/chat-enter"])("a message is typed and sent on %s", async (path) => {
    const opened = await site.open(path);
    await opened.submitMessage("#form", "#input", "Grüße 👋 & <b>");
    expect((await opened.readList(QUERY))[1]?.fields.content).toBe("Grüße 👋 & <b>");
  });

  test("a log-in sets a cookie that no other page has", async () => {
    const opened = await site.open();
    await opened.logIn({ url: `${site.origin}/log-in`, fields: { "#name": "ada" }, submit: "button" });
    const other = await site.open("/who");
    const contents = await Promise.all([opened, other].map((each) => each.readList(QUERY)));
    expect(contents.map(([item]) => item?.fields.content)).toEqual(["who=me", "nobody"]);
  });

  test("a log-in that is refused is an error", async () => {
    const opened = await site.open();
    const form = { url: `${site.origin}/refused`, fields: { "#name": "ada" }, submit: "button" };
    await expect(opened.logIn(form)).rejects.toThrow(
      `Chrome 1 could not log in at ${site.origin}/refused: the answer is 404`,
    );
  });

  test("what cannot be clicked is an error that names it", async () => {
    const opened = await site.open("/list");
    await expect(opened.click("#nothing")).rejects.toThrow("Chrome 1 could not click #nothing: ");
  });
});

test("acts are done as a person does them, and one that cannot be done says which", async () => {
  const opened = await site.open("/chat");
  const act = (text: string) => {
    const read = readAct(text);
    if (typeof read === "string" || read.kind === "wait") throw new Error(`not done on a page: ${text}`);
    return opened.act(read);
  };
  await act("type #input one");
  await act("press Enter");
  await opened.waitForList(QUERY, (items) => items.at(-1)?.text === "one", "show one");
  await act("type #input two");
  await act("click #form button");
  await opened.waitForList(QUERY, (items) => items.at(-1)?.text === "onetwo", "show two");
  const top = () => opened.evaluate("box.scrollTop");
  await act(`goto ${site.origin}/tall`);
  await act("scroll #messages 100");
  expect(await top()).toBe(100);
  await act("scroll #messages end");
  expect(await top()).toBe(await opened.evaluate("box.scrollHeight - box.clientHeight"));
  await act("scroll #messages 0");
  await opened.waitForList(QUERY, (items) => items[0]?.text === "Ada older", "show what is older");
  await expect(act("click #nowhere")).rejects.toThrow(/^Chrome 1 could not click #nowhere: /);
});
