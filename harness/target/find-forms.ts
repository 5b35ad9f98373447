import type { Document, Element } from "domhandler";
import { controlsOf, isButton, isDisabled, isSubmitter, typeOf } from "../page/controls.ts";
import { closest, compileSelector, findAll, nameOf, visibleText } from "../page/html.ts";
import { type Finding, found, missing, wordIn } from "./finding.ts";
import { selectorFor } from "./selector-for.ts";

/** A form of the page. */
export interface FormFacts {
  /** Null where no selector tells it from others. */
  readonly selector: string | null;
  /** What sends it: an event by `phx-submit`, or a request of its own. */
  readonly sends:
    | { readonly kind: "event"; readonly event: string }
    | { readonly kind: "request"; readonly action: string };
  /** The fields that a person fills in, and their types. */
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  readonly buttons: readonly string[];
}

const FORM = compileSelector("form");
const TEXTUAL: ReadonlySet<string> = new Set(["text", "textarea", "search", "email", "url", "tel"]);

/** All forms of a page, in their order. */
export function formsOf(page: Document): readonly FormFacts[] {
  return findAll(FORM, page).map((form) => ({
    selector: selectorFor(form, page),
    sends: sendsOf(form),
    fields: fieldsOf(form).map((field) => ({ name: field.attribs.name ?? "", type: typeOf(field) })),
    buttons: buttonsOf(form),
  }));
}

/** The form that writes a message, and its field. */
export function findSendForm(page: Document, list: Element | null): readonly Finding[] {
  const candidates = textForms(page)
    .filter((form) => list === null || closest(form, (around) => around === list) === null)
    .map((form) => ({ form, score: sendScore(form) }))
    .toSorted((a, b) => b.score - a.score);
  const [best, second] = candidates;
  if (best === undefined || best.score <= 0) {
    return [
      missing("send.form", "no form has phx-submit and a field for text"),
      missing("send.field", "no form"),
    ];
  }
  const others = candidates.slice(1, 4).map(({ form }) => selectorFor(form, page) ?? nameOf(form));
  const why = `phx-submit and a field for text${second === undefined ? "" : `; others are ${others.join(", ")}`}`;
  return named("send", best.form, page, second === undefined ? "certain" : "likely", why);
}

/** The form that changes a message, and its field. */
export function findEditForm(page: Document, sendForm: string | null): readonly Finding[] {
  const [send] = sendForm === null ? [] : findAll(compileSelector(sendForm), page);
  const edit = textForms(page).find((form) => form !== send && editWord(form) !== null);
  if (edit === undefined) {
    const why =
      "no second form has phx-submit, a field for text and a name that says edit, change, update or save";
    return [missing("edit.form", why), missing("edit.field", "no form")];
  }
  return named("edit", edit, page, "likely", `its name or button says "${editWord(edit)}"`);
}

/** The form by which one logs in, what goes into its fields, and how sure that is; null where there is none. */
export function findLogIn(
  page: Document,
): { readonly form: string; readonly fields: Readonly<Record<string, string>>; readonly why: string } | null {
  const forms = findAll(FORM, page).flatMap((form) => {
    const fields = fieldsOf(form);
    const passwords = fields.filter((field) => typeOf(field) === "password");
    const name = fields.find((field) => TEXTUAL.has(typeOf(field)) && field.attribs.name);
    const [password, another] = passwords;
    const selector = selectorFor(form, page);
    // Two passwords are those of a registration.
    if (!password?.attribs.name || another !== undefined || !name?.attribs.name || selector === null)
      return [];
    const isElse = wordIn(REGISTER, form.attribs.id, form.attribs.action, ...buttonsOf(form)) !== null;
    const said = wordIn(LOG_IN, form.attribs.id, form.attribs.action, ...buttonsOf(form)) !== null;
    return [
      {
        selector,
        name: name.attribs.name,
        password: password.attribs.name,
        score: (said ? 1 : 0) - (isElse ? 1 : 0),
      },
    ];
  });
  const [best] = forms.toSorted((a, b) => b.score - a.score);
  if (best === undefined) return null;
  return {
    form: best.selector,
    fields: { [best.name]: "{name}", [best.password]: "{password}" },
    why: "a form with a name and a password",
  };
}

const LOG_IN = /\b(log ?in|sign ?in|sessions?)\b/iu;
const REGISTER = /\b(register|registration|sign ?up|join)\b/iu;
const EDIT = /\b(edit|change|update|save)\b/iu;
const WRITE = /\b(message|content|body|text|chat|comment|post)\b/iu;
const SEND = /\b(send|post|say|submit|new|create)\b/iu;
const NOT_WRITING = /\b(search|filter|query|login|password|settings|profile|room)\b/iu;

function textForms(page: Document): readonly Element[] {
  return findAll(FORM, page).filter(
    (form) => form.attribs["phx-submit"] && textField(form) !== undefined && !hasPassword(form),
  );
}

function sendScore(form: Element): number {
  const { id, class: classes } = form.attribs;
  const field = textField(form);
  const says = (words: RegExp) =>
    wordIn(words, id, classes, field?.attribs.name, field?.attribs.placeholder) !== null;
  const button = wordIn(SEND, ...buttonsOf(form), form.attribs["phx-submit"]) !== null;
  return (
    2 +
    (says(WRITE) ? 4 : 0) +
    (button ? 2 : 0) +
    (field !== undefined && typeOf(field) === "textarea" ? 1 : 0) +
    (editWord(form) !== null ? -4 : 0) +
    (says(NOT_WRITING) || form.attribs.role === "search" ? -6 : 0) +
    (isHidden(form) ? -3 : 0)
  );
}

/** The word by which a form says that it changes what is there. */
function editWord(form: Element): string | null {
  const { id, class: classes, "phx-submit": submit } = form.attribs;
  const event = submit?.startsWith("[") === false ? submit : undefined;
  return wordIn(EDIT, id, classes, event, ...buttonsOf(form));
}

function named(
  what: "send" | "edit",
  form: Element,
  page: Document,
  sureness: "certain" | "likely",
  why: string,
): readonly Finding[] {
  const selector = selectorFor(form, page);
  const field = textField(form)?.attribs.name;
  return [
    selector === null
      ? missing(`${what}.form`, `${nameOf(form)} may be it, but no selector tells it`)
      : found(`${what}.form`, selector, sureness, why),
    field
      ? found(`${what}.field`, field, sureness, "its field for text")
      : missing(`${what}.field`, "no name"),
  ];
}

function textField(form: Element): Element | undefined {
  const fields = fieldsOf(form).filter((field) => field.attribs.name && TEXTUAL.has(typeOf(field)));
  return fields.find((field) => wordIn(WRITE, field.attribs.name) !== null) ?? fields[0];
}

const fieldsOf = (form: Element): readonly Element[] =>
  controlsOf(form).filter(
    (control) => !isButton(control) && !isDisabled(control) && typeOf(control) !== "hidden",
  );

const hasPassword = (form: Element): boolean => fieldsOf(form).some((field) => typeOf(field) === "password");

const buttonsOf = (form: Element): readonly string[] =>
  controlsOf(form)
    .filter(isSubmitter)
    .map((button) => visibleText(button) || button.attribs.value || button.attribs["aria-label"] || "");

const isHidden = (form: Element): boolean =>
  closest(
    form,
    ({ attribs }) => attribs.hidden !== undefined || /display:\s*none/u.test(attribs.style ?? ""),
  ) !== null;

function sendsOf(form: Element): FormFacts["sends"] {
  const event = form.attribs["phx-submit"];
  return event ? { kind: "event", event } : { kind: "request", action: form.attribs.action ?? "" };
}
