import { z } from "zod";

const selector = z.string().min(1);
const form = z.strictObject({ form: selector, field: selector });

/**
 * Where on a site's pages users find what they need, in CSS selectors and names of fields. What an element does when
 * it is clicked or sent is read from the page itself.
 */
export const siteSchema = z.strictObject({
  /** What the figures are measured on, for the report: `the room page of the reference server`. */
  name: z.string().min(1),
  /** The path of a room's page, with `{mode}` and `{room}` in it. */
  roomPath: z.string().startsWith("/"),
  /** A plain form by which one logs in under a name, and with a password where it asks for one. */
  logIn: z.strictObject({
    path: z.string().startsWith("/"),
    form: selector,
    field: selector,
    passwordField: selector.optional(),
    /** The password of every account that a run uses: such accounts are for measuring, so it is no secret. */
    password: z.string().min(1).optional(),
  }),
  /** The link that leads to another room, with `{room}` in it. Absent: one gets there by a load of its page. */
  roomLink: selector.exactOptional(),
  /** The list of messages. */
  list: z.strictObject({
    /** The element whose children are the items: `#messages`. */
    container: selector,
    /** The parts of an item that are compared by name, each relative to the item: `{ sender: ".sender" }`. */
    fields: z.record(z.string().min(1), selector),
  }),
  /** The form that writes a message. */
  send: form,
  /** The button of an own message that opens the form which changes it. */
  edit: form.extend({ button: selector }),
  /** The button of an own message that deletes it. */
  delete: z.strictObject({ button: selector }),
});

/** See {@link siteSchema}. */
export type Site = z.infer<typeof siteSchema>;

/** The path of a room's page in a mode. */
export function roomPath(site: Site, mode: string, roomId: number): string {
  return site.roomPath.replace("{mode}", mode).replace("{room}", String(roomId));
}

/** The link to a room; undefined where the site has none. */
export function roomLink(site: Site, roomId: number): string | undefined {
  return site.roomLink?.replaceAll("{room}", String(roomId));
}

/** What goes into which field of the log-in form, by the field's name. */
export function logInFields({ logIn }: Site, name: string): Record<string, string> {
  const { field, passwordField, password } = logIn;
  const withPassword = passwordField !== undefined && password !== undefined;
  return { [field]: name, ...(withPassword && { [passwordField]: password }) };
}

/** What a Chrome fills in and presses to log in: selectors of the form's fields and of its button. */
export function logInForm(
  site: Site,
  name: string,
): { readonly fields: Readonly<Record<string, string>>; readonly submit: string } {
  const { form } = site.logIn;
  const fields = Object.entries(logInFields(site, name));
  return {
    fields: Object.fromEntries(fields.map(([field, value]) => [`${form} [name="${field}"]`, value])),
    submit: `${form} [type=submit]`,
  };
}

/** Where the list is on the page: what the simulated user and the Chrome both read. */
export type ListSelectors = Site["list"];
