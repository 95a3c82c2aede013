// The card of a person, fetched when it is asked for, floating beside the name it was asked at.
import { make } from "elements/common/make.js";
import { goRound } from "elements/common/round.js";
import { toast } from "elements/common/toast.js";
import { gettext } from "language/gettext.js";
import { patience } from "live/patience.js";

const GAP_PX = 6;

export async function showCard(link) {
  const response = await fetch(link.href, { signal: patience() }).catch(() => null);
  if (!response) return toast(gettext("This cannot be shown right now."));
  const page = response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  const card = page?.querySelector(".person-card");
  if (!card) return location.assign(link.href);
  const popover = make("div", "person-popover", document.adoptNode(card));
  popover.popover = "auto";
  popover.tabIndex = -1;
  popover.setAttribute("role", "dialog");
  popover.setAttribute("aria-labelledby", "person-name");
  popover.addEventListener("toggle", ({ newState }) => newState === "closed" && close(popover, link));
  goRound(popover);
  document.body.append(popover);
  popover.showPopover();
  place(popover, link);
  popover.focus();
}

function close(popover, link) {
  const hadFocus = popover.contains(document.activeElement) || document.activeElement === document.body;
  popover.remove();
  if (hadFocus && link.isConnected) link.focus();
}

function place(popover, link) {
  const { top, bottom, left } = link.getBoundingClientRect();
  const { height, width } = popover.getBoundingClientRect();
  const below = bottom + GAP_PX;
  popover.style.top = `${below + height <= innerHeight ? below : Math.max(GAP_PX, top - height - GAP_PX)}px`;
  popover.style.left = `${Math.max(GAP_PX, Math.min(left, innerWidth - width - GAP_PX))}px`;
}
