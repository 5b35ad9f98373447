import { z } from "zod";

/** Whom somebody logs in as. */
export interface Account {
  readonly name: string;
  /** Null where none is asked for. */
  readonly password: string | null;
}

const template = z.string().min(1);

/**
 * Accounts that are named by a scheme: `{number}` stands for 1 and on, `{number:4}` for the same in four digits at least.
 * Such accounts are for measuring, so their password is no secret.
 */
export const accountSchemeSchema = z.strictObject({
  name: template.refine((name) => NUMBER.test(name), "must have {number} in it, or all users are one"),
  /** May have `{number}` in it too. */
  password: template.exactOptional(),
});

/** See {@link accountSchemeSchema}. */
export type AccountScheme = z.infer<typeof accountSchemeSchema>;

/** The accounts of a run, as plain data: a scheme that has as many as are asked for, or a list. */
export type Accounts =
  | { readonly kind: "scheme"; readonly scheme: AccountScheme }
  | { readonly kind: "list"; readonly list: readonly Account[] };

const NUMBER = /\{number(?::(\d+))?\}/u;

/** The account of the user at an index, from 0; undefined behind the end of a list. */
export function accountAt(accounts: Accounts, index: number): Account | undefined {
  if (accounts.kind === "list") return accounts.list[index];
  const { name, password } = accounts.scheme;
  const numbered = (text: string) =>
    text.replace(NUMBER, (_, digits?: string) => String(index + 1).padStart(Number(digits ?? 0), "0"));
  return { name: numbered(name), password: password === undefined ? null : numbered(password) };
}

/** How many accounts there are; a scheme never ends. */
export function accountCount(accounts: Accounts): number {
  return accounts.kind === "list" ? accounts.list.length : Number.POSITIVE_INFINITY;
}
