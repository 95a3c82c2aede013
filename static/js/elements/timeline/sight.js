// What a reader has in sight of a list of rows, which stand in order, so that the first below a height is found by halving.

// Of the children of a list: the first that reaches below `edge` (a y of the window), or undefined.
export function firstBelow(children, edge) {
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (children[middle].getBoundingClientRect().bottom > edge) high = middle;
    else low = middle + 1;
  }
  return children[low];
}

// The messages of a list between two heights: {first, last}, both rows or null.
export function messagesBetween(list, top, bottom) {
  const within = [];
  for (let row = firstBelow(list.children, top); row && row.getBoundingClientRect().top < bottom; row = row.nextElementSibling) {
    if (row.message?.seq) within.push(row);
  }
  return { first: within[0] ?? null, last: within.at(-1) ?? null };
}

// Whether nothing lies over an element, such as a question, or the panel on a phone.
export function isUncovered(element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const middle = (top + bottom) / 2;
  return [left + 8, right - 8].some((x) => element.contains(document.elementFromPoint(x, middle)));
}
