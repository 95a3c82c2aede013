// An icon of our sprite, as an element that only the eye sees.
const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", iconAddress(name));
  svg.append(use);
  return svg;
}

// Let an icon that stands already show another picture.
export function showIcon(svg, name) {
  const [use, address] = [svg.firstElementChild, iconAddress(name)];
  if (use.getAttribute("href") !== address) use.setAttribute("href", address); // even the same is drawn anew
}

function iconAddress(name) {
  return `${document.documentElement.dataset.icons}#${name}`;
}
