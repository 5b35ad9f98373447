import type { ClientEvent } from "../../live/view.ts";
import type { ChatParts, ChatStep } from "./chat-assigns.ts";
import { LOAD_OLDER } from "./history-marker.ts";
import { LOAD_NEWER } from "./newer-marker.ts";
import { search, showNewer, showOlder } from "./reading.ts";
import { cancelEdit, edit, editLast, remove, saveEdit, send, validateDraft } from "./writing.ts";

type FormStep = (parts: ChatParts, form: URLSearchParams) => ChatStep;
type ValueStep = (parts: ChatParts, value: unknown) => ChatStep;

const FORMS: Readonly<Record<string, FormStep>> = {
  validate: (_parts, form) => validateDraft(form),
  recover_draft: (_parts, form) => validateDraft(form),
  send,
  save_edit: saveEdit,
  search: (parts, form) => search(parts, form.get("search") ?? ""),
};

const OTHERS: Readonly<Record<string, ValueStep>> = {
  edit,
  edit_last: editLast,
  cancel_edit: () => cancelEdit,
  delete: remove,
  [LOAD_OLDER]: showOlder,
  [LOAD_NEWER]: showNewer,
};

/** What an event of a page with messages does: nothing where it is none of theirs. */
export function chatEvent(parts: ChatParts, event: ClientEvent): ChatStep {
  const step =
    event.type === "form"
      ? ownStep(FORMS, event.name)?.(parts, event.form)
      : ownStep(OTHERS, event.name)?.(parts, event.value);
  return step ?? ((socket) => socket);
}

function ownStep<T>(steps: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(steps, name) ? steps[name] : undefined;
}
