import { escapeHtml } from "../../live/escape.ts";
import { csrfField } from "../layout.ts";

/** A field of a form. */
export interface Field {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "email" | "password";
  /** What the browser may fill in: a token of the HTML standard, 4.10.18.7. */
  readonly autocomplete: "username" | "email" | "nickname" | "current-password" | "new-password";
  readonly value?: string;
  /** What is asked for, below the label. */
  readonly hint?: string;
  /** What is wrong with what was given. */
  readonly problem?: string | undefined;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A form, and what is said of it. */
export interface Form {
  readonly id: string;
  readonly action: string;
  readonly csrfToken: string;
  readonly fields: readonly Field[];
  readonly button: string;
  /** What the button does cannot be undone. */
  readonly danger?: boolean;
  /** Fields that are not seen, by name. */
  readonly hidden?: Readonly<Record<string, string>>;
  /** What went wrong with all of it. */
  readonly problem?: string | undefined;
  /** Whether the first field has the focus where nothing went wrong. */
  readonly focused?: boolean;
}

/** The HTML of a form. The first field with a problem has the focus, and each names what is said of it. */
export function formHtml(form: Form): string {
  const { id, action, csrfToken, fields, hidden = {}, problem, danger = false } = form;
  const first = fields.find((field) => field.problem !== undefined);
  const focused = first ?? (form.focused || problem !== undefined ? fields[0] : undefined);
  return `<form id="${id}" class="account-form" action="${action}" method="post">
    ${csrfField(csrfToken)}${Object.entries(hidden)
      .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
      .join("")}
    ${problem === undefined ? "" : `<p class="problem" id="${id}-problem" role="alert">${escapeHtml(problem)}</p>`}
    ${fields.map((field) => fieldHtml(field, { focused: field === focused, described: problem && `${id}-problem` })).join("\n    ")}
    <button type="submit"${danger ? ' class="danger"' : ""}>${form.button}</button>
  </form>`;
}

/** @param around.described the id of what is said of the form; undefined where nothing is. */
function fieldHtml(
  field: Field,
  around: { readonly focused: boolean; readonly described: string | undefined },
): string {
  const { id, name, label, type, autocomplete, value, hint, problem, minLength, maxLength } = field;
  const described = [hint && `${id}-hint`, problem && `${id}-problem`, around.described].filter(
    (part) => part !== undefined,
  );
  const attributes = [
    `type="${type}" id="${id}" name="${name}" autocomplete="${autocomplete}" required`,
    ...(value === undefined ? [] : [`value="${escapeHtml(value)}"`]),
    ...(minLength === undefined ? [] : [`minlength="${minLength}"`]),
    ...(maxLength === undefined ? [] : [`maxlength="${maxLength}"`]),
    ...(type === "password" ? [] : ['autocapitalize="none" spellcheck="false"']),
    ...(described.length === 0 ? [] : [`aria-describedby="${described.join(" ")}"`]),
    ...(problem === undefined ? [] : ['aria-invalid="true"']),
    ...(around.focused ? ["autofocus"] : []),
  ];
  return `<div class="field">
      <label for="${id}">${label}</label>
      <input ${attributes.join(" ")}>
      ${hint === undefined ? "" : `<p class="hint" id="${id}-hint">${hint}</p>`}
      ${problem === undefined ? "" : `<p class="problem" id="${id}-problem">${escapeHtml(problem)}</p>`}
    </div>`;
}
