// A page shown as a leaf over this one: what is marked data-leaf on it, in a dialog.
import { make, makeButton } from "elements/common/make.js";
import { icon } from "elements/common/icon.js";
import { toast } from "elements/common/toast.js";
import { gettext } from "language/gettext.js";

// Resolves to the dialog, or to null when the page cannot be had.
export async function openLeaf(url, title) {
  const page = await fetched(url);
  if (!page) return toast(gettext("This cannot be shown right now."));
  if (document.querySelector("dialog[open]")) return null; // it was asked for twice
  const close = makeButton("quiet icon-only small", icon("x"));
  const head = make("h2", "", title);
  close.ariaLabel = gettext("Close");
  head.id = "leaf-title";
  const dialog = make("dialog", "question leaf", make("header", "leaf-head", head, close), page);
  dialog.setAttribute("aria-labelledby", head.id);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => (target === dialog || target.closest("a")) && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

async function fetched(url) {
  const response = await fetch(url, { redirect: "manual" }).catch(() => null);
  if (!response?.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return document.adoptNode(page.querySelector("[data-leaf]"));
}
