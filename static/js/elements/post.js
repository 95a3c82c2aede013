// A form posted without leaving the page; resolves with the response, rejects when it says no.
export async function post(url, fields, { signal } = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const response = await fetch(url, { method: "POST", body, signal, headers: { "X-CSRFToken": formToken(), Accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status} from ${url}`);
  return response;
}

// The token that every form of the page carries.
export function formToken() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}
