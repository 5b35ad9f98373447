import type { Field } from "./form.ts";

type Given = Pick<Field, "id"> & { readonly value?: string; readonly problem?: string | undefined };

/** The field for the name that others see. */
export const nameField = (given: Given): Field => ({
  ...given,
  name: "user[name]",
  label: "Nickname",
  type: "text",
  autocomplete: "nickname",
  hint: "What others see. 2 to 32 letters, digits, dots, hyphens or underscores.",
  minLength: 2,
  maxLength: 32,
});

/** The field for an e-mail address. */
export const emailField = (given: Given): Field => ({
  ...given,
  name: "user[email]",
  label: "E-mail address",
  type: "email",
  autocomplete: "email",
  hint: "To log in with. Nobody else sees it, and no mail is sent.",
  maxLength: 254,
});

/** The field for a password that is to be. */
export const newPasswordField = (given: Given & { readonly label: string }): Field => ({
  ...given,
  name: "user[password]",
  type: "password",
  autocomplete: "new-password",
  hint: "At least 12 characters. A few words make a good one.",
  minLength: 12,
  // The browser counts UTF-16 units, the server characters.
  maxLength: 400,
});

/** The field for the password that is. */
export const currentPasswordField = (
  given: Given & { readonly name: string; readonly label: string },
): Field => ({ ...given, type: "password", autocomplete: "current-password" });
