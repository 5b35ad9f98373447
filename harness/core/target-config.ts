import { z } from "zod";
import { accountSchemeSchema } from "./account.ts";
import { thresholdsSchema } from "./scenario.ts";
import { logInStepSchema, sitePath as path } from "./site.ts";

const selector = z.string().min(1);
const name = z.string().min(1);
const id = z.union([z.string().min(1), z.int()]);
const command = {
  /** A program, looked up in `PATH`; one with a `/` in it is relative to `cwd`. No shell. */
  command: name,
  args: z.array(z.string()).default([]),
  /** Default: the file's folder. */
  cwd: name.exactOptional(),
  /** On top of this program's own environment. */
  env: z.record(z.string(), z.string()).default({}),
};

/**
 * What `--config FILE` says of a LiveView application that this program did not write. All of it may be left out: what
 * is absent is looked for on the page. Paths of files are relative to the file's folder.
 */
export const targetConfigSchema = z
  .strictObject({
    /** Where the application answers: `http://127.0.0.1:4000`. Default: what `--target` names. */
    url: z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).exactOptional(),
    /** Conditions that must hold too, beside those of the scenario: see `thresholdsSchema`. */
    thresholds: thresholdsSchema.exactOptional(),
    /** What the figures are measured on, for the report: `the room page of Acme Chat`. */
    name: name.exactOptional(),
    rooms: z
      .strictObject({
        /** The path of a room's page: `/rooms/{room}`. `{mode}`, where it is there, is what `--mode` chooses. */
        path,
        /** What `{room}` stands for: first the room that is watched, then others. Whole numbers as a range too. */
        ids: z
          .union([
            z.array(id).min(1),
            z
              .strictObject({ from: z.int(), to: z.int() })
              .refine(({ from, to }) => from <= to, "from must not be above to"),
          ])
          .exactOptional(),
        /** The link on a room's page that leads to another, with `{room}` in it. Without it one gets there by a load. */
        link: selector.exactOptional(),
      })
      .exactOptional(),
    /** How one logs in; `"none"` where nobody does. Of a step only the path is needed: its form is looked for. */
    logIn: z
      .union(
        [
          z.literal("none"),
          z.strictObject({
            steps: z.array(logInStepSchema.partial({ form: true, fields: true })).min(1),
          }),
        ],
        { error: 'must be "none", or { "steps": [{ "path", "form", "fields" }] }' },
      )
      .exactOptional(),
    /** A file of accounts (CSV or JSON), or the scheme by which they are named. */
    credentials: z
      .union([name, accountSchemeSchema], {
        error: 'must be a file, or { "name": "user-{number:4}", "password": "..." }',
      })
      .exactOptional(),
    /** As the application's own script gives it to `LiveSocket`. Default: `/live`. */
    socketPath: path.exactOptional(),
    /** What that script sends besides the CSRF token, by name. */
    connectParams: z.record(name, z.string()).exactOptional(),
    /** As in `Site`, each part as far as it is not found by itself. */
    list: z
      .strictObject({ container: selector.exactOptional(), fields: z.record(name, selector).exactOptional() })
      .exactOptional(),
    send: z.strictObject({ form: selector.exactOptional(), field: selector.exactOptional() }).exactOptional(),
    /** Null: messages cannot be changed. */
    edit: z
      .strictObject({
        button: selector.exactOptional(),
        form: selector.exactOptional(),
        field: selector.exactOptional(),
      })
      .nullable()
      .exactOptional(),
    /** Null: messages cannot be deleted. */
    delete: z.strictObject({ button: selector }).nullable().exactOptional(),
    /** How many messages are shown at mount, and how many a page of history has. */
    pageSize: z.int().positive().exactOptional(),
    /** A database with the reference server's tables: a file, or a URL. Without it nothing is checked against what is stored. */
    database: name.exactOptional(),
    /** The server's process on this machine, whose memory is read. */
    serverPid: z.int().positive().exactOptional(),
    /** Starts the application before the first mode; it is ended after the last one. */
    start: z
      .strictObject({
        ...command,
        /** When it can be used. */
        ready: z
          .strictObject({
            /** A path, or a URL. Default: `/`. */
            url: name.default("/"),
            /** The status that it answers with then. Default: any below 500. */
            status: z.int().min(100).max(599).exactOptional(),
            /** Default: 30,000. */
            timeoutMs: z.int().positive().default(30_000),
          })
          .prefault({}),
      })
      .exactOptional(),
    /** Puts the application's data back before each mode. */
    reset: z
      .union(
        [
          z.strictObject(command),
          z.strictObject({
            request: z.strictObject({
              method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]).default("POST"),
              path,
            }),
          }),
        ],
        { error: 'must be { "command", "args" }, or { "request": { "method", "path" } }' },
      )
      .exactOptional(),
    /** For a certificate that no public authority has signed. */
    tls: z
      .strictObject({
        /** A file with the certificates, in PEM, that are trusted besides. */
        ca: name,
      })
      .exactOptional(),
  })
  .refine(
    ({ database, rooms }) =>
      database === undefined ||
      !Array.isArray(rooms?.ids) ||
      rooms.ids.every((room) => typeof room === "number"),
    { path: ["rooms", "ids"], message: "must be the rooms' ids in the database: whole numbers" },
  );

/** See {@link targetConfigSchema}. */
export type TargetConfig = z.infer<typeof targetConfigSchema>;

/** What a command is started by. */
export type CommandConfig = Pick<NonNullable<TargetConfig["start"]>, "command" | "args" | "cwd" | "env">;

/** The ids of the rooms, in order; none where they are not said. */
export function roomIds({ rooms }: Pick<TargetConfig, "rooms">): readonly (string | number)[] {
  const ids = rooms?.ids;
  if (ids === undefined) return [];
  if ("from" in ids) return Array.from({ length: ids.to - ids.from + 1 }, (_, index) => ids.from + index);
  return ids;
}
