import type { AccountScheme } from "../core/account.ts";
import type { LogInStep, Site } from "../core/site.ts";
import type { TargetConfig } from "../core/target-config.ts";
import type { Finding } from "./finding.ts";

/** The keys of a configuration that a page can answer. */
export const PART_KEYS = [
  "list.container",
  "send.form",
  "send.field",
  "edit.button",
  "edit.form",
  "edit.field",
  "delete.button",
] as const;

/** What is known of a site's page by the keys of the configuration; null: the configuration says that there is none. */
export type SiteParts = { readonly [Key in (typeof PART_KEYS)[number]]?: string | null };

/** What a configuration says of the page. */
export function partsSaid({ list, send, edit, delete: remove }: TargetConfig): SiteParts {
  const all: Record<string, string | null | undefined> = {
    "list.container": list?.container,
    "send.form": send?.form,
    "send.field": send?.field,
    "edit.button": edit === null ? null : edit?.button,
    "edit.form": edit === null ? null : edit?.form,
    "edit.field": edit === null ? null : edit?.field,
    "delete.button": remove === null ? null : remove?.button,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** What a site is made from besides its page. */
export interface SiteFrame {
  readonly name: string;
  readonly roomPath: string;
  readonly roomIds?: string[];
  readonly roomLink?: string;
  readonly logIn: { readonly steps: readonly LogInStep[] } | null;
  readonly accounts: AccountScheme;
  readonly fields: Readonly<Record<string, string>>;
}

/** A site that a run can be made on, or what is lacking for that. */
export type AssembledSite =
  | { readonly kind: "site"; readonly site: Site }
  | { readonly kind: "incomplete"; readonly missing: readonly Finding[] };

/** Without these there is nothing to run: who cannot edit or delete leaves out the steps. */
const NEEDED: readonly string[] = ["list.container", "send.form", "send.field"];

/** Puts a site together from what was found and said. */
export function assembleSite(frame: SiteFrame, findings: readonly Finding[]): AssembledSite {
  const value = (key: (typeof PART_KEYS)[number]) => findings.find((one) => one.key === key)?.value ?? null;
  const missing = findings.filter((one) => NEEDED.includes(one.key) && one.value === null);
  const [container, form, field] = [value("list.container"), value("send.form"), value("send.field")];
  if (container === null || form === null || field === null) return { kind: "incomplete", missing };
  const [opens, editForm, editField] = [value("edit.button"), value("edit.form"), value("edit.field")];
  const canEdit = opens !== null && editForm !== null && editField !== null;
  const button = value("delete.button");
  return {
    kind: "site",
    site: {
      name: frame.name,
      roomPath: frame.roomPath,
      ...(frame.roomIds !== undefined && { roomIds: frame.roomIds }),
      ...(frame.roomLink !== undefined && { roomLink: frame.roomLink }),
      logIn: frame.logIn === null ? null : { steps: [...frame.logIn.steps] },
      accounts: frame.accounts,
      list: { container, fields: frame.fields },
      send: { form, field },
      edit: canEdit ? { button: opens, form: editForm, field: editField } : null,
      delete: button === null ? null : { button },
    },
  };
}
