import { z } from "zod";
import { type Account, accountSchemeSchema } from "./account.ts";

const selector = z.string().min(1);
/** A path on the site itself: `//elsewhere` is a host. */
export const sitePath = z.string().regex(/^\/(?![/\\])/u, "must be a path that begins with one /");
const path = sitePath;
const form = z.strictObject({ form: selector, field: selector });

/** A plain form that is filled in and sent to log in. */
export const logInStepSchema = z.strictObject({
  path,
  form: selector,
  /** What goes into which field, by the field's name; `{name}` and `{password}` stand for the account's. */
  fields: z.record(z.string().min(1), z.string()),
});

/** See {@link logInStepSchema}. */
export type LogInStep = z.infer<typeof logInStepSchema>;

/**
 * Where on a site's pages users find what they need, in CSS selectors and names of fields. What an element does when
 * it is clicked or sent is read from the page itself.
 */
export const siteSchema = z.strictObject({
  /** What the figures are measured on, for the report: `the room page of the reference server`. */
  name: z.string().min(1),
  /** The path of a room's page, with `{mode}` and `{room}` in it. */
  roomPath: path,
  /** What `{room}` is for the rooms 1, 2, ... where their ids are no whole numbers. */
  roomIds: z.array(z.string().min(1)).min(1).exactOptional(),
  /** How one logs in: one form after the other. Null where nobody does. */
  logIn: z.strictObject({ steps: z.array(logInStepSchema).min(1) }).nullable(),
  /** The accounts that a run uses where it is given no others. */
  accounts: accountSchemeSchema,
  /** The link that leads to another room, with `{room}` in it. Absent: one gets there by a load of its page. */
  roomLink: selector.exactOptional(),
  /** The list of messages. */
  list: z.strictObject({
    /** The element whose children are the items: `#messages`. */
    container: selector,
    /** The parts of an item that are compared by name, each relative to the item: `{ sender: ".sender" }`. */
    fields: z.record(z.string().min(1), selector),
  }),
  /** Who is in the room: each of them, and within that his name and what is there while he types. Absent: not shown. */
  members: z.strictObject({ item: selector, name: selector, typing: selector }).exactOptional(),
  /**
   * The channel beside a page that names items once they are on it: its topic, with `{room}` in it, and what of its events'
   * payload is the DOM id of an item. Absent: simulated users join none.
   */
  channel: z.strictObject({ topic: z.string().min(1), item: z.string().min(1) }).exactOptional(),
  /** The form that writes a message. */
  send: form,
  /** The button of an own message that opens the form which changes it; null where no message can be changed. */
  edit: form.extend({ button: selector }).nullable(),
  /** The button of an own message that deletes it; null where none can be deleted. */
  delete: z.strictObject({ button: selector }).nullable(),
});

/** See {@link siteSchema}. */
export type Site = z.infer<typeof siteSchema>;

/** The path of a room's page in a mode. */
export function roomPath(site: Pick<Site, "roomPath" | "roomIds">, mode: string, room: number): string {
  const id = site.roomIds?.[room - 1] ?? room;
  // Functions, since `$&` in a replacement would mean something.
  return site.roomPath
    .replace("{mode}", () => encodeURIComponent(mode))
    .replace("{room}", () => encodeURIComponent(id));
}

/** The link to a room; undefined where the site has none. */
export function roomLink(site: Pick<Site, "roomLink" | "roomIds">, room: number): string | undefined {
  const id = site.roomIds?.[room - 1] ?? room;
  return site.roomLink?.replaceAll("{room}", () => String(id));
}

/** What goes into which field of a log-in form, by the field's name. */
export function logInFields({ fields }: LogInStep, { name, password }: Account): Record<string, string> {
  const filled = (text: string) =>
    text.replace(/\{(name|password)\}/gu, (_, what) => (what === "name" ? name : (password ?? "")));
  return Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, filled(text)]));
}

/** A form that a Chrome fills in and sends: selectors of its fields, what goes into each, and of its button. */
export interface ChromeForm {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly submit: string;
}

/** The forms by which a Chrome logs in, in order; none where nobody logs in. */
export function logInForms(site: Pick<Site, "logIn">, account: Account): readonly ChromeForm[] {
  return (site.logIn?.steps ?? []).map((step) => ({
    path: step.path,
    fields: Object.fromEntries(
      Object.entries(logInFields(step, account)).map(([field, value]) => [
        `${step.form} [name="${field}"]:not([type=hidden])`,
        value,
      ]),
    ),
    submit: `${step.form} :is(button:not([type=button], [type=reset]), input[type=submit])`,
  }));
}

/** Where the list is on the page: what the simulated user and the Chrome both read. */
export type ListSelectors = Site["list"];
