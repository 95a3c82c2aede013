// The faces of people, as the server draws them too.

const AT_MOST = 5;

// All who are on a board, in the header: a few of them shown, the rest counted.
export function drawFaces(link, people) {
  const words = hiddenWords(`${people.length} ${people.length === 1 ? "person" : "people"} on this board`);
  const shown = people.slice(0, AT_MOST).map(({ user_id: id, display_name: name }) => avatar(id, name));
  link.replaceChildren(words, ...shown, ...(people.length > AT_MOST ? [more(people.length - AT_MOST)] : []));
}

export function avatar(id, name) {
  const avatar = document.createElement("span");
  avatar.className = "avatar";
  avatar.dataset.hue = String(id).slice(-1);
  avatar.ariaHidden = "true";
  avatar.textContent = [...name][0].toUpperCase();
  return avatar;
}

export function hiddenWords(words) {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = words;
  return span;
}

function more(count) {
  const span = document.createElement("span");
  span.className = "count";
  span.ariaHidden = "true";
  span.textContent = `+${count}`;
  return span;
}
