// The token that every form of the page carries, for requests that are not forms.
export function formToken() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}
