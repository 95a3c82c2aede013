// Arrows go where they point: where a page runs from right to left, what comes next is on the left.
const OTHER_WAY = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };

export const isRightToLeft = (element) => element.matches(":dir(rtl)");

// The key as it would be where what comes next is on the right.
export function sideways(key, element) {
  return (isRightToLeft(element) && OTHER_WAY[key]) || key;
}
