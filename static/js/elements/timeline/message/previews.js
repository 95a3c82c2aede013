// What the links of a message lead to: a card each, as templates/messaging/message/_preview.html has it, which may be removed.
import { icon } from "elements/common/icon.js";
import { make, makeButton } from "elements/common/make.js";
import { ask } from "elements/common/question.js";
import { gettext } from "language/gettext.js";

// `reader`: {me, may}.
export function drawPreviews(list, { user_id: author, previews }, { me, may }) {
  const shown = previews.map(({ url }) => url).join("\n");
  list.shown ??= [...list.querySelectorAll(".preview-title")].map((title) => title.getAttribute("href")).join("\n"); // by the server
  if (list.shown !== shown) redraw(list, previews);
  list.shown = shown;
  if (author !== me.id && !may.moderate) return;
  for (const card of list.querySelectorAll(".preview:not(:has(> button))")) card.append(removal(card));
}

function redraw(list, previews) {
  const hadFocus = list.contains(document.activeElement);
  list.replaceChildren(...previews.map(cardOf));
  if (hadFocus) list.closest("article").focus({ preventScroll: true });
}

function cardOf({ url, title, description, site, picture }) {
  const link = make("a", "preview-title", title);
  Object.assign(link, { href: url, rel: "noopener noreferrer nofollow", target: "_blank" });
  // Its host is always said: what a page calls its site may be the name of another one.
  const place = [new URL(url).host, site].filter(Boolean).join(" · ");
  const words = make("div", "preview-words", make("span", "preview-site", place), link);
  if (description) words.append(make("p", "preview-description", description));
  return make("li", "preview", words, ...(picture ? [pictureOf(picture)] : []));
}

// Its place is kept before it is there.
function pictureOf({ url, width, height }) {
  const picture = make("img", "preview-picture");
  return Object.assign(picture, { width, height, alt: "", loading: "lazy", decoding: "async", src: url });
}

function removal(card) {
  const button = makeButton("quiet icon-only small preview-remove", icon("x"));
  const title = card.querySelector(".preview-title");
  button.setAttribute("aria-label", gettext("Remove the preview of “{title}”", { title: title.textContent }));
  button.title = gettext("Remove preview");
  button.addEventListener("click", () => remove(button, title.getAttribute("href")));
  return button;
}

async function remove(button, url) {
  const isMeant = await ask({ title: gettext("Remove this preview?"), words: gettext("It goes for everybody and does not come back; the link stays."), yes: gettext("Remove") });
  const row = button.closest(".message");
  if (!isMeant || !row) return;
  const detail = { action: "remove-preview", message: row.message, url };
  button.dispatchEvent(new CustomEvent("ask", { bubbles: true, detail }));
}
