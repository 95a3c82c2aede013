// The token that every form of the page carries, for requests that are not forms.
import { gettext } from "language/gettext.js";
import { patience } from "live/patience.js";

export function formToken() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

// A form sent without leaving the page. Resolves to what was answered, {refusal: a sentence}, or null without a network.
export async function post(url, fields = {}) {
  const headers = { "X-CSRFToken": formToken(), Accept: "application/json" };
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(fields), headers, redirect: "manual", signal: patience() }).catch(() => null);
  if (!response || response.status >= 500 || response.status === 429) return null;
  if (response.ok) return response.json().catch(() => ({}));
  const { detail } = await response.json().catch(() => ({}));
  return { refusal: detail ?? gettext("The server would not do that. Reload the page and try again.") };
}
