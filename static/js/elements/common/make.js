// Elements made in one line: what they are, the class they wear, and what is in them.
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

// A button that does not send a form.
export function makeButton(className, ...children) {
  const button = make("button", `button ${className}`, ...children);
  button.type = "button";
  return button;
}

// A person's picture, or their initial on a colour of their own, as kanban_board/avatars.py draws it.
export function makeAvatar(userId, name, face) {
  const avatar = make("span", "avatar");
  avatar.ariaHidden = "true";
  showFace(avatar, userId, name, face);
  return avatar;
}

export function showFace(avatar, userId, name = "", face = null) {
  const shown = avatar.querySelector("img")?.getAttribute("src") ?? null;
  const initial = [...name][0]?.toUpperCase() ?? "?";
  avatar.dataset.hue = (userId ?? 0) % 10;
  avatar.dataset.face = userId ?? "";
  if (shown !== face || avatar.textContent !== initial) avatar.replaceChildren(initial, ...(face ? [picture(face)] : []));
}

function picture(address) {
  const image = make("img");
  Object.assign(image, { src: address, alt: "", loading: "lazy", decoding: "async" });
  return image;
}
