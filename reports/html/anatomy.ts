import type { AnatomyPart } from "../../harness/core/anatomy.ts";
import type { RunResult } from "../../harness/core/run-result.ts";
import { anatomies, type OperationAnatomy } from "../anatomy.ts";
import { integer } from "../quantities.ts";
import { html, type Markup } from "./markup.ts";
import { bar, details, modeName, type Section, tableMarkup } from "./parts.ts";

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

/** Where the bytes of each operation went: a flame of parts and slots for each mode. */
export function anatomy(result: RunResult): Section | null {
  const all = anatomies(result);
  if (all.length === 0) return null;
  const whole = all.filter(({ isCase }) => !isCase);
  const cases = all.filter(({ isCase }) => isCase);
  return {
    id: "anatomy",
    title: "Where the bytes went",
    short: "Bytes",
    lead: "Bytes of one frame on average, by what they are there for, and below that by the slot of the template. Each flame is as wide as the page; the bar above it compares modes.",
    body:
      whole.length === 0
        ? cases.map(operation)
        : [
            whole.map(operation),
            cases.length > 0 && details(`Case by case: ${cases.length}`, cases.map(operation)),
          ],
  };
}

function operation({ title, modes }: OperationAnatomy): Markup {
  const most = Math.max(...modes.map(meanBytes));
  const flames = modes.map(
    (
      one,
    ) => html`<div class="flame-row"><p>${modeName(one.mode, one.at)} <span><b>${integer(meanBytes(one))}</b> bytes</span> ${modes.length > 1 && bar(meanBytes(one) / most, "other")}</p>${flame(title, one)}</div>
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

function flame(title: string, one: ModeAnatomy): Markup {
  const { mode, samples, parts } = one;
  const sum = meanBytes(one) * samples;
  const textOf = (name: string, { bytes }: { readonly bytes: number }) =>
    `${name} ${integer(bytes / samples)}`;
  let from = 0;
  const boxes = parts.map(({ part, bytes, shares }) => {
    const start = from;
    from += bytes;
    let within = start;
    const slots = shares.map((share) => {
      const at = within;
      within += share.bytes;
      if (share.slot === undefined) return undefined;
      const where = [share.slot, share.source, share.near].filter((one) => one !== undefined);
      const hint = `${part}, ${where.join(", ")}: ${integer(share.bytes / samples)} bytes${repeated(share, samples)}`;
      return box({
        from: at / sum,
        share: share.bytes / sum,
        row: 1,
        part,
        hint,
        text: textOf(slotName(share), share),
      });
    });
    const hint = `${part}: ${integer(bytes / samples)} bytes`;
    return [
      box({ from: start / sum, share: bytes / sum, row: 0, part, hint, text: textOf(part, { bytes }) }),
      slots,
    ];
  });
  return html`<svg class="flame" role="img" height="${2 * (ROW + GAP)}"><title>${title} in ${mode}: bytes by part and slot</title>${boxes}</svg>`;
}

/** A part, or one of its slots. */
interface Box {
  /** Both of the whole width. */
  readonly from: number;
  readonly share: number;
  /** 0 for parts, 1 for their slots. */
  readonly row: 0 | 1;
  readonly part: string;
  readonly text: string;
  /** All that there is to say of it. */
  readonly hint: string;
}

/** A box in a nested SVG, which cuts off the text that does not fit. */
function box({ from, share, row, part, text, hint }: Box): Markup {
  const percent = (value: number) => `${Math.round(value * 100_000) / 1000}%`;
  const known = PARTS.indexOf(part);
  const look = `part-${known === -1 ? PARTS.length : known}`;
  return html`<svg x="${percent(from)}" width="${percent(share)}" y="${row * (ROW + GAP)}" height="${ROW}"><g class="${look}${row === 1 && " faint"}"><title>${hint}</title><rect width="100%" height="100%"/><text x="6" y="17">${text}</text></g></svg>`;
}

/** As short as tells it: the attribute, the expression without what it is in, or the file of the template. */
function slotName({ slot = "", source, near }: AnatomyPart): string {
  const [place = "", ...expression] = source?.split(" ") ?? [];
  const written = expression.join(" ");
  const attribute = /^([\w-]+)=\{/.exec(written)?.[1];
  return attribute || written.replace(/^.*\[\]\./, "") || place.replace(/^.*\//, "") || near || slot;
}

function repeated({ again }: AnatomyPart, samples: number): string {
  return again === undefined ? "" : `, ${integer(again / samples)} of them on the page already`;
}

function table(title: string, modes: readonly ModeAnatomy[]): Markup {
  const keyOf = ({ part, slot = "" }: AnatomyPart) => `${part}\n${slot}`;
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
