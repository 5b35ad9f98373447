import { describe, expect, it } from "vitest";
import { listTree, mainElement, renders, type Site, until, visit } from "./scripted-site.ts";

const site: Site = {
  pages: { "/": mainElement() },
  manners: { "lv:main phx_join": () => renders(listTree(["one"])) },
};

const nested = (levels: number) => `${"<b>".repeat(levels)}${"</b>".repeat(levels)}`;
const item = (html: string) => ({
  1: {
    s: ['<p id="', '">', "</p>"],
    k: { 0: { 0: "two", 1: html }, kc: 1 },
    stream: ["0", [["two", -1, null, false]], []],
  },
});

describe("a frame that is not valid cuts the user off, and is named", () => {
  it.each<[string, string | Buffer, string]>([
    ["binary", Buffer.from([0, 1, 2]), "frame: is binary, which no channel is asked for"],
    ["no JSON", "hello", 'frame: "hello" is not a JSON array'],
    [
      "of too few elements",
      '["1",null,"lv:main"]',
      'frame: "[\\"1\\",null,\\"lv:main\\"]" is not [join_ref, ref, topic, event, payload]',
    ],
    [
      "for a topic that was never joined",
      '["1",null,"lv:x","diff",{}]',
      "diff: is for topic lv:x, which was never joined",
    ],
    [
      "an answer to nothing",
      '["1","9","lv:main","phx_reply",{"status":"ok","response":{}}]',
      "phx_reply: answers ref 9, which was never pushed or answered before",
    ],
    [
      "an answer to no heartbeat",
      '[null,"9","phoenix","phx_reply",{"status":"ok","response":{}}]',
      "phx_reply: on topic phoenix answers no heartbeat of this socket",
    ],
    ["with a payload that is no JSON", '["1",null,"lv:main","x",{"a]', "x: the payload is not JSON"],
    [
      "a patch to nowhere",
      '["1",null,"lv:main","live_patch",{"kind":"push"}]',
      "live_patch at to: is missing",
    ],
    [
      "with HTML that is nested without end",
      JSON.stringify(["1", null, "lv:main", "diff", item(nested(20_000))]),
      "frame: is nested too deeply",
    ],
  ])("%s", async (_name, data, message) => {
    const { server, connect, downs, user } = await visit(site);
    await connect();
    server.push(data);
    await until(() => downs.length === 1);
    expect(downs).toEqual([{ user: "ann", code: "protocol", message }]);
    expect(user.isJoined).toBe(false);
  });

  it("even one who would recover from a loss", async () => {
    const { server, connect, downs, alarms } = await visit(site, {
      reconnect: "backoff",
      redirects: "follow",
    });
    await connect();
    server.push("hello");
    await until(() => downs.length === 1);
    expect([downs[0]?.code, alarms.size]).toEqual(["protocol", 0]);
  });
});

it("a frame that no view listens to is let be", async () => {
  const { server, connect, reports, downs, user } = await visit(site);
  await connect();
  server.push('["1",null,"lv:main","assets_change",{"a":1}]');
  await until(() => reports.length === 2);
  expect([reports[1]?.operation, downs, user.isJoined]).toEqual(["control", [], true]);
});
