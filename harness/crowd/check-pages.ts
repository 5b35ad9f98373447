import type { Document } from "domhandler";
import type { CheckKind } from "../core/checks.ts";
import type { Site } from "../core/site.ts";
import type { Micros } from "../core/units.ts";
import type { CheckLedger } from "../oracle/check-ledger.ts";
import type { Checkpoint } from "../oracle/check-viewers.ts";
import { compileSelector, findFirst, parseHtml } from "../page/html.ts";
import type { Member } from "./member.ts";
import { memberInWords, type ShownMember, shownMembers } from "./shown-members.ts";

/** Somebody who is in a room, as the harness itself has brought it about. */
export interface Attendance extends ShownMember {
  readonly roomId: number;
}

/** What pages are checked by at rest, beside their lists. */
export interface PageChecks {
  readonly site: Pick<Site, "edit" | "members">;
  /** Whether anybody changes messages: where nobody does, no form is looked for. */
  readonly edits: boolean;
  readonly at: Checkpoint;
  /** Everybody, of all processes; null where nobody looks at who is there. */
  readonly attendance: readonly Attendance[] | null;
  readonly checks: CheckLedger;
  readonly nowUs: Micros;
}

/** A server that has nothing else to do answers sooner. */
const HEARTBEAT_PATIENCE_US = 1_000_000;

/**
 * Checks what a page at rest shows and does beside its list: its heartbeats are answered, no form is open on it that its own
 * reader has not opened, and it names those who are there.
 */
export function checkPages(members: readonly Member[], options: PageChecks): void {
  for (const member of members) {
    if (!member.isPresent) continue;
    checkHeartbeat(member, options);
    const { page } = member.user;
    if (page === null || (!options.edits && options.attendance === null)) continue;
    // Not the document that the page keeps: kept by thousands of users who never act, that would be gigabytes.
    const document = parseHtml(page.html());
    if (options.edits && options.site.edit !== null)
      checkOwnForms(member, document, options.site.edit.form, options);
    if (options.attendance !== null) checkMembers(member, document, options.attendance, options);
  }
}

function checkHeartbeat(member: Member, options: PageChecks): void {
  const sentUs = member.user.heartbeatSentUs;
  if (sentUs === undefined) return;
  if (sentUs === null) return options.checks.pass("heartbeat", options.at.mode);
  const waitedUs = options.nowUs - sentUs;
  // One that is on its way says nothing yet.
  if (waitedUs < HEARTBEAT_PATIENCE_US) return;
  fail("heartbeat", member, options, [
    "an answer",
    `none for ${Math.round(waitedUs / 1000)} ms`,
    "a heartbeat is not answered",
  ]);
}

function checkOwnForms(member: Member, document: Document, form: string, options: PageChecks): void {
  const isOpen = findFirst(compileSelector(form), document) !== null;
  if (!isOpen || member.isEditing) return options.checks.pass("own-forms", options.at.mode);
  fail("own-forms", member, options, [`no ${form}`, `a ${form}`, `${form} is open, which he has not opened`]);
}

function checkMembers(
  member: Member,
  document: Document,
  attendance: readonly Attendance[],
  options: PageChecks,
): void {
  const { members: selectors } = options.site;
  if (selectors === undefined) return;
  const shown = shownMembers(document, selectors).map(memberInWords);
  const there = attendance.filter(({ roomId }) => roomId === member.roomId).map(memberInWords);
  const [expected, actual] = [there.toSorted(), shown.toSorted()];
  const absent = expected.find((one) => !actual.includes(one));
  const ghost = actual.find((one) => !expected.includes(one));
  if (absent === undefined && ghost === undefined && expected.length === actual.length)
    return options.checks.pass("members", options.at.mode);
  const what =
    ghost === undefined
      ? `${absent ?? "somebody"} is not shown once`
      : `${ghost} is shown, and should not be`;
  fail("members", member, options, [
    absent ?? `${expected.length} members`,
    ghost ?? `${actual.length} members`,
    what,
  ]);
}

function fail(
  kind: CheckKind,
  { user }: Member,
  { at, checks }: PageChecks,
  [expected, actual, what]: readonly [expected: string, actual: string, what: string],
): void {
  const message = `${user.name}: ${what}`;
  checks.fail({ kind, ...at, who: user.name, expected, actual, message });
}
