import fc from "fast-check";
import { expect, test } from "vitest";
import { type Channel, newChannel } from "../../../harness/protocol/channel.ts";
import { patternOf } from "../../../harness/protocol/diff-pattern.ts";
import { type Frame, FrameDecoder } from "../../../harness/protocol/frame-decoder.ts";
import { Interner } from "../../../harness/protocol/intern.ts";
import { parseDiff } from "../../../harness/protocol/parse-diff.ts";
import { payloadsOf } from "../../conformance/recording.ts";

const INSERT =
  '{"4":{"k":{"0":{"0":" id=\\"m-1\\"","1":{"0":"Ada","1":"","s":0},"2":"hello"},"kc":1},' +
  '"stream":["0",[["m-1",-1,-10,false]],["m-0"]]},"e":[["new",{"id":1}]],"t":"Room","p":{"0":["<b>","","</b>"]}}';
const OTHER = INSERT.replaceAll("m-1", "m-2")
  .replace("m-0", 'm\\u0020\\"x\\"')
  .replace("hello", "\u00e4 {[,")
  .replace('{"id":1}', '{"id":[2,"]"]}');

const parse = (interner: Interner, payload: string) => parseDiff(interner, "diff", null, JSON.parse(payload));

function learned(payload: string) {
  const interner = new Interner();
  return { interner, pattern: patternOf(interner, payload, parse(interner, payload)) };
}

/** All but the number that each list gets. */
const withoutSerials = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (key, part) => (key === "serial" ? undefined : part)));

test("a diff that follows a pattern is read as if it were parsed", () => {
  const { interner, pattern } = learned(INSERT);
  const read = pattern?.read(OTHER);
  expect(read?.events).toEqual([["new", { id: [2, "]"] }]]);
  expect(withoutSerials(read)).toEqual(withoutSerials(parse(interner, OTHER)));
});

test("an attribute's value may hold escapes", () => {
  const { interner, pattern } = learned(INSERT);
  const escaped = OTHER.replace('id=\\"m-2', 'id=\\"m\\n\\\\\\u00e4');
  expect(withoutSerials(pattern?.read(escaped))).toEqual(withoutSerials(parse(interner, escaped)));
});

test("each list that is read has a number of its own", () => {
  const { pattern } = learned(INSERT);
  const serials = [INSERT, OTHER].map((payload) =>
    /"serial":\d+/u.exec(JSON.stringify(pattern?.read(payload))),
  );
  expect(new Set(serials.map(String)).size).toBe(2);
});

test.each([
  ["a template is another one", OTHER.replace("</b>", "</i>")],
  ["a number is another one", OTHER.replace('"kc":1', '"kc":2')],
  ["the title is another one", OTHER.replace("Room", "Hall")],
  ["the stream is another one", OTHER.replace('["0",', '["1",')],
  ["a key is another one", OTHER.replace('"2":', '"3":')],
  ["a text ends early", OTHER.replace('"Ada"', '"A"da"')],
  ["a text holds a control character", OTHER.replace("Ada", "A\nda")],
  ["a text holds an escape that JSON does not know", OTHER.replace("Ada", "A\\da")],
  ["an attribute's value ends the text", OTHER.replace('id=\\"m-2', 'id=\\"m"2')],
  ["an attribute's value ends in half an escape", OTHER.replace('id=\\"m-2', 'id=\\"m-2\\')],
  ["an attribute's name is another one", OTHER.replace(" id=", " dir=")],
  ["an attribute is not closed", OTHER.replace('m-2\\""', 'm-2"')],
  ["an event is none", OTHER.replace('[["new",', "[[1,")],
  ["the events are no JSON", OTHER.replace('[2,"]"]', "[2,]")],
  ["something follows", `${OTHER} `],
  ["it is cut off", OTHER.slice(0, -1)],
])("a diff does not follow the pattern where %s", (_, payload) => {
  expect(learned(INSERT).pattern?.read(payload)).toBeNull();
});

test.each([
  ["components come", '{"0":"x","c":{"1":{"0":"y","s":["",""]}}}'],
  ["a component is referred to", '{"0":"x","1":2}'],
  ["the page is a new one", '{"0":"x","s":["",""]}'],
  ["nothing is said", "{}"],
  ["no text is said", '{"0":{"k":{"kc":0}}}'],
  ["the events are there twice", '{"0":"x","e":[],"e":[]}'],
])("nothing is learned where %s", (_, payload) => {
  expect(learned(payload).pattern).toBeNull();
});

test("of a key that is there twice, the second one counts", () => {
  const { pattern } = learned('{"0":"a","0":"b"}');
  expect(pattern?.read('{"0":"a","0":"c"}')?.root).toMatchObject({ values: ["c"] });
  expect(pattern?.read('{"0":"d","0":"c"}')).toBeNull();
});

const decodeText = (decoder: FrameDecoder, text: string): Frame | null => decoder.decode(text);

/** As from memory that is written over at once. */
function decodeBytes(decoder: FrameDecoder, text: string): Frame | null {
  const bytes = Buffer.from(`....${text}...`);
  const state: Channel = { ...newChannel("lv:x", "view"), phase: "joined", joinRef: "1" };
  const frame = decoder.decodeBytes(bytes, 4, bytes.length - 3, [{ state }]);
  bytes.fill(0);
  return frame;
}

test.each(
  ["stream", "stateful", "keyed", "limited", "lv-1.0-stream"].map((name) => ({
    name,
    payloads: payloadsOf(name).slice(1),
  })),
)(
  "a recorded diff with any one character changed is read, or refused, as by who knows no pattern: $name",
  ({ payloads }) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...payloads),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.constantFrom("", '"', "\\", "a", "0", "]", "}", ",", "\n", "\u00e4"),
        (payload, share, character) => {
          const at = Math.floor(share * payload.length);
          const altered = payload.slice(0, at) + character + payload.slice(at + 1);
          const outcome = (decoder: FrameDecoder, decode = decodeText) => {
            try {
              const frame = decode(decoder, `["1",null,"lv:x","diff",${altered}]`);
              return withoutSerials(frame?.kind === "diff" ? frame.diff : frame);
            } catch (error) {
              return String(error);
            }
          };
          const unknowing = outcome(new FrameDecoder());
          for (const decode of [decodeText, decodeBytes]) {
            const knowing = new FrameDecoder();
            decode(knowing, `["1",null,"lv:x","diff",${payload}]`);
            expect(outcome(knowing, decode)).toEqual(unknowing);
          }
        },
      ),
      { numRuns: 400 },
    );
  },
);
