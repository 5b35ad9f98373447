import { afterEach, describe, expect, it } from "vitest";
import { type Micros, micros } from "../../../harness/core/units.ts";
import type { FrameReport } from "../../../harness/user/frame-report.ts";
import { Population } from "../../../harness/user/population.ts";
import { SimulatedUser } from "../../../harness/user/simulated-user.ts";
import type { UserDown } from "../../../harness/user/user-options.ts";
import { type Answer, deadRender, RecordedServer, recordedSteps, type Script } from "./recorded-server.ts";

const ROOM = "/stream/rooms/1?user=alice@example.com";
const STEPS = recordedSteps("chrome-stream");
const FIELDS = { sender: ".sender", content: ".content", edited: ".edited" };

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A user on a server that follows the script, with a clock and a timer that go when they are told to. */
async function start(script: Partial<Script> = {}) {
  const server = new RecordedServer({
    pages: { [ROOM]: deadRender("stream") },
    answer: answerAsRecorded,
    ...script,
  });
  const baseUrl = await server.listen();
  let now = 0;
  let tick = () => {};
  const population = new Population({
    baseUrl,
    list: "#messages",
    fields: FIELDS,
    clock: (): Micros => micros(++now),
    every: (_ms, callback) => {
      tick = callback;
      return () => {};
    },
  });
  const reports: FrameReport[] = [];
  const down = Promise.withResolvers<UserDown>();
  const user = new SimulatedUser(population, {
    name: "alice",
    onFrame: (report) => reports.push(report),
    onDown: down.resolve,
  });
  cleanUps.push(async () => {
    await user.close();
    population.close();
    await server[Symbol.asyncDispose]();
  });
  const passSeconds = (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      now += 1_000_000;
      tick();
    }
  };
  const connect = async () => {
    await user.mount(ROOM);
    await user.connect();
  };
  return { server, user, reports, down: down.promise, passSeconds, connect, baseUrl };
}

/** A recorded frame with the refs and the topic of the one that it answers. */
function recast(text: string, joinRef: string | null, ref: string, topic: string): string {
  const [, recordedRef, , event, payload] = JSON.parse(text);
  return JSON.stringify([joinRef, recordedRef === null ? null : ref, topic, event, payload]);
}

/** Answers each kind of frame with what the real server answered it with. */
function answerAsRecorded([joinRef, ref, topic, event, payload]: readonly [
  string | null,
  string,
  string,
  string,
  unknown,
]): Answer {
  const name = (payload as { event?: string }).event ?? event;
  const recorded: Record<string, readonly string[] | undefined> = {
    phx_join: STEPS.join?.in,
    typing: STEPS.type_and_send?.in.slice(0, 2),
    send: STEPS.type_and_send?.in.slice(-2),
    edit: STEPS.edit?.in.slice(0, 1),
    save_edit: STEPS.edit?.in.slice(1),
    delete_message: STEPS.delete?.in,
    load_more: STEPS.load_more?.in.slice(0, 1),
    phx_leave: recordedSteps("stream").leave?.in,
    heartbeat: recordedSteps("stream").heartbeat?.in,
  };
  return (recorded[name] ?? []).map((text) => recast(text, joinRef, ref, topic));
}

/** What a frame says, without what differs from session to session. */
function payloadOf(text: string | undefined): unknown {
  return JSON.stringify(JSON.parse(text ?? "[]").slice(3));
}

describe("a simulated user on a server that says what was recorded", () => {
  it("mounts with the page's cookie and tokens, and joins as the official client does", async () => {
    const { server, user, connect, baseUrl } = await start();
    await connect();
    expect(user.items.map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, i) => `messages-${100491 + i}`),
    );
    const scripts = [
      "/vendor/phoenix/phoenix.min.js",
      "/vendor/lv/phoenix_live_view.min.js",
      "/assets/app.js",
    ].map((path) => `${baseUrl}${path}`);
    const tracked = scripts.map((url, i) => `&_track_static%5B${i}%5D=${encodeURIComponent(url)}`).join("");
    const token = "NRk5WhgYNggaIylTLRwcKTVSewYWFkotxoXbvtSC_RKac_1fwfIMySgT";
    expect(server.requests).toEqual([
      `GET ${ROOM}`,
      `UPGRADE /live/websocket?_csrf_token=${token}${tracked}&_mounts=0&_mount_attempts=0` +
        "&_live_referer=undefined&vsn=2.0.0 _chat_key=abc",
    ]);
    const [joinRef, ref, topic, event, payload] = JSON.parse(server.frames[0] ?? "");
    expect([joinRef, ref, topic, event]).toEqual(["1", "1", "lv:phx-GOoCft8EGEvsPwcR", "phx_join"]);
    const recorded = JSON.parse(STEPS.join?.out[0] ?? "")[4];
    expect(Object.keys(payload)).toEqual(Object.keys(recorded));
    expect({ ...payload, session: "", static: "" }).toEqual({
      url: `${baseUrl}${ROOM}`,
      params: { _csrf_token: token, _track_static: scripts, _mounts: 0, _mount_attempts: 0 },
      session: "",
      static: "",
      sticky: false,
    });
  });

  it("acts through what it finds on the page, and sends what the official client sent", async () => {
    const { server, user, connect } = await start();
    await connect();
    await user.change("#message-form", "message[content]", "own text");
    await user.submit("#message-form", { "message[content]": "own text" });
    await expect.poll(() => user.items.at(-1)?.id).toBe("messages-900002");
    await user.click("button.edit", { item: "messages-900002" });
    await user.submit("#edit-message-form", { "edit[content]": "own edited" });
    await expect.poll(() => user.items.at(-1)?.fields.content).toBe("own edited");
    await user.click("button.delete", { item: "messages-900002" });
    await expect.poll(() => user.items.length).toBe(10);
    await user.loadMore();
    expect(user.items[0]?.id).toBe("messages-100481");

    const out = (step: string) => STEPS[step]?.out ?? [];
    const [typing, , send] = out("type_and_send");
    const [, loadMore] = out("load_more");
    const recorded = [typing, send, ...out("edit"), ...out("delete"), loadMore];
    expect(server.frames.slice(1).map(payloadOf)).toEqual(recorded.map(payloadOf));
  });

  it("reports every frame before the action that it answers resolves", async () => {
    const { user, reports, connect } = await start();
    await connect();
    await user.submit("#message-form", { "message[content]": "own text" });
    expect(reports.slice(0, 2).map(({ operation }) => operation)).toEqual(["join", "other"]);
    await expect.poll(() => reports.length).toBe(3);
    const { change, text, ...report } = reports[2] as FrameReport;
    const sizes = STEPS.type_and_send?.in.map(
      (frame) => recast(frame, "1", "2", "lv:phx-GOoCft8EGEvsPwcR").length,
    );
    expect(report).toMatchObject({ user: "alice", event: "diff", operation: "insert", bytes: sizes?.at(-1) });
    expect(report.mergedAt - report.receivedAt).toBe(1);
    expect([change.inserted, change.position, text.length]).toEqual([
      ["messages-900002"],
      "back",
      report.bytes,
    ]);
  });

  it("logs in through a plain form, hidden fields and redirects included", async () => {
    const { server, user, baseUrl } = await start({
      pages: {
        "/log_in": `<form action="/session" method="post"><input type="hidden" name="_csrf_token" value="t">
          <input name="user[name]"></form>`,
        "/rooms": "in",
      },
      redirects: { "/": [302, "/log_in"], "/session": [303, "/rooms"] },
    });
    const page = await user.get("/");
    const after = await user.submitHtmlForm({ page, form: "form", fields: { "user[name]": "ann" } });
    expect(after).toEqual({ url: `${baseUrl}/rooms`, status: 200, html: "in" });
    expect(server.requests).toEqual([
      "GET /",
      "GET /log_in _chat_key=abc",
      "POST /session _chat_key=abc _csrf_token=t&user%5Bname%5D=ann",
      "GET /rooms _chat_key=abc",
    ]);
  });

  it("leaves and closes without being called cut off", async () => {
    const { user, reports, connect } = await start();
    await connect();
    await user.leave();
    expect(user.isJoined).toBe(false);
    expect(reports[1]?.event).toBe("phx_close");
    await user.close();
    expect(user.items.length).toBe(10);
  });

  it("says that it is there every 30 seconds, by refs that leave those of pushes alone", async () => {
    const { user, server, connect, reports, passSeconds } = await start();
    await connect();
    expect(user.heartbeatSentUs).toBeUndefined();
    passSeconds(30);
    expect(user.heartbeatSentUs).toBeGreaterThan(0);
    await expect.poll(() => reports.at(-1)?.operation).toBe("heartbeat");
    expect(user.heartbeatSentUs).toBeNull();
    passSeconds(30);
    await expect.poll(() => server.frames.length).toBe(3);
    expect(server.frames.slice(1)).toEqual([
      '[null,"heartbeat-1","phoenix","heartbeat",{}]',
      '[null,"heartbeat-2","phoenix","heartbeat",{}]',
    ]);
  });
});

describe("what goes wrong is said clearly, and at once", () => {
  it.each<[string, Partial<Script>, string, string]>([
    [
      "a page that is none of LiveView's",
      { pages: { [ROOM]: "<h1>It works!</h1>" } },
      "not-a-liveview-page",
      "BASE/stream/rooms/1?user=alice@example.com is not a LiveView page: it lacks an element with data-phx-main",
    ],
    [
      "a page that is not there",
      { pages: {} },
      "http-status",
      "GET BASE/stream/rooms/1?user=alice@example.com answered 404",
    ],
    [
      "redirects in circles",
      { redirects: { [ROOM]: [302, ROOM] } },
      "too-many-redirects",
      "BASE/stream/rooms/1?user=alice@example.com redirects more than 5 times",
    ],
  ])("mount: %s", async (_name, script, code, message) => {
    const { user, baseUrl } = await start(script);
    await expect(user.mount(ROOM)).rejects.toMatchObject({
      code,
      exitCode: 104,
      message: message.replace("BASE", baseUrl),
    });
  });

  it("mount: a server that is not there", async () => {
    const { user, server } = await start();
    await server[Symbol.asyncDispose]();
    await expect(user.mount(ROOM)).rejects.toMatchObject({ code: "unreachable", exitCode: 104 });
  });

  it.each<[string, Script["answer"], string, string]>([
    [
      "refused",
      ([joinRef, ref, topic]) => [
        JSON.stringify([
          joinRef,
          ref,
          topic,
          "phx_reply",
          { status: "error", response: { reason: "unauthorized" } },
        ]),
      ],
      "join-refused",
      "alice was cut off: the server refused the join: unauthorized",
    ],
    [
      "cut off",
      () => ({ close: 1001 }),
      "socket-closed",
      "alice was cut off: the socket was closed with code 1001",
    ],
    [
      "not understood",
      ([joinRef, ref, topic]) => [
        JSON.stringify([
          joinRef,
          ref,
          topic,
          "phx_reply",
          { status: "ok", response: { rendered: { s: 1 } } },
        ]),
      ],
      "protocol",
      "alice was cut off: phx_reply at response.rendered: template 1 is not in this frame",
    ],
    [
      "without the list",
      ([joinRef, ref, topic]) => [
        JSON.stringify([
          joinRef,
          ref,
          topic,
          "phx_reply",
          { status: "ok", response: { rendered: { s: ["x"] } } },
        ]),
      ],
      "list-not-found",
      "alice was cut off: the page has no element that matches the list's selector #messages",
    ],
  ])("a join that is %s", async (_name, answer, code, message) => {
    const { user, connect } = await start({ answer });
    await expect(connect()).rejects.toMatchObject({ code, message });
    expect(user.isJoined).toBe(false);
  });

  it("a join that is not answered", async () => {
    const { user, server, passSeconds } = await start({ answer: () => [] });
    await user.mount(ROOM);
    const connecting = expect(user.connect()).rejects.toMatchObject({
      code: "join-timeout",
      message: "alice was cut off: the join was not answered in 30 s",
    });
    await expect.poll(() => server.frames.length).toBe(1);
    passSeconds(30);
    await connecting;
  });

  it("a socket that does not open", async () => {
    const { user, passSeconds } = await start();
    await user.mount(ROOM);
    const connecting = expect(user.connect()).rejects.toMatchObject({
      code: "connect-timeout",
      message: "alice was cut off: the socket did not open within 30 s",
    });
    passSeconds(30);
    await connecting;
  });

  it.each<[string, Answer, string]>([
    ["the socket closes", { close: 1011 }, "socket-closed"],
    ["the view crashes", ['["1","1","lv:phx-GOoCft8EGEvsPwcR","phx_error",{}]'], "channel-crashed"],
    ["the view is closed", ['["1","1","lv:phx-GOoCft8EGEvsPwcR","phx_close",{}]'], "channel-closed"],
    ["a frame is not understood", ['["1",null,"lv:phx-GOoCft8EGEvsPwcR","diff",{"4":{"x":1}}]'], "protocol"],
    [
      "the user is sent elsewhere",
      ['["1",null,"lv:phx-GOoCft8EGEvsPwcR","redirect",{"to":"/"}]'],
      "redirected",
    ],
  ])(
    "in the middle, %s: whoever waits is rejected, and the owner is told once",
    async (_name, answer, code) => {
      const { user, connect, down } = await start({
        answer: (frame) => (frame[3] === "event" ? answer : answerAsRecorded(frame)),
      });
      await connect();
      await expect(user.submit("#message-form", { "message[content]": "x" })).rejects.toMatchObject({ code });
      expect(await down).toMatchObject({ user: "alice", code });
      await expect(user.loadMore()).rejects.toMatchObject({ code: "not-joined" });
    },
  );

  it("after being cut off the user joins anew, with its mounts counted", async () => {
    const { user, server, connect, down } = await start();
    await connect();
    server.push('["1","1","lv:phx-GOoCft8EGEvsPwcR","phx_error",{}]');
    await down;
    await user.connect();
    expect(user.isJoined).toBe(true);
    expect(JSON.parse(server.frames[1] ?? "")[4].params).toMatchObject({ _mounts: 1, _mount_attempts: 0 });
  });

  it("an event that is not answered", async () => {
    const { user, connect, passSeconds } = await start({
      answer: (frame) => (frame[3] === "event" ? [] : answerAsRecorded(frame)),
    });
    await connect();
    const waiting = expect(user.submit("#message-form", {})).rejects.toMatchObject({
      code: "push-timeout",
      message: 'alice: event "send" was not answered within 30 s',
    });
    await expect.poll(() => user.isJoined).toBe(true);
    passSeconds(31);
    await waiting;
  });

  it("closing rejects whoever waits", async () => {
    const { user, connect } = await start({
      answer: (frame) => (frame[3] === "event" ? [] : answerAsRecorded(frame)),
    });
    await connect();
    const waiting = expect(user.submit("#message-form", {})).rejects.toMatchObject({ code: "socket-closed" });
    await user.close();
    await waiting;
  });
});
