import type { RunResult } from "../../harness/core/run-result.ts";
import { type AnatomyShare, anatomies, type OperationAnatomy } from "../anatomy.ts";
import { integer } from "../quantities.ts";
import { html, type Markup } from "./markup.ts";
import { details, modeName, type Section, tableMarkup } from "./parts.ts";

type ModeAnatomy = OperationAnatomy["modes"][number];

const ROW = 26;
const GAP = 2;

/** The colours of parts, by their number in the style sheet. */
const PARTS = [
  "statics",
  "dynamics",
  "punctuation",
  "envelope",
  "stream",
  "entries",
  "events",
  "reply",
  "title",
];

/** Where the bytes of each operation went: a flame of parts and slots for each mode, all in one scale. */
export function anatomy(result: RunResult): Section | null {
  const all = anatomies(result);
  if (all.length === 0) return null;
  return {
    id: "anatomy",
    title: "Where the bytes went",
    short: "Bytes",
    lead: "Bytes of one frame on average, by what they are there for, and below that by the slot of the template. Flames of one operation have one scale, so modes can be compared.",
    body: all.map(operation),
  };
}

function operation({ title, modes }: OperationAnatomy): Markup {
  const whole = Math.max(...modes.map(meanBytes));
  const flames = modes.map(
    (
      one,
    ) => html`<div class="flame-row"><p>${modeName(one.mode, one.at)} <b>${integer(meanBytes(one))}</b> bytes</p>${flame(title, one, whole)}</div>
`,
  );
  return html`<figure class="wide"><figcaption><h3>${title}</h3></figcaption>${flames}
${details("As a table", table(title, modes))}</figure>
`;
}

/** Bytes of one frame on average. */
function meanBytes({ parts, samples }: ModeAnatomy): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0) / samples;
}

function flame(title: string, { mode, samples, parts }: ModeAnatomy, whole: number): Markup {
  let from = 0;
  const boxes = parts.map(({ part, bytes, shares }) => {
    const start = from;
    from += bytes;
    let within = start;
    const slots = shares.map((share) => {
      const at = within;
      within += share.bytes;
      if (share.slot === undefined) return undefined;
      return box({
        at,
        bytes: share.bytes,
        samples,
        whole,
        row: 1,
        look: part,
        label: slotName(share),
        isFaint: true,
      });
    });
    return [
      box({ at: start, bytes, samples, whole, row: 0, look: part, label: part, isFaint: false }),
      slots,
    ];
  });
  return html`<svg class="flame" role="img" height="${2 * (ROW + GAP)}"><title>${title} in ${mode}: bytes by part and slot</title>${boxes}</svg>`;
}

interface Box {
  readonly at: number;
  readonly bytes: number;
  readonly samples: number;
  readonly whole: number;
  readonly row: number;
  readonly look: string;
  readonly label: string;
  readonly isFaint: boolean;
}

/** A box in a nested SVG, which cuts off the label that does not fit. */
function box({ at, bytes, samples, whole, row, look, label, isFaint }: Box): Markup {
  const percent = (value: number) => `${Math.round((value / samples / whole) * 100_000) / 1000}%`;
  const mean = integer(bytes / samples);
  const number = PARTS.indexOf(look);
  return html`<svg x="${percent(at)}" width="${percent(bytes)}" y="${row * (ROW + GAP)}" height="${ROW}"><g class="part-${number === -1 ? PARTS.length : number}${isFaint && " faint"}"><title>${look}, ${label}: ${mean} bytes</title><rect width="100%" height="100%"/><text x="6" y="17">${label} ${mean}</text></g></svg>`;
}

function slotName({ slot, source, near }: AnatomyShare): string {
  return source ?? near ?? slot ?? "—";
}

function table(title: string, modes: readonly ModeAnatomy[]): Markup {
  const keyOf = ({ part, slot = "" }: AnatomyShare) => `${part}\n${slot}`;
  const all = modes.flatMap(({ parts }) => parts.flatMap(({ shares }) => shares));
  const rows = [...new Map(all.map((share) => [keyOf(share), share]))].map(
    ([key, { part, slot, source, near }]) => {
      const cells = modes.map(({ parts, samples }) => {
        const share = parts.flatMap(({ shares }) => shares).find((one) => keyOf(one) === key);
        return html`<td class="figure">${share === undefined ? "—" : integer(share.bytes / samples)}</td>`;
      });
      return html`<tr><th scope="row">${part}</th><td>${slot !== undefined && html`<code>${slot}</code>`}</td><td>${source ?? near}</td>${cells}</tr>`;
    },
  );
  const head = ["Part", "Slot", "Source", ...modes.map(({ mode, at }) => modeName(mode, at))];
  return tableMarkup(`${title}: bytes of one frame on average`, head, html`<tbody>${rows}</tbody>`, "left");
}
